"""What holds for every instrument: the same samples always, no clicks, the right level, always a sound."""

import sys

import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError, user_data_folder
from musicgen_desktop.instruments import (
    ScheduledControl,
    ScheduledNote,
    available_soundfont,
    general_midi_fallback,
    make_instrument,
    render_notes,
    synth_presets,
)
from musicgen_desktop.instruments._preset import SynthPreset
from musicgen_desktop.instruments._preset_files import all_presets
from musicgen_desktop.music import Patch

RATE = 48_000
PRESETS = sorted(name for name, preset in all_presets().items() if isinstance(preset, SynthPreset))
KITS = sorted(name for name, preset in all_presets().items() if not isinstance(preset, SynthPreset))


needs_player = pytest.mark.skipif(available_soundfont() is None, reason="tinysoundfont is not installed")


def a_note(pitch=60, start=0.0, length=0.5, velocity=100):
    return ScheduledNote(int(start * RATE), int((start + length) * RATE), pitch, velocity)


def synth(preset):
    return Patch(source="synth", preset=preset)


def kit(preset):
    return Patch(source="synth", preset=preset, is_drums=True)


def general_midi(program, *, drums=False):
    return Patch(source="general_midi", program=program, is_drums=drums)


def rms_db(audio):
    return 10 * np.log10(np.mean(np.square(audio, dtype=np.float64)) + 1e-20)


def loudest_rms_db(audio, window_s=0.3):
    energy = np.cumsum(np.concatenate(([0], np.mean(np.square(audio, dtype=np.float64), axis=1))))
    window = int(window_s * RATE)
    return 10 * np.log10((energy[window:] - energy[:-window]).max() / window + 1e-20)


def a_phrase():
    return [
        a_note(60, 0.0, 0.31, 90),
        a_note(64, 0.013, 0.25, 71),
        a_note(60, 0.25, 0.1, 104),
        a_note(67, 0.5, 0.2, 33),
    ]


PATCHES = [
    synth("saw_lead"),
    synth("warm_pad"),
    synth("lofi_keys"),
    synth("bass_808"),
    synth("soft_piano"),
    synth("fm_bell"),
    synth("noise_sweep"),
    kit("kit_808"),
    kit("kit_lofi"),
    general_midi(0),
    general_midi(48),
    general_midi(0, drums=True),
]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.preset or f"gm{patch.program}")
def test_same_notes_are_the_same_samples_at_any_block_size(patch):
    frames = 9000
    whole = render_notes(patch, a_phrase(), RATE, frames, soundfont=available_soundfont())

    for block in (64, 511, 4096):
        instrument = make_instrument(patch, a_phrase(), RATE, soundfont=available_soundfont())
        parts = [instrument.render(start, min(block, frames - start)) for start in range(0, frames, block)]

        assert np.array_equal(np.concatenate(parts), whole)


def test_single_frames_are_the_same_samples_too():
    whole = render_notes(synth("saw_lead"), a_phrase(), RATE, 2500)
    instrument = make_instrument(synth("saw_lead"), a_phrase(), RATE)

    parts = [instrument.render(start, 1) for start in range(2500)]

    assert np.array_equal(np.concatenate(parts), whole)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.preset or f"gm{patch.program}")
def test_order_of_notes_in_the_list_does_not_matter(patch):
    forwards = render_notes(patch, a_phrase(), RATE, 20_000, soundfont=available_soundfont())

    backwards = render_notes(patch, a_phrase()[::-1], RATE, 20_000, soundfont=available_soundfont())

    assert np.array_equal(forwards, backwards)


@pytest.mark.parametrize("preset", ["warm_pad", "lofi_keys", "bass_808", "kit_909"])
def test_seeking_finds_the_samples_that_playing_on_gives(preset):
    patch = Patch(source="synth", preset=preset, is_drums=preset.startswith("kit"))
    whole = render_notes(patch, a_phrase(), RATE, 40_000)
    instrument = make_instrument(patch, a_phrase(), RATE)
    instrument.render(0, 5000)

    jumped = instrument.render(22_222, 3000)
    back = instrument.render(1111, 3000)

    assert np.array_equal(jumped, whole[22_222:25_222])
    assert np.array_equal(back, whole[1111:4111])


