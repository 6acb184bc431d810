"""Played live: the sound of the scheduled note, from the frame of the key on, and no note that stays."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.instruments import (
    ScheduledControl,
    ScheduledNote,
    available_soundfont,
    make_live_instrument,
    render_notes,
)
from musicgen_desktop.instruments._live_drums import LiveDrums
from musicgen_desktop.instruments._live_sampler import LiveSampler
from musicgen_desktop.instruments._live_synth import LiveSynth
from musicgen_desktop.music import Patch

RATE = 48_000
ON, OFF, END = 1000, 1000 + int(1.7 * RATE), 1000 + int(2.6 * RATE)

needs_player = pytest.mark.skipif(available_soundfont() is None, reason="tinysoundfont is not installed")


def synth(preset):
    return Patch("synth", preset=preset)


def kit(preset):
    return Patch("synth", preset=preset, is_drums=True)


def general_midi(program, *, drums=False):
    return Patch("general_midi", program=program, is_drums=drums)


def settled(patch):
    """A live instrument that no longer renders anything on the side."""
    instrument = make_live_instrument(patch, RATE, soundfont=available_soundfont())
    if not isinstance(instrument, LiveSampler):
        instrument.settle()
    return instrument


def play(instrument, events, frames, block=256):
    """[frames, 2]; events are (frame, name of the method, *arguments)."""
    blocks = []
    for start in range(0, frames, block):
        count = min(block, frames - start)
        for frame, method, *arguments in events:
            if start <= frame < start + count:
                getattr(instrument, method)(*arguments, at=frame - start)
        blocks.append(instrument.render(count))
    return np.concatenate(blocks)


def level_db(audio):
    return 10 * np.log10(np.mean(np.square(audio, dtype=np.float64)) + 1e-30)


def a_key(pitch=60, velocity=100):
    return [(ON, "note_on", pitch, velocity), (OFF, "note_off", pitch)]


@pytest.mark.parametrize(
    "preset",
    [
        "saw_lead",
        "warm_pad",
        "soft_piano",
        "tine_piano",
        "fm_bass",
        "string_machine",
        "vibraphone",
        "bass_808",
    ],
)
def test_a_live_note_sounds_as_the_scheduled_one_does(preset):
    scheduled = render_notes(synth(preset), [ScheduledNote(ON, OFF, 60, 100)], RATE, END)

    live = play(settled(synth(preset)), a_key(), END)

    assert level_db(live - scheduled) - level_db(scheduled) < -60


@pytest.mark.parametrize("preset", ["flute", "air_pad", "seashore", "choir_pad"])
def test_breath_and_noise_are_other_chance_numbers_at_the_same_level(preset):
    scheduled = render_notes(synth(preset), [ScheduledNote(ON, OFF, 60, 100)], RATE, END)

    live = play(settled(synth(preset)), a_key(), END)

    assert abs(level_db(live) - level_db(scheduled)) < 0.3


@pytest.mark.parametrize("preset", ["saw_lead", "string_machine", "soft_piano"])
@pytest.mark.parametrize("block", [32, 100, 2048])
def test_the_size_of_the_blocks_is_not_heard(preset, block):
    frames = 24_000
    events = [(700, "note_on", 60, 90), (9000, "note_on", 64, 70), (15_000, "note_off", 60)]
    expected = play(settled(synth(preset)), events, frames)

    found = play(settled(synth(preset)), events, frames, block)

    assert level_db(found - expected) - level_db(expected) < -90


@needs_player
@pytest.mark.parametrize("patch", [general_midi(0), general_midi(48), general_midi(0, drums=True)], ids=str)
def test_a_sampled_note_is_the_scheduled_one_without_its_early_attack(patch):
    pitch = 38 if patch.is_drums else 60
    scheduled = render_notes(
        patch,
        [ScheduledNote(RATE, RATE + OFF - ON, pitch, 100)],
        RATE,
        RATE + END,
        soundfont=available_soundfont(),
    )

    live = play(settled(patch), [(0, "note_on", pitch, 100), (OFF - ON, "note_off", pitch)], END - ON)

    differences = [
        level_db(live - scheduled[RATE - lead :][: len(live)]) for lead in range(0, 2880, RATE // 1000)
    ]
    assert min(differences) - level_db(live) < -60


def test_drum_strokes_and_chokes_are_the_scheduled_ones():
    strokes = [(0, 36, 100), (0, 46, 90), (24_001, 42, 90), (49_001, 38, 47), (49_001, 49, 120)]
    notes = [ScheduledNote(frame, frame + 100, pitch, velocity) for frame, pitch, velocity in strokes]
    scheduled = render_notes(kit("kit_909"), notes, RATE, 2 * RATE)
    drums = settled(kit("kit_909"))
    drums.warm((36, 46, 42, 38, 49), (100, 90, 47, 120))

    live = play(drums, [(frame, "note_on", pitch, velocity) for frame, pitch, velocity in strokes], 2 * RATE)

    assert (24_001 * 2654435761 >> 16) % 3 == (49_001 * 2654435761 >> 16) % 3 == 0
    assert level_db(live - scheduled) - level_db(scheduled) < -100


def test_a_stroke_that_is_not_there_yet_sounds_at_once_as_loud_and_later_as_it_should():
    drums = settled(kit("kit_acoustic"))
    exact = settled(kit("kit_acoustic"))
    exact.warm((57,), (21,))
    expected = play(exact, [(0, "note_on", 57, 21)], 20_000)

    first = play(drums, [(0, "note_on", 57, 21)], 20_000)
    drums.settle()
    drums.panic()
    drums.render(4096)
    for _ in range(2):
        drums.note_on(57, 21)
        drums.panic()
        drums.render(4096)
    again = play(drums, [(0, "note_on", 57, 21)], 20_000)

    assert abs(level_db(first) - level_db(expected)) < 3
    assert level_db(again - expected) - level_db(expected) < -100


@pytest.mark.parametrize("patch", [synth("saw_lead"), kit("kit_808"), general_midi(0)], ids=str)
def test_a_key_sounds_in_its_block_from_its_frame_on(patch):
    instrument = settled(patch)

    instrument.note_on(60 if not patch.is_drums else 36, 110, at=100)
    block = instrument.render(512)

    assert not np.any(block[:100])
    assert np.any(block[100:200])


def test_a_key_that_goes_up_in_the_block_of_its_stroke_still_sounds_and_ends():
    instrument = settled(synth("saw_lead"))

    instrument.note_on(60, 100, at=10)
    instrument.note_off(60, at=11)
    block = instrument.render(4096)
    instrument.render(RATE)

    assert np.any(block)
    assert not instrument.sounding


@pytest.mark.parametrize("patch", [synth("warm_pad"), general_midi(48)], ids=str)
def test_the_pedal_holds_what_was_let_go_until_it_comes_up(patch):
    pedal = [ScheduledControl(ON, "cc", 127, 64), ScheduledControl(60_000, "cc", 0, 64)]
    lengths = ScheduledNote(ON, 60_000, 60, 100)
    expected = render_notes(patch, [lengths], RATE, END, soundfont=available_soundfont())
    down = [(control.frame, "control", "cc", 64, control.value) for control in pedal]

    live = play(settled(patch), [*down, (ON, "note_on", 60, 100), (9000, "note_off", 60)], END)

    held = slice(50_000, 60_000)
    assert abs(level_db(live[held]) - level_db(expected[held])) < 1
    assert level_db(live[-4000:]) < level_db(live[held]) - 30


def test_volume_expression_and_pan_are_those_of_a_scheduled_part():
    controls = [
        ScheduledControl(5000, "cc", 70, 7),
        ScheduledControl(20_000, "cc", 90, 11),
        ScheduledControl(30_000, "cc", 20, 10),
    ]
    scheduled = render_notes(
        synth("saw_lead"), [ScheduledNote(ON, OFF, 60, 100)], RATE, END, controls=controls
    )

    moves = [(each.frame, "control", "cc", each.number, each.value) for each in controls]
    live = play(settled(synth("saw_lead")), [*a_key(), *moves], END)

    assert level_db(live - scheduled) - level_db(scheduled) < -60


@pytest.mark.parametrize("preset", ["soft_sine_lead", "bass_808", "saw_lead"])
def test_the_pitch_wheel_bends_what_sounds_at_once(preset):
    controls = [
        ScheduledControl(frame, "pitch_bend", (frame - 20_000) // 4) for frame in range(20_000, 50_000, 333)
    ]
    scheduled = render_notes(synth(preset), [ScheduledNote(ON, OFF, 48, 100)], RATE, END, controls=controls)

    moves = [(each.frame, "control", "pitch_bend", 0, each.value) for each in controls]
    live = play(settled(synth(preset)), [*a_key(48), *moves], END)

    bent = slice(20_000, OFF)
    assert level_db((live - scheduled)[bent]) - level_db(scheduled[bent]) < -40


def test_a_mono_preset_has_one_voice_that_glides_as_the_scheduled_one_does():
    patch = synth("bass_808")
    notes = [ScheduledNote(0, 30_000, 36, 100), ScheduledNote(20_000, 60_000, 43, 100)]
    scheduled = render_notes(patch, notes, RATE, 80_000)

    events = [
        (0, "note_on", 36, 100),
        (20_000, "note_on", 43, 100),
        (30_000, "note_off", 36),
        (60_000, "note_off", 43),
    ]
    live = play(settled(patch), events, 80_000)

    assert level_db(live - scheduled) - level_db(scheduled) < -50


def test_a_string_held_longer_than_was_prepared_for_rings_on_without_a_seam():
    instrument = settled(synth("soft_piano"))

    audio = play(instrument, [(0, "note_on", 40, 100)], 5 * RATE, 1024)[:, 0]

    bends = np.abs(np.diff(audio, 2))
    seam = bends[4 * RATE - 200 : 4 * RATE + 200].max()
    assert 0 < seam <= 1.5 * bends[4 * RATE - 5000 : 4 * RATE - 200].max()


@pytest.mark.parametrize("patch", [synth("warm_pad"), kit("kit_808"), general_midi(48)], ids=str)
def test_panic_silences_keys_and_pedal_within_a_tenth_of_a_second(patch):
    instrument = settled(patch)
    instrument.control("cc", 64, 127)
    for pitch in (36, 49, 60):
        instrument.note_on(pitch, 100)
    instrument.render(9000)

    instrument.panic()
    instrument.render(RATE // 10)

    assert instrument.keys_down == 0
    assert level_db(instrument.render(4096)) < -70
    assert np.any(_struck_again(instrument))


def _struck_again(instrument):
    instrument.note_on(60, 100)
    return instrument.render(4096)


@pytest.mark.parametrize("number", [120, 121, 123])
def test_channel_modes_let_everything_go(number):
    instrument = settled(synth("saw_lead"))
    instrument.control("cc", 64, 127)
    instrument.note_on(60, 100)
    instrument.note_off(60)

    instrument.control("cc", number, 0)
    instrument.control("cc", 64, 0)
    instrument.render(RATE)

    assert instrument.keys_down == 0
    assert not instrument.sounding


def test_more_keys_than_voices_let_the_oldest_go_without_a_click():
    instrument = settled(synth("soft_sine_lead"))
    for pitch in range(30, 80):
        instrument.note_on(pitch, 60)
        instrument.render(512)

    audio = instrument.render(9600)

    assert instrument.voices <= instrument.most_keys
    assert np.all(np.isfinite(audio))
    assert np.max(np.abs(np.diff(audio, 3, axis=0))) < 0.02


def test_a_key_out_of_range_is_a_slip_of_the_program():
    instrument = settled(synth("saw_lead"))

    for pitch, velocity in ((128, 1), (-1, 1), (60, 0), (60, 128)):
        with pytest.raises(ValueError, match="not a MIDI note"):
            instrument.note_on(pitch, velocity)


def test_an_unknown_preset_is_told():
    with pytest.raises(UserInputError, match="no instrument called “kazoo”"):
        make_live_instrument(synth("kazoo"), RATE)


def test_an_instrument_given_up_while_it_warms_up_goes_away():
    instrument = make_live_instrument(synth("dx_piano"), RATE)
    prepared = instrument._prepared

    del instrument
    gc.collect()
    prepared.settle()

    assert not prepared._thread.is_alive()


def _recipe(preset):
    from musicgen_desktop.instruments._make import patched_recipe

    return patched_recipe(synth(preset))[1]


_KITS = []


def _small_kit():
    if not _KITS:
        _KITS.append(LiveDrums(_recipe("kit_808"), 8000))
    _KITS[0].panic()
    _KITS[0].render(2048)
    return _KITS[0]


INSTRUMENTS = {
    "synth": lambda: LiveSynth("saw_lead", _recipe("saw_lead"), 8000),
    "mono": lambda: LiveSynth("bass_808", _recipe("bass_808"), 8000),
    "drums": _small_kit,
    "sampler": lambda: settled(general_midi(0)),
}


def hands():
    pitch = st.integers(36, 60)
    return st.lists(
        st.one_of(
            st.tuples(st.just("note_on"), pitch, st.integers(1, 127)),
            st.tuples(st.just("note_off"), pitch),
            st.tuples(
                st.just("control"),
                st.just("cc"),
                st.sampled_from([1, 7, 10, 11, 64, 123]),
                st.integers(0, 127),
            ),
            st.tuples(st.just("control"), st.just("pitch_bend"), st.just(0), st.integers(-8192, 8191)),
            st.tuples(st.just("render"), st.sampled_from([32, 77, 256, 2048])),
            st.tuples(st.just("panic")),
        ),
        max_size=40,
    )


@pytest.mark.parametrize("kind", INSTRUMENTS)
@settings(max_examples=25)
@given(moves=hands())
def test_whatever_hands_do_nothing_sounds_once_keys_and_pedal_are_up(kind, moves):
    if kind == "sampler" and available_soundfont() is None:
        pytest.skip("tinysoundfont is not installed")
    instrument = INSTRUMENTS[kind]()

    blocks = [getattr(instrument, name)(*arguments) for name, *arguments in moves]
    for pitch in range(36, 61):
        instrument.note_off(pitch)
    instrument.control("cc", 64, 0)
    tail = [instrument.render(2048) for _ in range(140)]

    assert instrument.keys_down == 0
    assert not instrument.sounding
    assert not np.any(tail[-1])
    assert all(np.all(np.isfinite(block)) for block in blocks if block is not None)
