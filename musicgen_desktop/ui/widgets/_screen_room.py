"""Where on the screen there is room."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication


def screen_room(place: QPoint) -> QRect:
    """What windows may fill of the screen that a place lies on, of the first one when it lies on none.

    Not by the widget's `screen()`: PySide keeps what that returns, which goes when a screen is unplugged.
    """
    screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
