import pytest

from musicgen_desktop.generation.composer._parts_style import CounterStyle, MelodyStyle, PartsStyle
from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import write_parts
from musicgen_desktop.generation.composer.parts._lead import Lead

ALL = sorted(Styles())


def pair(plan):
    parts = write_parts(plan)
    return parts["melody"], parts["counter"]


def overlap(a, b) -> int:
    return min(a.end_ticks, b.end_ticks) - max(a.start_ticks, b.start_ticks)


@pytest.mark.parametrize("style", ALL)
def test_the_second_voice_never_rubs_against_the_melody(a_plan, style):
    rubs = notes = 0
    for seed in range(4):
        melody, counter = pair(a_plan(style, seed=seed, stems=("melody", "counter")))
        lead = Lead(melody)
        for note in counter.notes:
            notes += 1
            rubs += any(
                abs(note.pitch - sung.pitch) == 1 and overlap(note, sung) > 240
                for sung in lead.sounding(note.start_ticks, note.end_ticks)
            )
    assert rubs / notes <= 0.03


@pytest.mark.parametrize("below", [True, False])
def test_the_second_voice_keeps_to_its_side(a_plan, below):
    table = CounterStyle(manners=("line",), below=below, low=48 if below else 60, high=72 if below else 90)
    melody, counter = pair(a_plan(parts=PartsStyle(counter=table, melody=MelodyStyle(low=62, high=79))))
    lead = Lead(melody)

    right = every = 0
    for note in counter.notes:
        for sung in lead.sounding(note.start_ticks, note.end_ticks):
            every += 1
            right += (note.pitch < sung.pitch) == below

    assert right / every >= 0.9


def test_answers_come_in_the_melodys_rests(a_plan):
    parts = PartsStyle(
        counter=CounterStyle(manners=("answer",), density=0.8), melody=MelodyStyle(rests=0.9, density=0.3)
    )
    inside = answers = 0
    for seed in range(6):
        melody, counter = pair(a_plan(parts=parts, seed=seed))
        if len(counter.notes) < 8:
            continue
        lead = Lead(melody)
        for note in counter.notes:
            answers += 1
            inside += not any(
                overlap(note, sung) > 60 for sung in lead.sounding(note.start_ticks, note.end_ticks)
            )

    assert answers > 20
    assert inside / answers >= 0.9


def test_without_a_melody_the_second_voice_plays_a_line(a_plan):
    plan = a_plan(parts=PartsStyle(counter=CounterStyle(manners=("answer",))), stems=("counter",))

    notes = write_parts(plan)["counter"].notes

    assert len(notes) >= plan.bars


def test_the_riff_comes_back(a_plan):
    plan = a_plan(
        parts=PartsStyle(counter=CounterStyle(manners=("riff",), density=0.9)), stems=("counter",), bpm=100
    )

    notes = write_parts(plan)["counter"].notes

    bars = [
        {round(n.start_ticks % 3840 / 240) for n in notes if n.start_ticks // 3840 == bar} for bar in range(8)
    ]
    assert all(bar == bars[0] and bar for bar in bars)
