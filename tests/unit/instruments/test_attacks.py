"""Every sound begins with its note: within ten milliseconds, whatever its recording begins with."""

import numpy as np
import pytest

from musicgen_desktop.instruments import (
    ScheduledControl,
    ScheduledNote,
    available_soundfont,
    make_instrument,
    render_notes,
)
from musicgen_desktop.instruments._attack import LISTEN_S, LONGEST_LEAD_S, leads
from musicgen_desktop.instruments._drum_kit import KEYS
from musicgen_desktop.instruments._preset import SynthPreset
from musicgen_desktop.instruments._preset_files import all_presets
from musicgen_desktop.music import Patch

RATE = 48_000
MS = RATE // 1000
NOTE_MS = 200
PRESETS = {name: preset for name, preset in all_presets().items() if isinstance(preset, SynthPreset)}
KITS = sorted(set(all_presets()) - set(PRESETS))

needs_player = pytest.mark.skipif(available_soundfont() is None, reason="tinysoundfont is not installed")


def general_midi(program, *, drums=False):
    return Patch(source="general_midi", program=program, is_drums=drums)


def begins_ms(patch, pitch, *, note_ms=NOTE_MS, velocity=100):
    """From the note to where the sound first comes within 30 dB of the peak of its first 80 ms."""
    note = ScheduledNote(note_ms * MS, (note_ms + 300) * MS, pitch, velocity)
    frames = (note_ms + 80) * MS
    audio = render_notes(patch, [note], RATE, frames, soundfont=available_soundfont())
    starts = []
    for sound in (audio, np.diff(audio, axis=0, prepend=np.float32(0))):
        level = np.square(sound, dtype=np.float64).mean(axis=1).reshape(-1, MS).mean(axis=1)
        assert level.max() > 1e-10
        starts.append(int(np.argmax(level >= level.max() / 1000)) - note_ms)
    return min(starts)


@needs_player
@pytest.mark.parametrize("program", range(128))
def test_a_general_midi_program_begins_on_its_note(program):
    pitches = (33, 43) if 32 <= program < 40 else (57, 67)

    begins = [begins_ms(general_midi(program), pitch) for pitch in pitches]

    assert max(map(abs, begins)) <= 10, begins


@needs_player
@pytest.mark.parametrize("velocity", [50, 100])
def test_a_general_midi_drum_begins_on_its_note(velocity):
    begins = {
        pitch: begins_ms(general_midi(0, drums=True), pitch, velocity=velocity) for pitch in range(35, 82)
    }

    assert {pitch: late for pitch, late in begins.items() if abs(late) > 10} == {}


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_preset_begins_on_its_note(preset):
    middle = PRESETS[preset].middle

    begins = [begins_ms(Patch(source="synth", preset=preset), pitch) for pitch in (middle - 7, middle + 7)]

    assert min(begins) >= -1
    assert max(begins) <= 8


@pytest.mark.parametrize("kit", KITS)
def test_a_drum_of_a_kit_begins_on_its_note(kit):
    patch = Patch(source="synth", preset=kit, is_drums=True)

    begins = {pitch: begins_ms(patch, pitch) for pitch in KEYS}

    assert {pitch: late for pitch, late in begins.items() if not 0 <= late <= 2} == {}


@needs_player
def test_a_late_sample_is_on_time_at_the_very_beginning_of_the_song():
    later = render_notes(
        general_midi(33),
        [ScheduledNote(RATE, 2 * RATE, 40, 100)],
        RATE,
        2 * RATE,
        soundfont=available_soundfont(),
    )

    first = render_notes(
        general_midi(33), [ScheduledNote(0, RATE, 40, 100)], RATE, RATE, soundfont=available_soundfont()
    )

    # The player's own sub-blocks fall elsewhere: alike, not bit-identical.
    assert np.max(np.abs(first - later[RATE:])) < 0.05 * np.max(np.abs(first))
    assert np.any(later[:RATE])


@needs_player
def test_a_note_that_starts_early_ends_early_and_hears_what_was_set_for_it():
    note = [ScheduledNote(0, RATE // 2, 40, 100)]

    def render(*controls):
        return render_notes(
            general_midi(33), note, RATE, RATE, soundfont=available_soundfont(), controls=controls
        )

    silenced = render(ScheduledControl(0, "cc", 0, 7))

    assert np.max(np.abs(silenced)) < 0.01 * np.max(np.abs(render()))


@needs_player
def test_what_starts_before_the_song_sounds_alike_in_any_blocks_and_after_seeking():
    notes = [ScheduledNote(n * 12_000, n * 12_000 + 9000, 33 + 5 * n, 100) for n in range(6)]
    whole = render_notes(general_midi(34), notes, RATE, 72_000, soundfont=available_soundfont())
    instrument = make_instrument(general_midi(34), notes, RATE, soundfont=available_soundfont())

    jumped = instrument.render(50_000, 5000)
    blocks = [instrument.render(start, 777) for start in range(0, 777 * 90, 777)]

    assert np.array_equal(jumped, whole[50_000:55_000])
    assert np.array_equal(np.concatenate(blocks), whole[: 777 * 90])


def a_sound(breath_ms, silence_ms=0, breath=0.1, rate=RATE):
    """Silence, then quiet noise, then the full tone."""
    random = np.random.default_rng(1)
    sound = np.zeros((int(LISTEN_S * rate), 2), np.float32)
    start, tone = silence_ms * rate // 1000, (silence_ms + breath_ms) * rate // 1000
    sound[start:tone] = breath * random.standard_normal((tone - start, 1)) * 0.3
    sound[tone:] = random.standard_normal((len(sound) - tone, 1)) * 0.3
    return sound


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000, 96_000])
def test_a_lead_is_the_silence_and_the_breath_up_to_the_tone(rate):
    sounds = np.stack([a_sound(0, 0, rate=rate), a_sound(0, 20, rate=rate), a_sound(5, 10, rate=rate)])

    found = leads(sounds, rate) / (rate // 1000)

    assert found == pytest.approx([0, 20, 15], abs=1.1)


def test_a_long_breath_is_not_put_before_the_note_and_no_lead_is_without_end():
    sounds = np.stack([a_sound(40), a_sound(0, 100), np.zeros_like(a_sound(0))])

    long_breath, late, silent = leads(sounds, RATE) / MS

    assert 4 <= long_breath <= 8
    assert late == LONGEST_LEAD_S * 1000
    assert silent == 0