@needs_player
def test_a_soundfont_part_can_be_sought():
    notes = [a_note(60, 0.0, 0.4), a_note(64, 1.0, 0.4)]
    whole = render_notes(general_midi(0), notes, RATE, 90_000, soundfont=available_soundfont())
    instrument = make_instrument(general_midi(0), notes, RATE, soundfont=available_soundfont())

    jumped = instrument.render(60_000, 4000)

    assert np.array_equal(jumped, whole[60_000:64_000])


@pytest.mark.parametrize("preset", ["saw_lead", "harp", "warm_pad", "kit_acoustic"])
def test_a_note_added_later_leaves_what_sounded_before_bit_identical(preset):
    patch = Patch(source="synth", preset=preset, is_drums=preset.startswith("kit"))
    before = render_notes(patch, a_phrase(), RATE, 30_000)

    after = render_notes(patch, [*a_phrase(), a_note(60, 1.0, 3.0, 92)], RATE, 30_000)

    assert np.array_equal(before, after)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_in_level_clean_and_ends_without_a_click(preset):
    middle = all_presets()[preset].middle
    is_effect = synth_presets()[preset].category == "fx"
    length = 3.0 if is_effect else 1.3
    off = int(length * RATE)
    instrument = make_instrument(synth(preset), [a_note(middle, 0, length)], RATE)

    audio = instrument.render(0, off + instrument.tail_frames + 4096)

    assert -27 <= loudest_rms_db(audio[:off]) <= -12
    assert np.max(np.abs(audio)) < 0.7
    assert np.max(np.abs(np.mean(audio[:off], axis=0))) < 0.005
    assert not np.any(audio[off + instrument.tail_frames :])
    held = np.max(np.abs(np.diff(audio[off - 9600 : off - 2], 2, axis=0)))
    release = np.max(np.abs(np.diff(audio[off - 2 :], 2, axis=0)))
    assert release <= 1.5 * held + 2e-4


@pytest.mark.parametrize("preset", [name for name in PRESETS if all_presets()[name].category != "fx"])
def test_a_preset_sounds_all_over_the_keyboard_and_stays_finite(preset):
    middle = all_presets()[preset].middle
    pitches = (max(middle - 24, 12), middle, min(middle + 24, 108))

    for pitch in pitches:
        audio = render_notes(synth(preset), [a_note(pitch, 0, 0.4)], RATE, int(0.4 * RATE))

        assert np.all(np.isfinite(audio))
        assert np.max(np.abs(audio)) < 1.5
        assert loudest_rms_db(audio) > -45


