from itertools import pairwise

import msgspec
import pytest

from musicgen_desktop.generation.composer._parts_style import BassStyle, Groove, PartsStyle, StepPattern
from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import write_parts
from musicgen_desktop.generation.result import PlacedChord
from musicgen_desktop.music import DRUM, Chord

ALL = sorted(Styles())
STEADY = Groove(jitter_ms=0.0, velocity_spread=0.0)


def bass_of(plan):
    return write_parts(plan)["bass"].notes


def roots_hit(plan, notes) -> float:
    hit = 0
    for placed in plan.chords:
        end = placed.start_ticks + placed.length_ticks
        first = next(
            note for note in notes if placed.start_ticks - 20 <= note.start_ticks < end and note.velocity > 55
        )
        root = placed.chord.root if placed.chord.bass is None else placed.chord.bass
        hit += first.pitch % 12 == root
    return hit / len(plan.chords)


@pytest.mark.parametrize("style", ALL)
def test_the_bass_says_the_root_where_the_chord_changes(a_plan, style):
    shares = [roots_hit(plan, bass_of(plan)) for plan in (a_plan(style, seed=seed) for seed in range(4))]

    assert sum(shares) / len(shares) >= 0.8


@pytest.mark.parametrize("style", ALL)
def test_the_bass_keeps_its_range_and_one_voice(a_plan, style):
    for seed in range(3):
        notes = bass_of(a_plan(style, seed=seed))

        assert all(28 <= note.pitch <= 60 for note in notes)
        ends = [note.end_ticks for note in notes[:-1]]
        assert all(end <= after.start_ticks for end, after in zip(ends, notes[1:], strict=True))


@pytest.mark.parametrize("style", ["rock", "punk", "disco", "metal", "pop", "synthwave"])
def test_bass_and_kick_play_together(a_plan, style):
    together = kicks = 0
    for seed in range(4):
        parts = write_parts(a_plan(style, seed=seed))
        starts = [note.start_ticks for note in parts["bass"].notes]
        for note in parts["drums"].notes:
            if note.pitch == DRUM["kick"]:
                kicks += 1
                together += any(abs(start - note.start_ticks) < 40 for start in starts)
    assert together / kicks >= 0.6


def test_a_locked_bass_plays_with_every_kick(a_plan):
    parts = PartsStyle(bass=BassStyle(manner="lock", approach=0.0, octaves=0.0))
    written = write_parts(a_plan(parts=parts))

    kicks = {note.start_ticks for note in written["drums"].notes if note.pitch == DRUM["kick"]}

    assert kicks <= {note.start_ticks for note in written["bass"].notes}


def test_the_note_under_the_slash_is_the_bass(a_plan):
    notes = bass_of(a_plan("pop", chords="C/E F C/G G/B", key="C major"))

    firsts = [next(n for n in notes if n.start_ticks >= bar * 3840).pitch % 12 for bar in range(4)]
    assert firsts == [4, 5, 7, 11]


def test_an_approach_note_stands_a_step_before_the_next_root(a_plan):
    style = BassStyle(
        patterns=(StepPattern("1-----------a---"),), variation=0.0, octaves=0.0, approach_kind=("chromatic",)
    )
    plan = a_plan(parts=PartsStyle(bass=style, groove=STEADY), chords="Am F C G")

    notes = bass_of(plan)

    pairs = [(n, m) for n, m in pairwise(notes) if n.start_ticks % 3840 == 2880]
    assert len(pairs) == 15
    assert all(abs(following.pitch - note.pitch) == 1 for note, following in pairs)


def test_a_walking_bass_takes_a_step_on_every_beat_and_no_wild_leaps(a_plan):
    for seed in range(4):
        notes = bass_of(a_plan("jazz", seed=seed, chords="Dm7 G7 Cmaj7 A7", key="C major", swing=0.0))

        beats = {round(note.start_ticks / 960) for note in notes}
        leaps = [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]
        assert beats >= set(range(64))
        assert sum(leap <= 5 for leap in leaps) / len(leaps) > 0.7
        assert max(leaps) <= 14


def test_the_end_of_a_loop_leads_back_to_its_first_root(a_plan):
    style = BassStyle(
        patterns=(StepPattern("1-----------a---"),), variation=0.0, approach_kind=("chromatic",)
    )
    plan = a_plan(parts=PartsStyle(bass=style, groove=STEADY), chords="Am F C G")

    notes = bass_of(plan)

    assert abs(notes[-1].pitch - notes[0].pitch) == 1


def test_slides_bend_towards_the_next_note_and_come_back(a_plan):
    style = BassStyle(patterns=(StepPattern("1---------------"),), slides=1.0, gate=1.0, approach=0.0)
    plan = a_plan(parts=PartsStyle(bass=style, groove=STEADY))

    controls = write_parts(plan)["bass"].controls

    assert {control.kind for control in controls} == {"pitch_bend"}
    assert controls[-1].value == 0
    assert max(abs(control.value) for control in controls) >= 4096


def test_a_chord_change_under_a_held_note_is_heard_in_the_bass(a_plan):
    style = BassStyle(patterns=(StepPattern("1---------------"),), variation=0.0)
    plan = a_plan(parts=PartsStyle(bass=style, groove=STEADY), form=(("verse", "A", 1, 0.5),))
    halves = (PlacedChord(0, 1920, Chord.parse("C")), PlacedChord(1920, 1920, Chord.parse("F")))
    plan = msgspec.structs.replace(plan, chords=halves)

    notes = bass_of(plan)

    assert [(note.start_ticks, note.pitch % 12) for note in notes] == [(0, 0), (1920, 5)]
