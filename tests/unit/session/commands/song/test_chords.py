"""The chord track."""

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import delete_chord, move_chord, set_chord

BAR = 3840


def chords(project):
    return [(chord.tick, chord.length_ticks, chord.symbol) for chord in project.chords]


def test_a_chord_cuts_those_that_it_reaches_into(small_song):
    edit = set_chord(small_song, BAR - 960, 1920, "F-7")

    assert chords(edit.project) == [
        (0, BAR - 960, "C"),
        (BAR - 960, 1920, "Fm7"),
        (BAR + 960, BAR - 960, "Am"),
    ]


def test_a_chord_inside_another_leaves_both_ends_of_it(small_song):
    edit = set_chord(small_song, 960, 960, "G")

    assert chords(edit.project)[:3] == [(0, 960, "C"), (960, 960, "G"), (1920, 1920, "C")]


def test_a_chord_on_the_same_tick_is_replaced_also_by_a_shorter_one(small_song):
    edit = set_chord(small_song, 0, 960, "C")

    assert chords(edit.project) == [(0, 960, "C"), (BAR, BAR, "Am")]
    assert set_chord(small_song, 0, BAR, "C").project is small_song


def test_chords_move_and_go(small_song):
    moved = move_chord(small_song, 0, BAR + 1920)
    assert chords(moved.project) == [(BAR, 1920, "Am"), (BAR + 1920, BAR, "C")]

    assert chords(delete_chord(small_song, 0).project) == [(BAR, BAR, "Am")]
    assert move_chord(small_song, 0, 0).project is small_song


def test_impossible_chords_are_refused(small_song):
    with pytest.raises(UserInputError, match="unknown"):
        set_chord(small_song, 0, BAR, "Xyz")
    with pytest.raises(UserInputError, match="length"):
        set_chord(small_song, 0, 0, "C")
    with pytest.raises(UserInputError, match="no chord here"):
        delete_chord(small_song, 5)
    with pytest.raises(UserInputError, match="before the song"):
        move_chord(small_song, 0, -1)
