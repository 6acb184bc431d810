"""Transposing, keeping to scales and chords, inverting."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import ChordChange
from musicgen_desktop.music import SCALES, Key, Note
from musicgen_desktop.session.commands.notes import (
    invert_notes,
    snap_to_chords,
    snap_to_scale,
    transpose_in_scale,
    transpose_notes,
)

C = Key.parse("C")
PITCHES = st.lists(st.integers(0, 127), min_size=1, max_size=8)
KEYS = st.builds(Key.of, st.integers(0, 11), st.sampled_from(sorted(SCALES)))


def notes_of(*pitches):
    return tuple(Note(480 * place, 240, pitch, 90) for place, pitch in enumerate(pitches))


def pitches(edit):
    return [note.pitch for note in edit.notes]


def test_notes_are_transposed_by_semitones(a_song):
    notes = notes_of(60, 64, 67)

    assert pitches(transpose_notes(a_song(*notes), "c", notes, -12)) == [48, 52, 55]


@given(values=PITCHES, semitones=st.integers(-300, 300))
def test_transposing_keeps_the_intervals_within_reach(a_song, values, semitones):
    notes = notes_of(*values)

    moved = pitches(transpose_notes(a_song(*notes), "c", notes, semitones))

    assert len({new - old for old, new in zip(values, moved, strict=True)}) == 1
    assert all(0 <= pitch <= 127 for pitch in moved)


@pytest.mark.parametrize(
    ("steps", "moved"), [(1, [62, 65, 69, 63]), (-1, [59, 62, 65, 60]), (7, [72, 76, 79, 73])]
)
def test_notes_walk_along_the_scale(a_song, steps, moved):
    notes = notes_of(60, 64, 67, 61)

    assert pitches(transpose_in_scale(a_song(*notes), "c", notes, steps, C)) == moved


@given(values=PITCHES, steps=st.integers(-1000, 1000), key=KEYS)
def test_walking_along_a_scale_stays_in_it_and_within_reach(a_song, values, steps, key):
    notes = notes_of(*values)

    moved = pitches(transpose_in_scale(a_song(*notes), "c", notes, steps, key))

    assert all(0 <= pitch <= 127 for pitch in moved)
    assert all(key.contains(new) for old, new in zip(values, moved, strict=True) if key.contains(old))


def test_foreign_notes_snap_to_the_nearest_of_the_scale(a_song):
    notes = notes_of(60, 61, 66, 71)

    assert pitches(snap_to_scale(a_song(*notes), "c", notes, Key.parse("F"))) == [60, 60, 65, 70]


@given(values=PITCHES, key=KEYS)
def test_snapped_notes_lie_in_the_scale(a_song, values, key):
    notes = notes_of(*values)

    snapped = pitches(snap_to_scale(a_song(*notes), "c", notes, key))

    assert all(key.contains(pitch) and 0 <= pitch <= 127 for pitch in snapped)
    assert all(old == new for old, new in zip(values, snapped, strict=True) if key.contains(old))


def test_notes_snap_to_the_chord_where_they_sound(a_song):
    notes = notes_of(62, 62, 62, 62)
    chords = (
        ChordChange(3840, 480, "C"),
        ChordChange(3840 + 480, 480, "Am/D"),
        ChordChange(3840 + 960, 240, "F#dim"),
    )
    song = msgspec.structs.replace(a_song(*notes), chords=chords)

    assert pitches(snap_to_chords(song, "c", notes)) == [60, 62, 60, 62]


def test_a_melody_is_turned_upside_down(a_song):
    notes = notes_of(60, 64, 72)

    assert pitches(invert_notes(a_song(*notes), "c", notes)) == [72, 68, 60]


@given(values=PITCHES)
def test_inverting_twice_changes_nothing(a_song, values):
    notes = notes_of(*values)

    once = invert_notes(a_song(*notes), "c", notes)

    assert pitches(invert_notes(once.project, "c", once.notes)) == values


def test_nothing_selected_changes_nothing(a_song):
    song = a_song(*notes_of(60))

    edits = [
        transpose_notes(song, "c", (), 5),
        transpose_in_scale(song, "c", (), 5, C),
        snap_to_scale(song, "c", (), C),
        snap_to_chords(song, "c", ()),
        invert_notes(song, "c", ()),
    ]

    assert all(edit.project is song and edit.notes == () for edit in edits)
