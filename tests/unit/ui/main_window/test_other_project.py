"""Another project takes the place of the one that a hand was busy with: nothing old is asked for."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from musicgen_desktop.ui.mixer._parts import FADER
from tests.unit.ui.main_window._keys import press, type_in
from tests.unit.ui.main_window._tour import show_panel
from tests.unit.ui.main_window.conftest import settle
from tests.unit.ui.timeline._hands import move

LEFT = Qt.MouseButton.LeftButton


def places(opened):
    """Views, and a place in each where a drag begins."""
    project, timeline = opened.project, opened.panels.timeline
    track, clip = project.tracks[0], project.tracks[0].clips[0]
    opened.bridges.selection.edit_clip(clip.id)
    settle()
    mixer, roll = opened.panels.mixer.view, opened.panels.piano_roll
    note = roll.model.arrays.notes[0]
    return {
        "canvas": (timeline.canvas, timeline.canvas.rect_of(clip.id).center()),
        "headers": (timeline.headers, timeline.headers.rect_of(track.id, "gain").center()),
        "order": (timeline.headers, timeline.headers.rect_of(track.id, "name").center()),
        "fader": (mixer.viewport(), mixer.rect_of(track.id, FADER).center()),
        "notes": (roll.notes, roll.notes.rect_of(note).center()),
    }


@pytest.mark.parametrize("name", ["canvas", "headers", "order", "fader", "notes"])
def test_a_drag_that_outlives_its_project_moves_nothing(opened, name):
    show_panel(opened, {"fader": "mixer", "notes": "piano_roll"}.get(name, "timeline"))
    view, start = places(opened)[name]
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    move(view, start + QPoint(12, 12))

    opened.window.new()
    flush()
    move(view, start + QPoint(30, 20))
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(30, 20))
    settle()

    assert opened.project.tracks == ()
    assert opened.store.undo_label is None


@pytest.mark.parametrize(("panel", "key"), [("mixer", "3"), ("mixer", "F2"), ("timeline", "F2")])
def test_a_field_that_outlives_its_project_renames_nothing(opened, panel, key):
    show_panel(opened, panel)
    view = opened.panels.mixer.view if panel == "mixer" else opened.panels.timeline.canvas
    view.setFocus()
    press("Right") if panel == "mixer" else press("Tab")
    press(key)
    type_in("Solo")
    assert QApplication.focusWidget() is not view

    opened.window.new()
    flush()

    assert opened.project.tracks == ()
    assert opened.store.undo_label is None


def test_levels_of_the_old_project_that_come_late_are_passed_over(opened):
    mixer = show_panel(opened, "mixer").view
    levels = {track.id: (0.5, 0.5, 0.3, 0.3) for track in opened.project.all_tracks}
    mixer.show_levels(levels, 1.0)

    opened.window.new()
    mixer.show_levels(levels, 1.1)
    opened.panels.mixer.grab()

    (master,) = opened.project.all_tracks
    assert mixer.meter(master.id).peaks[0] > 0


def test_lanes_of_the_old_project_are_told_nothing(opened):
    timeline = opened.panels.timeline
    old = [track.id for track in opened.project.tracks]
    for track_id in old:
        timeline.state.open_lane(track_id, "pan")
    models = [timeline.automation.lane(track_id, "pan").model for track_id in old]

    opened.window.new()
    flush()
    press("Ctrl+T", "Ctrl+Z")

    assert all(timeline.automation.lane(track_id, "pan") is None for track_id in old)
    assert len(models) == len(old)


def flush():
    """What was to be deleted is gone."""
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
