from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from musicgen_desktop.ui.widgets import screen_room


def test_a_place_beside_all_screens_has_the_room_of_the_first(qapp):  # noqa: ARG001 - screens need it
    room = QGuiApplication.primaryScreen().availableGeometry()

    assert screen_room(room.center()) == room
    assert screen_room(QPoint(-100_000, -100_000)) == room
