from itertools import pairwise

import pytest

from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import write_parts
from musicgen_desktop.generation.composer.parts._beats import strong_ticks
from musicgen_desktop.generation.composer.parts._tones import reach
from musicgen_desktop.timing import PPQ

ALL = sorted(Styles())
SEEDS = range(5)
CHANGES = "Cmaj7 Am7 Dm7 G7 Em7 A7 Dm7 G7"


def melody_of(plan):
    return write_parts(plan)["melody"].notes


def strong_share(plan, notes) -> float:
    strong = hits = 0
    bar = plan.meter.bar_ticks
    for note in notes:
        for place in (*strong_ticks(plan.meter), bar):
            if abs(note.start_ticks % bar - place) <= 60 and note.length_ticks >= PPQ // 8:
                grid = note.start_ticks // bar * bar + place
                strong += 1
                hits += note.pitch % 12 in plan.chord_at(min(grid, plan.length_ticks - 1)).chord.pitch_classes
                break
    return hits / strong if strong else 1.0


@pytest.mark.parametrize("style", ALL)
def test_strong_beats_carry_chord_tones(a_plan, style):
    plans = [
        a_plan(style, seed=seed, chords=chords, key=key, stems=("melody",), swing=0.0)
        for seed in SEEDS
        for chords, key in (("Am F C G Am Dm E7 Am", "A minor"), (CHANGES, "C major"))
    ]

    shares = [strong_share(plan, melody_of(plan)) for plan in plans]

    assert sum(shares) / len(shares) >= 0.85


@pytest.mark.parametrize("style", ALL)
def test_the_melody_stays_in_its_instruments_range(a_plan, styles, style):
    table = styles[style].parts.melody
    for seed in SEEDS:
        plan = a_plan(style, seed=seed, stems=("melody",))
        low, high = reach(plan.stem_of("melody").patch, table.low, table.high)

        assert all(low <= note.pitch <= high for note in melody_of(plan))


def test_a_low_instrument_brings_the_line_down(a_plan):
    plan = a_plan("cinematic", stems=("melody",), patches={"melody": "gm:cello"})

    assert max(note.pitch for note in melody_of(plan)) <= 76


@pytest.mark.parametrize("style", ALL)
def test_the_line_can_be_sung(a_plan, style):
    small = every = 0
    for seed in SEEDS:
        notes = melody_of(a_plan(style, seed=seed, stems=("melody",)))
        for a, b in pairwise(notes):
            every += 1
            small += abs(b.pitch - a.pitch) <= 4
            assert abs(b.pitch - a.pitch) <= 14
    assert small / every >= 0.55


@pytest.mark.parametrize("style", [style for style in ALL if style != "metal"])
def test_phrases_breathe(a_plan, style):
    for seed in SEEDS:
        plan = a_plan(style, seed=seed, stems=("melody",))
        notes = melody_of(plan)
        ends = [*(note.start_ticks for note in notes[1:]), plan.length_ticks]
        rests = [after - note.end_ticks for note, after in zip(notes, ends, strict=True)]

        assert sum(rest >= PPQ // 2 for rest in rests) >= 2


def test_the_motif_returns(a_plan):
    """In most songs at least one rhythm of two bars comes back within its section."""
    returned = songs = 0
    for style in ALL:
        for seed in SEEDS:
            plan = a_plan(style, seed=seed, stems=("melody",), swing=0.0, form=(("verse", "A", 8, 0.5),))
            notes = melody_of(plan)
            span = 2 * plan.meter.bar_ticks
            rhythms = []
            for unit in range(4):
                inside = [n.start_ticks - unit * span for n in notes if n.start_ticks // span == unit]
                rhythms.append({round(tick / 240) for tick in inside if tick < span - 960})
            songs += 1
            returned += any(
                a and len(a & b) >= 0.7 * len(a | b)
                for at, a in enumerate(rhythms)
                for b in rhythms[at + 1 :]
            )
    assert returned / songs >= 0.85


def test_sections_of_one_letter_share_their_material(a_plan):
    form = (("verse", "A", 8, 0.5), ("chorus", "B", 8, 0.8), ("verse", "A", 8, 0.5))
    for style in ("pop", "rock", "folk", "synthwave"):
        plan = a_plan(style, form=form, stems=("melody",), bpm=100)
        notes = melody_of(plan)
        far = 16 * plan.meter.bar_ticks
        first = {round(n.start_ticks / 240) for n in notes if n.start_ticks < far // 2}
        second = {round((n.start_ticks - far) / 240) for n in notes if n.start_ticks >= far}
        chorus = {round((n.start_ticks - far // 2) / 240) for n in notes if far // 2 <= n.start_ticks < far}

        assert len(first & second) > 0.8 * len(first | second)
        assert len(first & second) > len(first & chorus)


def test_the_chorus_lies_higher_than_the_verse(a_plan):
    higher = 0
    songs = [(style, seed) for style in ("pop", "rock", "soul", "synthwave", "punk") for seed in range(6)]
    for style, seed in songs:
        plan = a_plan(style, seed=seed, stems=("melody",))
        notes = melody_of(plan)
        verse = [note.pitch for note in notes if note.start_ticks < plan.length_ticks // 2]
        chorus = [note.pitch for note in notes if note.start_ticks >= plan.length_ticks // 2]
        higher += sum(chorus) / len(chorus) > sum(verse) / len(verse)
    assert higher / len(songs) >= 0.75


def test_the_song_ends_at_home(a_plan):
    for seed in SEEDS:
        form = (("verse", "A", 4, 0.5), ("outro", "Z", 4, 0.5))
        plan = a_plan("folk", seed=seed, loop=False, form=form, stems=("melody",))

        assert melody_of(plan)[-1].pitch % 12 in plan.chords[-1].chord.pitch_classes


def test_a_section_without_the_melody_is_silent(a_plan):
    import msgspec

    plan = a_plan("pop", stems=("drums", "melody"))
    verse, chorus = plan.sections
    plan = msgspec.structs.replace(plan, sections=(msgspec.structs.replace(verse, stems=("drums",)), chorus))

    assert min(note.start_ticks for note in melody_of(plan)) >= plan.tick_of_bar(9)
