"""How loud notes are."""

import pytest

from musicgen_desktop.music import Note
from musicgen_desktop.session.commands.notes import (
    draw_velocity,
    scale_velocity,
    set_velocity,
    shift_velocity,
)

NOTES = (Note(0, 10, 60, 20), Note(0, 10, 64, 80), Note(500, 10, 60, 100), Note(1000, 10, 60, 120))


def velocities(edit):
    return [note.velocity for note in edit.notes]


@pytest.mark.parametrize(("asked", "got"), [(64, 64), (0, 1), (500, 127)])
def test_notes_are_made_equally_loud(a_song, clip_of, asked, got):
    edit = set_velocity(a_song(*NOTES), "c", NOTES[:3], asked)

    assert velocities(edit) == [got] * 3
    assert clip_of(edit).notes[3] == NOTES[3]


def test_scaling_stays_within_what_midi_can_say(a_song):
    assert velocities(scale_velocity(a_song(*NOTES), "c", NOTES, 1.25)) == [25, 100, 125, 127]
    assert velocities(scale_velocity(a_song(*NOTES), "c", NOTES, 0.0)) == [1, 1, 1, 1]


def test_a_shift_keeps_the_differences_until_a_note_is_as_loud_as_can_be(a_song):
    assert velocities(shift_velocity(a_song(*NOTES), "c", NOTES, 10)) == [30, 90, 110, 127]
    assert velocities(shift_velocity(a_song(*NOTES), "c", NOTES, -30)) == [1, 50, 70, 90]


def test_a_stroke_changes_the_notes_below_it_and_no_others(a_song):
    edit = draw_velocity(a_song(*NOTES), "c", NOTES, [(1000, 40), (400, 100)])

    assert velocities(edit) == [20, 80, 90, 40]
