"""Sections, markers, the loop, the end and the name."""

import msgspec
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, LoopRange
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    add_marker,
    add_section,
    delete_marker,
    delete_section,
    duplicate_section,
    move_marker,
    move_section,
    rename_marker,
    rename_project,
    rename_section,
    resize_section,
    set_end,
    set_loop,
    set_meter,
)

BAR = 3840


def test_sections_are_added_named_moved_resized_and_deleted(small_song):
    edit, section_id = add_section(small_song, " Outro ", 2 * BAR, BAR)
    project = rename_section(edit.project, section_id, "Coda").project
    project = move_section(project, section_id, 3 * BAR).project
    project = resize_section(project, section_id, end_ticks=6 * BAR).project

    section = project.sections[-1]
    assert (section.name, section.start_ticks, section.end_ticks) == ("Coda", 3 * BAR, 6 * BAR)
    assert delete_section(project, section_id).project == small_song


def test_impossible_sections_are_refused(small_song):
    with pytest.raises(UserInputError, match="needs a name"):
        add_section(small_song, "", 0, BAR)
    with pytest.raises(UserInputError, match="length"):
        add_section(small_song, "x", 0, 0)
    with pytest.raises(UserInputError, match="Nothing would be left"):
        resize_section(small_song, "verse", start_ticks=BAR)
    with pytest.raises(UserInputError, match="no longer in the song"):
        delete_section(small_song, "gone")


def test_a_duplicated_section_brings_its_clips_and_chords(small_song):
    edit, section_id = duplicate_section(small_song, "verse")

    after = edit.project
    assert [(each.name, each.start_ticks) for each in after.sections] == [
        ("Verse", 0),
        ("Verse", BAR),
        ("Chorus", 2 * BAR),
    ]
    assert after.sections[1].id == section_id
    assert [clip.start_ticks for clip in after.track("keys").clips] == [0, BAR, 2 * BAR]
    assert [(chord.tick, chord.symbol) for chord in after.chords] == [(0, "C"), (BAR, "C"), (2 * BAR, "Am")]
    heard = [note for clip in after.track("bass").clips for note in clip.sounding_notes()]
    assert [note.start_ticks for note in heard] == [0, 1920, BAR, BAR + 1920]
    assert edit.label == "Duplicate Verse"


def test_a_chord_that_reaches_out_of_a_section_is_cut_at_its_copy(small_song):
    project = resize_section(small_song, "verse", end_ticks=2880).project

    after = duplicate_section(project, "verse")[0].project

    assert [(chord.tick, chord.length_ticks) for chord in after.chords] == [
        (0, 2880),
        (2880, 2880),
        (2 * 2880, 960),
        (BAR + 2880, BAR),
    ]


def test_a_duplicated_section_plays_its_automation_again(small_song):
    curve = Automation("c", "pan", (AutomationPoint(0, -1.0), AutomationPoint(2 * BAR, 1.0)))
    project = small_song.with_track(small_song.track("bass").with_automation(curve))

    after = duplicate_section(project, "verse")[0].project

    (copied,) = after.track("bass").automation
    ticks = (0, BAR // 2, BAR - 1, BAR, BAR + BAR // 2, 2 * BAR, 3 * BAR)
    assert [copied.value_at(tick) for tick in ticks] == pytest.approx(
        [-1.0, -0.5, 0.0, -1.0, -0.5, 0.0, 1.0], abs=1e-3
    )


def test_a_resting_curve_gets_no_points_from_a_duplicated_section(small_song):
    after = duplicate_section(small_song, "chorus")[0].project

    bright = next(curve for curve in after.track("keys").automation if curve.id == "bright")
    assert {point.value for point in bright.points} == {3.0}


def test_a_section_of_broken_bars_is_not_duplicated_before_a_meter_change(small_song):
    project = set_meter(resize_section(small_song, "verse", end_ticks=960).project, 4, "3/4").project

    with pytest.raises(UserInputError, match="whole bars"):
        duplicate_section(project, "verse")


def test_markers_are_added_named_moved_and_deleted(small_song):
    edit, first = add_marker(small_song, "Drop", BAR)
    edit, second = add_marker(edit.project, "Break", 0)
    project = rename_marker(edit.project, first, "Big drop").project
    project = move_marker(project, second, 2 * BAR).project

    assert [(marker.name, marker.tick) for marker in project.markers] == [
        ("Big drop", BAR),
        ("Break", 2 * BAR),
    ]
    assert delete_marker(delete_marker(project, first).project, second).project == small_song
    with pytest.raises(UserInputError, match="before the song"):
        move_marker(project, first, -1)
    with pytest.raises(UserInputError, match="no longer"):
        rename_marker(small_song, first, "x")


def test_the_loop_is_set_and_switched(small_song):
    edit = set_loop(small_song, BAR, 2 * BAR)
    on = set_loop(edit.project, BAR, 2 * BAR, enabled=True)

    assert edit.project.loop == LoopRange(BAR, 2 * BAR)
    assert on.project.loop == LoopRange(BAR, 2 * BAR, enabled=True)
    assert (edit.label, on.label) == ("Set loop", "Switch loop on")
    with pytest.raises(UserInputError, match="length"):
        set_loop(small_song, BAR, BAR, enabled=True)
    with pytest.raises(UserInputError, match="length"):
        set_loop(small_song, BAR, 0)


def test_the_end_and_the_name_are_set(small_song):
    assert set_end(small_song, 9 * BAR).project.length_ticks == 9 * BAR
    assert set_end(msgspec.structs.replace(small_song, end_ticks=BAR), 0).project.length_ticks == 2 * BAR
    assert rename_project(small_song, " Night ").project.name == "Night"
    with pytest.raises(UserInputError, match="needs a name"):
        rename_project(small_song, "")
