"""Tempo points, meters and keys."""

import pytest

from musicgen_desktop.document import KeyChange
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    delete_key,
    delete_meter,
    delete_tempo,
    move_tempo,
    ramp_tempo,
    set_key,
    set_meter,
    set_tempo,
)
from musicgen_desktop.timing import Meter, MeterChange, TempoPoint

BAR = 3840


def test_a_tempo_holds_from_its_place_on_and_what_it_does_not_reach_stays(small_song):
    edit = set_tempo(small_song, 2 * BAR, 90)

    assert edit.project.tempo_map.points == (TempoPoint(0, 120.0), TempoPoint(2 * BAR, 90.0))
    assert edit.project.tracks is small_song.tracks
    assert edit.label == "Set tempo"


def test_a_tempo_that_is_there_keeps_its_ramp(small_song):
    ramped = ramp_tempo(set_tempo(small_song, BAR, 90).project, 0).project

    assert set_tempo(ramped, 0, 100).project.tempo_map.points[0] == TempoPoint(0, 100.0, ramp=True)
    assert set_tempo(ramped, 0, 100, ramp=False).project.tempo_map.points[0] == TempoPoint(0, 100.0)
    assert ramp_tempo(ramped, 0, ramp=False).project.tempo_map.bpm_at(BAR // 2) == 120.0


def test_tempo_points_move_and_go_but_the_first_stays(small_song):
    project = set_tempo(small_song, BAR, 90).project

    assert move_tempo(project, BAR, 2 * BAR).project.tempo_map.points[1].tick == 2 * BAR
    assert move_tempo(project, BAR, BAR).project is project
    assert delete_tempo(project, BAR).project == small_song
    with pytest.raises(UserInputError, match="at its start"):
        delete_tempo(project, 0)
    with pytest.raises(UserInputError, match="stays at its start"):
        move_tempo(project, BAR, 0)
    with pytest.raises(UserInputError, match="no change of tempo"):
        delete_tempo(project, 5)


def test_a_tempo_nobody_can_play_is_refused(small_song):
    with pytest.raises(UserInputError, match="20 and 400"):
        set_tempo(small_song, 0, 5)
    with pytest.raises(UserInputError, match="before the song"):
        set_tempo(small_song, -1, 120)


def test_a_meter_changes_at_a_bar_and_back(small_song):
    edit = set_meter(small_song, 3, "7/8")

    assert edit.project.meter_map.changes[1] == MeterChange(3, Meter(7, 8))
    assert set_meter(edit.project, 3, Meter(3, 4)).project.meter_map.meter_of_bar(3) == Meter(3, 4)
    assert delete_meter(edit.project, 3).project == small_song


def test_impossible_meters_are_refused(small_song):
    with pytest.raises(UserInputError, match="beats/note"):
        set_meter(small_song, 1, "waltz")
    with pytest.raises(UserInputError, match="no bar 0"):
        set_meter(small_song, 0, "3/4")
    with pytest.raises(UserInputError, match="at its start"):
        delete_meter(small_song, 1)
    with pytest.raises(UserInputError, match="bar 9"):
        delete_meter(small_song, 9)


def test_a_key_is_written_as_music_prints_it(small_song):
    edit = set_key(small_song, 3, "f#m")

    assert edit.project.keys == (KeyChange(0, "C major"), KeyChange(2 * BAR, "F# minor"))
    assert set_key(edit.project, 3, "Bb").project.keys[1].key == "Bb major"
    assert delete_key(edit.project, 3).project == small_song
    assert set_key(small_song, 1, "C").project is small_song


def test_unknown_keys_are_refused(small_song):
    with pytest.raises(UserInputError, match="unknown"):
        set_key(small_song, 1, "H#")
    with pytest.raises(UserInputError, match="bar 2"):
        delete_key(small_song, 2)
