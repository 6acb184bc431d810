from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.unit.ui.timeline._hands import LEFT, NONE

from .conftest import BAR


def carried(*names):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/music/{name}") for name in names])
    return data


def hold(stage, data, place):
    """Come in and stay over a place; whether the files are welcome."""
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(stage.canvas, enter)
    move = QDragMoveEvent(place, Qt.DropAction.CopyAction, data, LEFT, NONE)
    if enter.isAccepted():
        QApplication.sendEvent(stage.canvas, move)
    return enter.isAccepted()


def let_go(stage, data, place):
    QApplication.sendEvent(
        stage.canvas, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, NONE)
    )


def test_files_lie_at_the_bar_and_track_where_they_are_dropped(qtbot, stage):
    data = carried("loop.wav", "notes.txt", "riff.MID", "song.dawproject")
    place = stage.at(4 * BAR + 60, "pad")
    hold(stage, data, place)

    with qtbot.waitSignal(stage.panel.files_dropped) as dropped:
        let_go(stage, data, place)

    paths = [Path("/music") / name for name in ("loop.wav", "riff.MID", "song.dawproject")]
    assert dropped.args == [paths, 4 * BAR, "pad"]


def test_files_that_a_file_manager_would_move_stay_where_they_are(stage):
    both, data = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, carried("loop.wav")
    place = stage.at(0, "pad")
    hold(stage, data, place)
    drop = QDropEvent(QPointF(place), both, data, LEFT, NONE)
    drop.setDropAction(Qt.DropAction.MoveAction)

    QApplication.sendEvent(stage.canvas, drop)

    assert drop.isAccepted()
    assert drop.dropAction() == Qt.DropAction.CopyAction


def test_below_the_tracks_files_want_a_new_track(qtbot, stage):
    data, place = carried("loop.flac"), QPoint(round(2 * BAR * 0.05), stage.canvas.height() - 10)
    hold(stage, data, place)

    with qtbot.waitSignal(stage.panel.files_dropped) as dropped:
        let_go(stage, data, place)

    assert dropped.args[1:] == [2 * BAR, None]


def test_the_bar_is_shown_while_files_are_held_over_the_canvas(stage):
    data = carried("loop.wav")

    assert hold(stage, data, stage.at(4 * BAR + 60, "spare"))

    ghost = stage.canvas.picture().drop
    assert (ghost.tick, ghost.track_id) == (4 * BAR, "spare")
    assert ghost.text.startswith("5.1.0  Spare")
    QApplication.sendEvent(stage.canvas, QDragLeaveEvent())
    assert stage.canvas.picture().drop is None


def test_other_files_are_not_welcome(stage):
    assert not hold(stage, carried("letter.pdf"), QPoint(50, 50))
