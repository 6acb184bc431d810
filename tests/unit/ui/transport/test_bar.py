from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.ui.main_window._actions import add_transport_actions
from musicgen_desktop.ui.transport import TransportBar
from musicgen_desktop.ui.transport._tap import TapTempo


@pytest.fixture
def bar(qtbot, bridges):
    add_transport_actions(bridges, lambda: None)
    made = TransportBar(bridges)
    qtbot.addWidget(made)
    made.resize(1280, 48)
    made.show()
    return made


def wheel(widget, turn, modifiers=Qt.KeyboardModifier.NoModifier):
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(widget, event)


def test_a_typed_tempo_changes_the_song_and_is_undone(qtbot, bar, bridges):
    before = bridges.project.project

    qtbot.mouseClick(bar.tempo, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(bar.tempo, "120,5")
    qtbot.keyClick(bar.tempo, Qt.Key.Key_Return)

    assert bridges.project.project.tempo_map.bpm_at(0) == 120.5
    assert bar.tempo.text() == "120.50 BPM"
    bridges.project.undo()
    assert bridges.project.project is before
    assert bar.tempo.text() == "82.00 BPM"


def test_a_tempo_that_cannot_be_is_told_and_changes_nothing(qtbot, bar, bridges):
    before = bridges.project.project

    with qtbot.waitSignal(bridges.status.said) as said:
        qtbot.mouseClick(bar.tempo, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(bar.tempo, "fast")
        qtbot.keyClick(bar.tempo, Qt.Key.Key_Return)

    assert "number" in said.args[0]
    assert bridges.project.project is before


def test_steps_of_the_wheel_are_one_step_of_the_history(bar, bridges):
    before = bridges.project.project

    wheel(bar.tempo, 120)
    wheel(bar.tempo, 120)
    wheel(bar.tempo, -120, Qt.KeyboardModifier.ShiftModifier)

    assert bridges.project.project.tempo_map.bpm_at(0) == pytest.approx(83.9)
    bridges.project.undo()
    assert bridges.project.project is before


def test_escape_takes_back_what_was_typed(qtbot, bar):
    qtbot.mouseClick(bar.meter, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(bar.meter, "7/8")
    qtbot.keyClick(bar.meter, Qt.Key.Key_Escape)

    assert bar.meter.text() == "4/4"


def test_meter_and_key_change_from_the_bar_of_the_play_head(qtbot, bar, bridges):
    bridges.player.locate(bridges.project.project.meter_map.tick_of_bar(3))

    for field, text in ((bar.meter, "7/8"), (bar.key, "A minor")):
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    project = bridges.project.project
    assert str(project.meter_map.meter_of_bar(2)) == "4/4"
    assert str(project.meter_map.meter_of_bar(3)) == "7/8"
    assert project.keys[-1].key == "A minor"


def test_a_typed_place_moves_the_play_head(qtbot, bar, bridges):
    qtbot.mouseClick(bar.place, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(bar.place, "3.2")
    qtbot.keyClick(bar.place, Qt.Key.Key_Return)

    assert bridges.player.tick == bridges.project.project.meter_map.tick_of_bar(3) + 960
    assert bar.place.text() == "3.2.0"


@pytest.mark.usefixtures("bar")
def test_the_loop_button_loops_the_song_first_and_the_span_when_one_is_chosen(bridges):
    bridges.actions["transport.loop"].trigger()
    song = bridges.project.project.loop
    bridges.actions["transport.loop"].trigger()
    bridges.selection.select_span(3840, 7680)
    bridges.actions["transport.loop"].trigger()

    assert (song.start_ticks, song.enabled) == (0, True)
    loop = bridges.project.project.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (3840, 7680, True)


def test_taps_half_a_second_apart_are_120_bpm_and_a_pause_begins_anew():
    taps = TapTempo()

    answers = [taps.tap(at) for at in (0.0, 0.5, 1.0, 1.5)]
    later = taps.tap(9.0)

    assert answers == [None, 120.0, 120.0, 120.0]
    assert later is None


@pytest.mark.parametrize(
    ("width", "gone"),
    [
        (1280, []),
        (1200, ["load"]),
        (1150, ["load", "tap"]),
        (1100, ["load", "tap", "clock"]),
        (900, ["load", "tap", "clock", "level"]),
        (800, ["load", "tap", "clock", "level"]),
    ],
)
def test_in_a_narrow_window_parts_go_before_they_overlap(bar, width, gone):
    bar.resize(width, 48)
    QApplication.processEvents()

    parts = {
        name: getattr(bar, name)
        for name in ("load", "tap", "clock", "level", "place", "tempo", "sync", "device")
    }
    assert [name for name, part in parts.items() if not part.isVisible()] == gone
    shown = sorted(
        (part.geometry() for part in parts.values() if part.isVisible()), key=lambda box: box.left()
    )
    assert all(left.right() < right.left() for left, right in pairwise(shown))