@pytest.mark.parametrize(
    "preset", ["saw_lead", "tine_piano", "soft_piano", "fm_bell", "trumpet", "acid_bass"]
)
def test_velocity_makes_a_note_louder_and_brighter(preset):
    def loudness_and_centre(velocity):
        audio = render_notes(synth(preset), [a_note(60, 0, 0.5, velocity)], RATE, RATE // 2).mean(axis=1)
        power = np.abs(np.fft.rfft(audio * np.hanning(len(audio)))) ** 2
        return rms_db(audio), np.sum(power * np.arange(len(power))) / np.sum(power)

    soft, loud = loudness_and_centre(40), loudness_and_centre(120)

    assert loud[0] > soft[0] + 6
    assert loud[1] > soft[1] * 1.02


def test_every_general_midi_program_sounds_without_a_soundfont():
    silent = [
        program
        for program in range(128)
        if loudest_rms_db(render_notes(general_midi(program), [a_note(60, 0, 0.5)], RATE, RATE // 2)) < -45
    ]

    assert silent == []


@needs_player
def test_every_general_midi_program_sounds_with_our_soundfont():
    soundfont = available_soundfont()

    levels = {
        program: loudest_rms_db(
            render_notes(general_midi(program), [a_note(60, 0, 0.5)], RATE, RATE, soundfont=soundfont)
        )
        for program in range(128)
    }

    assert {program: level for program, level in levels.items() if not -35 < level < -8} == {}


@pytest.mark.parametrize("preset", KITS)
def test_every_general_midi_drum_sounds_in_every_kit(preset):
    patch = kit(preset)

    for pitch in range(35, 82):
        audio = render_notes(patch, [a_note(pitch, 0, 0.1, 110)], RATE, RATE // 2)

        assert np.all(np.isfinite(audio))
        assert 0.02 < np.max(np.abs(audio)) < 0.8, pitch


@needs_player
def test_every_general_midi_drum_sounds_with_our_soundfont():
    notes = [a_note(pitch, (pitch - 35) * 0.5, 0.3, 110) for pitch in range(35, 82)]

    audio = render_notes(general_midi(0, drums=True), notes, RATE, 24 * RATE, soundfont=available_soundfont())

    peaks = np.max(np.abs(audio.reshape(48, -1)), axis=1)[:47]
    assert np.flatnonzero(peaks < 0.005).tolist() == []


@pytest.mark.parametrize("preset", KITS)
def test_a_kick_peaks_about_six_decibels_below_full_scale(preset):
    audio = render_notes(kit(preset), [a_note(36, 0.01, 0.1, 110)], RATE, RATE)

    assert -10 < 20 * np.log10(np.max(np.abs(audio))) < -4


def test_a_closed_hat_chokes_an_open_one():
    ringing = render_notes(kit("kit_909"), [a_note(46, 0.0)], RATE, RATE // 2)

    choked = render_notes(kit("kit_909"), [a_note(46, 0.0), a_note(42, 0.1, velocity=1)], RATE, RATE // 2)

    assert rms_db(choked[int(0.13 * RATE) :]) < rms_db(ringing[int(0.13 * RATE) :]) - 15


def test_two_strokes_of_a_drum_differ_a_little():
    audio = render_notes(kit("kit_acoustic"), [a_note(38, n * 0.5) for n in range(6)], RATE, 3 * RATE)

    strokes = audio.reshape(6, -1)
    assert len({stroke.tobytes() for stroke in strokes}) > 1
    assert np.ptp([rms_db(stroke) for stroke in strokes]) < 2


def test_a_sound_begins_with_its_note_and_not_before():
    start = 12_345
    for patch in PATCHES:
        note = ScheduledNote(start, start + 9000, 48, 110)
        audio = render_notes(patch, [note], RATE, 30_000, soundfont=available_soundfont())

        # A sample may begin a little early, so that its attack stands on the note.
        lead = int(0.06 * RATE) if patch.source == "general_midi" else 0
        assert not np.any(audio[: start - lead])
        assert rms_db(audio[: start - 240]) < rms_db(audio[start : start + 4800]) - 20
        if patch.preset not in {"warm_pad", "noise_sweep"} and patch.program != 48:
            assert np.max(np.abs(audio[start : start + 480])) > 0.1 * np.max(np.abs(audio))


def test_a_glide_bass_slides_from_note_to_note():
    notes = [a_note(33, 0.0, 0.5), a_note(45, 0.45, 0.6)]

    slid = render_notes(synth("theremin_lead"), notes, RATE, RATE)
    apart = render_notes(synth("theremin_lead"), [notes[1]], RATE, RATE)

    place = slice(int(0.55 * RATE), int(0.6 * RATE))
    assert not np.allclose(slid[place], apart[place], atol=0.01)


@pytest.mark.parametrize("source", ["synth", "general_midi"])
def test_the_pedal_holds_a_note_and_the_volume_controller_lowers_it(source):
    patch = synth("warm_pad") if source == "synth" else general_midi(48)
    soundfont = available_soundfont()
    notes = [a_note(60, 0.1, 0.4)]

    def render(*controls):
        return render_notes(patch, notes, RATE, 3 * RATE, soundfont=soundfont, controls=controls)

    plain = render()
    held = render(ScheduledControl(0, "cc", 127, 64), ScheduledControl(2 * RATE, "cc", 0, 64))
    quiet = render(ScheduledControl(0, "cc", 40, 7))

    late = slice(int(1.7 * RATE), 2 * RATE)
    assert rms_db(held[late]) > rms_db(plain[late]) + 10
    assert rms_db(quiet) < rms_db(plain) - 6


@pytest.mark.parametrize("patch", [synth("soft_sine_lead"), general_midi(73)], ids=["synth", "soundfont"])
def test_a_pitch_bend_raises_the_pitch(patch):
    def pitch_of(audio):
        middle = audio[RATE // 4 : RATE].mean(axis=1)
        return np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle)))))

    soundfont = available_soundfont()
    plain = render_notes(patch, [a_note(72, 0, 1.2)], RATE, RATE, soundfont=soundfont)
    bent = render_notes(
        patch,
        [a_note(72, 0, 1.2)],
        RATE,
        RATE,
        soundfont=soundfont,
        controls=[ScheduledControl(0, "pitch_bend", 8191)],
    )

    assert pitch_of(bent) / pitch_of(plain) == pytest.approx(2 ** (2 / 12), rel=0.02)


def test_without_the_player_general_midi_goes_to_the_synthesizer(monkeypatch):
    shipped = available_soundfont()
    monkeypatch.setitem(sys.modules, "tinysoundfont", None)

    assert available_soundfont() is None
    audio = render_notes(general_midi(24), [a_note()], RATE, RATE // 2, soundfont=shipped)
    fallback = render_notes(general_midi_fallback(general_midi(24)), [a_note()], RATE, RATE // 2)
    assert np.array_equal(audio, fallback)


def test_every_fallback_is_a_preset_that_exists():
    presets = synth_presets()

    melodic = {general_midi_fallback(general_midi(program)).preset for program in range(128)}
    drums = {general_midi_fallback(general_midi(program, drums=True)).preset for program in range(128)}

    assert melodic <= set(presets)
    assert all(presets[name].category == "drums" for name in drums)
    assert not any(presets[name].category == "drums" for name in melodic)


def test_an_unknown_preset_is_named():
    with pytest.raises(UserInputError, match="kazoo"):
        make_instrument(synth("kazoo"), [], RATE)


@needs_player
def test_a_soundfont_of_the_user_wins_over_ours():
    folder = user_data_folder() / "soundfonts"
    folder.mkdir(parents=True)
    (folder / "mine.sf2").write_bytes(b"RIFF")

    assert available_soundfont() == folder / "mine.sf2"


@needs_player
def test_a_soundfont_setting_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserInputError, match=r"gone\.sf2"):
        available_soundfont(tmp_path / "gone.sf2")


def test_no_notes_are_silence():
    for patch in PATCHES:
        assert not np.any(render_notes(patch, [], RATE, 5000, soundfont=available_soundfont()))


@pytest.mark.parametrize("rate", [44_100, 96_000])
@pytest.mark.parametrize("preset", ["warm_pad", "tine_piano", "kit_909"])
def test_other_rates_sound_alike(preset, rate):
    patch = Patch(source="synth", preset=preset, is_drums=preset.startswith("kit"))

    def level(at):
        return rms_db(render_notes(patch, [ScheduledNote(0, at, 38, 100)], at, at))

    assert level(rate) == pytest.approx(level(RATE), abs=1.5)


def test_a_part_is_silent_after_its_tail():
    for patch in (kit("kit_909"), synth("warm_pad"), general_midi(0)):
        instrument = make_instrument(patch, a_phrase(), RATE, soundfont=available_soundfont())
        end = int(0.7 * RATE) + instrument.tail_frames

        audio = instrument.render(0, end + 20_000)

        assert np.max(np.abs(audio[end:])) < 1e-4


def test_a_note_of_many_minutes_ends_softly():
    instrument = make_instrument(synth("sub_bass"), [ScheduledNote(0, 8000 * 300, 40, 100)], 8000)

    audio = instrument.render(0, 8000 * 125)

    assert np.max(np.abs(np.diff(audio[8000 * 118 :], axis=0))) < 0.06
    assert not np.any(audio[8000 * 121 :])


@pytest.mark.parametrize("preset", ["sub_bass", "reese_bass", "soft_sine_lead"])
def test_one_voice_passes_from_note_to_note_without_a_click(preset):
    middle = all_presets()[preset].middle
    apart = [a_note(middle, 0, 1), a_note(middle + 12, 1.5, 1)]
    joined = [a_note(middle + 7 * (number % 3), number * 0.23, 0.26) for number in range(10)]

    calm = render_notes(synth(preset), apart, RATE, 3 * RATE)
    busy = render_notes(synth(preset), joined, RATE, 3 * RATE)

    assert np.max(np.abs(np.diff(busy, axis=0))) < 2 * np.max(np.abs(np.diff(calm, axis=0)))
    assert np.max(np.abs(busy)) < 1.5 * np.max(np.abs(calm))
