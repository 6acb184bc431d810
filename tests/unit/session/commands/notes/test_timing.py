"""Quantizing, humanizing, legato, reversing and stretching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.music import Note, note_order
from musicgen_desktop.session.commands.notes import (
    humanize_notes,
    legato_notes,
    quantize_notes,
    reverse_notes,
    stretch_notes,
)
from musicgen_desktop.timing import Grid, Meter, MeterMap, grid_lines

EIGHTHS = Grid.of("1/8")
NOTES = st.lists(
    st.builds(Note, st.integers(0, 4000), st.integers(1, 2000), st.integers(0, 127), st.integers(1, 127)),
    max_size=12,
)
STEPS = st.sampled_from([60, 80, 160, 240, 320, 480, 640, 960, 3840, 7680])


def starts(edit):
    return [note.start_ticks for note in edit.notes]


def at(*ticks):
    return [Note(tick, 100, 60, 90) for tick in ticks]


def test_notes_go_to_the_nearest_line_and_keep_their_length(a_song):
    notes = at(0, 50, 430, 730)

    edit = quantize_notes(a_song(*notes), "c", notes, EIGHTHS)

    assert starts(edit) == [0, 0, 480, 960]
    assert {note.length_ticks for note in edit.notes} == {100}


def test_strength_goes_part_of_the_way(a_song):
    notes = at(440, 500)

    edits = [quantize_notes(a_song(*notes), "c", notes, EIGHTHS, strength=each) for each in (0.0, 0.5)]

    assert [starts(edit) for edit in edits] == [[440, 500], [460, 490]]


@pytest.mark.parametrize(("swing", "offbeat"), [(0.0, 480), (0.5, 560), (1.0, 640)])
def test_swing_moves_every_second_line_towards_the_triplet(a_song, swing, offbeat):
    notes = at(0, 490, 970, 1450)

    edit = quantize_notes(a_song(*notes), "c", notes, Grid.of("1/8", swing=swing))

    assert starts(edit) == [0, offbeat, 960, offbeat + 960]


def test_triplets_have_lines_of_their_own(a_song):
    notes = at(10, 310, 650)

    edit = quantize_notes(a_song(*notes), "c", notes, Grid.of("1/8", triplet=True))

    assert starts(edit) == [0, 320, 640]


def test_the_grid_is_the_songs_also_under_a_clip_beside_it(a_song):
    notes = at(0, 400)

    edit = quantize_notes(a_song(*notes, start_ticks=3840 + 100), "c", notes, EIGHTHS)

    assert starts(edit) == [380, 380]


def test_the_grid_follows_the_offset_of_the_content(a_song):
    notes = at(130)

    edit = quantize_notes(a_song(*notes, content_offset_ticks=120), "c", notes, EIGHTHS)

    assert starts(edit) == [120]


def test_a_loop_is_quantized_where_it_sounds_first(a_song):
    notes = at(100, 700)

    edit = quantize_notes(
        a_song(*notes, content_offset_ticks=600, loop_length_ticks=1000), "c", notes, EIGHTHS
    )

    # Tick 600 is a bar line; tick 100 sounds 500 later, one line after it.
    assert starts(edit) == [80, 600]


def test_the_grid_begins_anew_at_every_bar(a_song):
    notes = at(3300, 3400)

    edit = quantize_notes(a_song(*notes, meter="7/8", start_ticks=0), "c", notes, Grid.of("1/4"))

    assert starts(edit) == [3360, 3360]


def test_ends_are_quantized_when_asked_and_no_note_vanishes(a_song):
    notes = [Note(0, 400, 60, 90), Note(490, 20, 62, 90)]

    edit = quantize_notes(a_song(*notes), "c", notes, EIGHTHS, ends=True)

    assert [(note.start_ticks, note.end_ticks) for note in edit.notes] == [(0, 480), (480, 960)]


def test_a_strength_beyond_one_is_a_bug(a_song):
    with pytest.raises(ValueError, match="strength"):
        quantize_notes(a_song(), "c", (), EIGHTHS, strength=1.1)


@given(notes=NOTES, step=STEPS, start=st.integers(0, 5000), offset=st.integers(-300, 300), ends=st.booleans())
def test_at_full_strength_every_start_is_on_a_line_and_stays_there(
    a_song, clip_of, notes, step, start, offset, ends
):
    song = a_song(*notes, meter="7/8", start_ticks=start, content_offset_ticks=offset)
    lines = set(grid_lines(MeterMap.constant(Meter(7, 8)), -3360, 40_000, step))

    once = quantize_notes(song, "c", notes, Grid(step), ends=ends)
    twice = quantize_notes(once.project, "c", once.notes, Grid(step), ends=ends)

    assert {note.start_ticks + start - offset for note in once.notes} <= lines
    assert twice.project == once.project
    assert len(clip_of(once).notes) == len(notes)


@given(notes=NOTES, swing=st.floats(0.0, 1.0), strength=st.floats(0.0, 1.0), ends=st.booleans())
def test_quantizing_keeps_every_note(a_song, clip_of, notes, swing, strength, ends):
    edit = quantize_notes(a_song(*notes), "c", notes, Grid(240, swing), strength=strength, ends=ends)

    kept = sorted((note.pitch, note.velocity) for note in clip_of(edit).notes)
    assert kept == sorted((note.pitch, note.velocity) for note in notes)


@given(notes=NOTES, seed=st.integers())
def test_humanizing_stays_within_its_limits_and_repeats_with_its_seed(a_song, notes, seed):
    song = a_song(*notes)

    edit = humanize_notes(song, "c", notes, timing_ticks=30, velocity=10, seed=seed)
    again = humanize_notes(song, "c", notes[::-1], timing_ticks=30, velocity=10, seed=seed)

    assert edit == again
    assert len(edit.notes) == len(notes)
    for before in notes:
        assert any(
            abs(after.start_ticks - before.start_ticks) <= 30
            and abs(after.velocity - before.velocity) <= 10
            and (after.length_ticks, after.pitch) == (before.length_ticks, before.pitch)
            for after in edit.notes
        )


def test_another_seed_humanizes_otherwise(a_song):
    notes = at(*range(1000, 2000, 100))
    song = a_song(*notes)

    one, other = (
        humanize_notes(song, "c", notes, timing_ticks=30, velocity=10, seed=seed) for seed in (1, 2)
    )

    assert one.notes != other.notes
    assert len(set(starts(one)) - set(range(1000, 2000, 100))) > 3


def test_legato_reaches_to_the_next_chord(a_song):
    notes = [Note(0, 10, 60, 90), Note(0, 900, 64, 90), Note(480, 10, 60, 90), Note(960, 10, 60, 90)]

    joined = legato_notes(a_song(*notes), "c", notes)
    parted = legato_notes(a_song(*notes), "c", notes, gap_ticks=40)

    assert [note.length_ticks for note in joined.notes] == [480, 480, 480, 10]
    assert [note.length_ticks for note in parted.notes] == [440, 440, 440, 10]


def test_legato_leaves_at_least_a_tick(a_song):
    notes = at(0, 20)

    edit = legato_notes(a_song(*notes), "c", notes, gap_ticks=40)

    assert edit.notes[0].length_ticks == 1


def test_reversed_notes_fill_the_same_span(a_song):
    notes = [Note(100, 50, 60, 90), Note(200, 300, 64, 90)]

    edit = reverse_notes(a_song(*notes), "c", notes)

    assert edit.notes == (Note(100, 300, 64, 90), Note(450, 50, 60, 90))


@given(notes=NOTES)
def test_reversing_twice_changes_nothing(a_song, notes):
    song = a_song(*sorted(notes, key=note_order))

    once = reverse_notes(song, "c", notes)

    assert reverse_notes(once.project, "c", once.notes).project == song


def test_stretching_starts_from_the_first_note(a_song):
    notes = [Note(100, 50, 60, 90), Note(200, 300, 64, 90)]

    double = stretch_notes(a_song(*notes), "c", notes, 2.0)
    short = stretch_notes(a_song(*notes), "c", notes, 0.001)

    assert double.notes == (Note(100, 100, 60, 90), Note(300, 600, 64, 90))
    assert short.notes == (Note(100, 1, 60, 90), Note(100, 1, 64, 90))


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan")])
def test_stretching_by_nothing_is_a_bug(a_song, factor):
    with pytest.raises(ValueError, match="factor"):
        stretch_notes(a_song(), "c", (), factor)
