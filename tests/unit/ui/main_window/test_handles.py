"""The handles of the window: hover makes files, the handle tells how far they are."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.unit.ui.main_window._tour import show_panel
from tests.unit.ui.main_window.conftest import settle
from tests.unit.ui.timeline._hands import move

LEFT, NO = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SAID = "The files are being made: drag again when the handle has a check."


def test_the_handle_of_a_header_waits_and_is_ready(opened):
    headers, track = opened.panels.timeline.headers, opened.project.tracks[0]
    place = headers.rect_of(track.id, "grip").center()
    opened.hold_jobs()

    move(headers, place, buttons=NO)
    busy = headers.cursor().shape(), headers.picture().handles[track.id]
    opened.do_jobs()

    assert busy == (Qt.CursorShape.BusyCursor, "busy")
    assert headers.picture().handles[track.id] == "ready"
    assert headers.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_a_drag_too_early_says_one_sentence(opened):
    headers, track = opened.panels.timeline.headers, opened.project.tracks[0]
    place = headers.rect_of(track.id, "grip").center()
    opened.hold_jobs()
    move(headers, place, buttons=NO)
    before = len(opened.said)

    QTest.mousePress(headers, LEFT, Qt.KeyboardModifier.NoModifier, place)
    move(headers, place + QPoint(40, 0))
    QTest.mouseRelease(headers, LEFT, Qt.KeyboardModifier.NoModifier, place + QPoint(40, 0))

    assert opened.said[before:] == [SAID]


def test_the_grip_of_a_clip_and_the_handle_of_the_inspector_tell_the_same(opened):
    clip = opened.project.tracks[0].clips[0]
    inspector, canvas = show_panel(opened, "inspector").panel, opened.panels.timeline.canvas
    opened.bridges.selection.select_clips((clip.id,))
    opened.hold_jobs()
    box = canvas.rect_of(clip.id)

    move(canvas, QPoint(box.right() - 12, box.bottom() - 10), buttons=NO)
    settle()
    busy = inspector.clip.handle.state, canvas.model.hover.handle
    opened.do_jobs()

    assert busy == ("busy", "busy")
    assert (inspector.clip.handle.state, canvas.model.hover.handle) == ("ready", "ready")


def test_the_handle_of_a_take_is_ready_when_its_files_are(opened):
    opened.panels.show("compose")
    (newest, *_) = opened.compose(count=1)
    takes = opened.panels.prompt.findChild(type(opened.panels.prompt.takes)).list
    settle()
    place = takes.rect_of(newest.id, "grip").center()

    move(takes.viewport(), place, buttons=NO)
    settle()

    assert takes.state_of_rows.handle_of(newest.id) == "ready"
