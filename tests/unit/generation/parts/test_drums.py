import pytest

from musicgen_desktop.generation.composer._parts_style import DrumPattern, DrumsStyle, Groove, PartsStyle
from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import write_parts
from musicgen_desktop.music import DRUM

SNARES = {DRUM["snare"], DRUM["clap"], DRUM["rim"], DRUM["electric_snare"]}
FILLED = ["rock", "pop", "funk", "disco", "house", "drum_and_bass", "lofi", "trap", "synthwave", "country"]


def drums_of(plan):
    return write_parts(plan)["drums"].notes


def in_bar(plan, notes, bar):
    start = plan.tick_of_bar(bar)
    return [note for note in notes if start <= note.start_ticks < plan.tick_of_bar(bar + 1)]


def shape(plan, notes, bar, first=0):
    """Which drum falls on which sixteenth, from a sixteenth on."""
    start = plan.tick_of_bar(bar)
    return {
        (round((note.start_ticks - start) / 240), note.pitch)
        for note in in_bar(plan, notes, bar)
        if note.start_ticks - start >= first * 240 - 60 and note.velocity > 55
    }


@pytest.mark.parametrize("style", FILLED)
def test_a_fill_leads_out_of_a_section(a_plan, style):
    for seed in range(4):
        plan = a_plan(style, seed=seed, swing=0.0, stems=("drums",))

        notes = drums_of(plan)

        assert shape(plan, notes, 8, first=8) != shape(plan, notes, 6, first=8)


def test_a_crash_opens_a_loud_section(a_plan):
    parts = PartsStyle(drums=DrumsStyle(crash=1.0))
    plan = a_plan(parts=parts, stems=("drums",))

    crashes = [note.start_ticks for note in drums_of(plan) if note.pitch == DRUM["crash"]]

    assert any(0 <= tick - plan.tick_of_bar(9) < 30 for tick in crashes)


def test_a_louder_section_is_hit_harder_and_more_often(a_plan):
    more, harder = 0, 0
    for style in FILLED:
        plan = a_plan(
            style,
            stems=("drums",),
            form=(("verse", "A", 4, 0.15), ("chorus", "B", 4, 0.95)),
        )
        notes = drums_of(plan)
        half = plan.tick_of_bar(5)
        quiet = [note.velocity for note in notes if note.start_ticks < half]
        loud = [note.velocity for note in notes if note.start_ticks >= half]
        more += len(loud) > len(quiet)
        harder += max(loud) >= max(quiet)
    assert more == len(FILLED)
    assert harder >= len(FILLED) - 1


def test_a_build_tightens_and_swells(a_plan):
    plan = a_plan("house", stems=("drums",), form=(("build", "A", 4, 0.7), ("drop", "B", 4, 1.0)))

    notes = drums_of(plan)
    rolls = [
        [note for note in in_bar(plan, notes, bar) if note.pitch == DRUM["snare"]] for bar in range(1, 5)
    ]

    counts = [len(roll) for roll in rolls]
    assert counts == sorted(counts)
    assert counts[3] > 2 * counts[0]
    assert rolls[3][-1].velocity > rolls[0][0].velocity + 30
    assert not [note for note in in_bar(plan, notes, 4) if note.pitch == DRUM["kick"]]


@pytest.mark.parametrize("style", ["rock", "pop", "house", "techno", "disco", "punk", "synthwave"])
@pytest.mark.parametrize("meter", ["5/4", "7/8", "3/4", "6/8"])
def test_odd_meters_are_accented_where_their_groups_begin(a_plan, style, meter):
    plan = a_plan(style, meter=meter, stems=("drums",), form=(("verse", "A", 4, 0.6),), swing=0.0)
    starts, tick = [], 0
    for group in plan.meter.groups if meter != "3/4" else (3,):
        starts.append(tick)
        tick += group * plan.meter.beat_ticks

    notes = drums_of(plan)

    for bar in (1, 2, 3):
        hits = [
            note.start_ticks - plan.tick_of_bar(bar)
            for note in in_bar(plan, notes, bar)
            if (note.pitch == DRUM["kick"] or note.pitch in SNARES) and note.velocity > 70
        ]
        for start in starts:
            assert any(abs(hit - start) < 40 for hit in hits), (bar, start)


def test_the_kick_stays_on_the_grid_and_the_snare_leans_back(a_plan):
    parts = PartsStyle(
        groove=Groove(jitter_ms=4.0, late_ms={"snare": 12.0}),
        drums=DrumsStyle(variation=0.0, fill_kinds=("snare",)),
    )
    plan = a_plan(parts=parts, stems=("drums",), form=(("verse", "A", 3, 0.5),))

    notes = in_bar(plan, drums_of(plan), 2)

    kicks = [note.start_ticks % 240 for note in notes if note.pitch == DRUM["kick"]]
    snares = [note.start_ticks % 960 for note in notes if note.pitch == DRUM["snare"] and note.velocity > 80]
    assert set(kicks) == {0}
    assert all(10 < late < 35 for late in snares)


def test_velocities_are_those_of_a_hand(a_plan):
    plan = a_plan("soul", stems=("drums",))

    hats = [note.velocity for note in drums_of(plan) if note.pitch == DRUM["closed_hat"]]

    assert len(set(hats)) > 10
    assert max(hats) - min(hats) > 25


def test_an_open_hat_is_choked_by_the_next(a_plan):
    lines = {"open_hat": "x.......x.......", "closed_hat": "..x...........x."}
    parts = PartsStyle(
        groove=Groove(jitter_ms=0.0),
        drums=DrumsStyle(patterns=(DrumPattern(lines),), variation=0.0, open_hat=0.0, crash=0.0),
    )
    plan = a_plan(parts=parts, stems=("drums",), form=(("verse", "A", 2, 0.3),))

    opened = [note for note in in_bar(plan, drums_of(plan), 1) if note.pitch == DRUM["open_hat"]]

    assert [note.length_ticks for note in opened] == [420, 420]
    lines["closed_hat"] = ".x.............."
    parts = PartsStyle(
        groove=Groove(jitter_ms=0.0), drums=DrumsStyle(patterns=(DrumPattern(lines),), variation=0.0)
    )
    plan = a_plan(parts=parts, stems=("drums",), form=(("verse", "A", 2, 0.3),))
    assert next(n for n in drums_of(plan) if n.pitch == DRUM["open_hat"]).length_ticks == 240


def test_half_time_from_the_prompt_puts_the_backbeat_on_three(a_plan):
    plan = a_plan("rock", stems=("drums",), hints=("half_time",), form=(("verse", "A", 3, 0.5),))

    snares = [
        n.start_ticks for n in in_bar(plan, drums_of(plan), 1) if n.pitch == DRUM["snare"] and n.velocity > 85
    ]

    assert [round(tick / 960) for tick in snares] == [2]


def test_every_drum_of_every_style_has_a_sound(styles):
    for style in Styles():
        parts = styles[style].parts
        for pattern in (*parts.drums.patterns, *parts.percussion.patterns):
            assert set(pattern.lines) <= set(DRUM)
