from itertools import pairwise

import pytest

from musicgen_desktop.generation.composer._parts_style import (
    ArpStyle,
    ChordsStyle,
    Groove,
    PadStyle,
    PartsStyle,
    StepPattern,
)
from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import write_parts
from musicgen_desktop.generation.composer.parts._song import Song
from musicgen_desktop.generation.composer.parts._voicings import song_voicings
from musicgen_desktop.timing import PPQ

ALL = sorted(Styles())
STEADY = Groove(jitter_ms=0.0, velocity_spread=0.0)


@pytest.mark.parametrize("style", ALL)
def test_voices_move_little_and_never_cross(a_plan, styles, style):
    table = styles[style].parts.chords
    for chords, key in (
        ("Am F C G Dm E7 Am Bb", "A minor"),
        ("Cmaj7 A7 Dm9 G7 Em7b5 A7b9 Dm7 Db7", "C major"),
    ):
        plan = a_plan(style, chords=chords, key=key)

        voicings = song_voicings(Song(plan), table.low, table.high, table.voices)

        moves = [abs(b - a) for one, two in pairwise(voicings) for a, b in zip(one, two, strict=True)]
        assert sum(moves) / len(moves) <= 2.5
        assert all(list(voicing) == sorted(voicing) for voicing in voicings)


@pytest.mark.parametrize("style", ALL)
@pytest.mark.parametrize("role", ["chords", "pad", "arp"])
def test_harmony_plays_the_chords_of_the_plan(a_plan, style, role):
    plan = a_plan(style, seed=2, stems=("chords", "pad", "arp"))

    notes = write_parts(plan)[role].notes

    right = 0
    for note in notes:
        at = note.start_ticks
        # A pushed chord belongs to the bar it is held into.
        near = plan.chord_at(min(at + PPQ // 2 + 60, plan.length_ticks - 1)).chord
        right += note.pitch % 12 in (*plan.chord_at(at).chord.pitch_classes, *near.pitch_classes)
    assert right == len(notes)


def test_a_strum_goes_down_the_strings_and_up_again(a_plan):
    style = ChordsStyle(patterns=(StepPattern("d-------u-------"),), strum_ms=30.0, variation=0.0)
    plan = a_plan(parts=PartsStyle(chords=style, groove=STEADY), stems=("chords",))

    notes = [note for note in write_parts(plan)["chords"].notes if note.start_ticks < plan.meter.bar_ticks]

    down = [note.pitch for note in notes if note.start_ticks < 960]
    up = [note.pitch for note in notes if note.start_ticks >= 960]
    assert down == sorted(down)
    assert up == sorted(up, reverse=True)
    assert 0 < notes[len(down) - 1].start_ticks <= plan.tempo_map.tick_at(0.031)


def test_a_pushed_chord_is_already_the_next(a_plan):
    style = ChordsStyle(patterns=(StepPattern("x-----------...."),), push=1.0, variation=0.0)
    plan = a_plan(
        parts=PartsStyle(chords=style, groove=STEADY), stems=("chords",), chords="C F", key="C major"
    )

    pushed = [note for note in write_parts(plan)["chords"].notes if note.start_ticks == 3360]

    assert {note.pitch % 12 for note in pushed} == {5, 9, 0}


def test_single_voices_break_the_chord(a_plan):
    style = ChordsStyle(patterns=(StepPattern("1-2-3-4-3-2-3-2-"),), variation=0.0)
    plan = a_plan(parts=PartsStyle(chords=style, groove=STEADY), stems=("chords",))

    first = [note for note in write_parts(plan)["chords"].notes if note.start_ticks < plan.meter.bar_ticks]

    assert len(first) == 8
    assert [note.pitch for note in first[:4]] == sorted({note.pitch for note in first})


def test_a_pad_holds_common_tones_and_swells(a_plan):
    plan = a_plan(
        parts=PartsStyle(pad=PadStyle(swell="chord")), stems=("pad",), chords="C Am F Am", key="C major"
    )

    part = write_parts(plan)["pad"]

    assert any(note.length_ticks > plan.meter.bar_ticks for note in part.notes)
    values = [control.value for control in part.controls]
    assert {control.number for control in part.controls} == {11}
    assert max(values) - min(values) > 20


def test_a_pumping_pad_ducks_on_every_beat(a_plan):
    plan = a_plan(parts=PartsStyle(pad=PadStyle(swell="pump", depth=0.5)), stems=("pad",))

    controls = write_parts(plan)["pad"].controls

    on_beat = {control.value for control in controls if control.tick % PPQ == 0}
    assert max(on_beat) < max(control.value for control in controls) - 30


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("up", [0, 1, 2, 3, 0, 1, 2, 3]),
        ("down", [3, 2, 1, 0, 3, 2, 1, 0]),
        ("up_down", [0, 1, 2, 3, 0, 1, 2, 3]),
        ("converge", [0, 3, 1, 2, 0, 3, 1, 2]),
        ("thumb", [0, 1, 0, 2, 0, 1, 0, 2]),
        ("pedal", [0, 3, 1, 3, 0, 3, 1, 3]),
    ],
)
def test_an_arpeggio_follows_its_shape(a_plan, shape, expected):
    style = ArpStyle(shapes=(shape,), patterns=(StepPattern("x.x.x.x.x.x.x.x."),), octaves=1)
    plan = a_plan(parts=PartsStyle(arp=style, groove=STEADY), stems=("arp",), chords="C", key="C major")

    pitches = [note.pitch for note in write_parts(plan)["arp"].notes[:8]]

    ladder = [60, 64, 67, 72]
    assert [ladder.index(pitch) for pitch in pitches] == expected
