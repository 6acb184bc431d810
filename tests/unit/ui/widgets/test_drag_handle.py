"""The handle says what it carries, and looks as far as its files are."""

import pytest
from PySide6.QtCore import QPoint, Qt

from musicgen_desktop.ui.widgets import DragHandle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def handle(_dressed, qtbot):
    made = DragHandle("Drag the mix into your DAW", lambda _held: ())
    qtbot.addWidget(made)
    made.show()
    return made


def looks(handle):
    return handle.icon().pixmap(14, 14).toImage()


def test_it_says_what_it_carries_and_with_which_keys(handle):
    assert handle.toolTip() == (
        "Drag the mix into your DAW: a WAV file; with Ctrl a MIDI file, with Ctrl+Shift both"
    )
    assert handle.accessibleName() == "Drag the mix into your DAW"

    handle.show_state("rest", has_notes=False)

    assert handle.toolTip() == "Drag the mix into your DAW: a WAV file"


def test_it_is_busy_then_ready(handle):
    rest = looks(handle)

    handle.show_state("busy")
    busy, shape, tip = looks(handle), handle.cursor().shape(), handle.toolTip()
    handle.show_state("ready")

    assert shape == Qt.CursorShape.BusyCursor
    assert tip.endswith("being made…")
    assert handle.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert handle.toolTip().endswith("– ready")
    assert rest != busy != looks(handle) != rest


def test_a_drag_without_files_carries_nothing(qtbot, handle, monkeypatch):
    carried = []
    monkeypatch.setattr(
        "musicgen_desktop.ui.widgets._drag_handle.carry_files", lambda *given: carried.append(given)
    )

    qtbot.mousePress(handle, LEFT, pos=QPoint(4, 4))
    qtbot.mouseMove(handle, QPoint(60, 4))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(60, 4))

    assert carried == []
