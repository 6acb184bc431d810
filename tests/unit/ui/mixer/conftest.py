"""The mixer over a song, and a hand for it."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import Project, Track
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.mixer import MixerPanel
from musicgen_desktop.ui.mixer._parts import Part


class Hand:
    """Mouse, wheel and keys on the parts of strips, and what they made of the project."""

    def __init__(self, qtbot, bridges: Bridges, panel: MixerPanel) -> None:
        self.qtbot = qtbot
        self.bridges = bridges
        self.panel = panel
        self.view = panel.view

    @property
    def project(self) -> Project:
        return self.bridges.project.project

    def track(self, role: str) -> Track:
        """The track of a role, or the master."""
        return self.project.master if role == "master" else self.project.track_of(role)

    def place(self, role: str, part: Part) -> QPoint:
        return self.view.rect_of(self.track(role).id, part).center()

    def click(self, role, part, modifier=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton):
        self.qtbot.mouseClick(self.view.viewport(), button, modifier, self.place(role, part))

    def double_click(self, role, part):
        self.qtbot.mouseDClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.place(role, part))

    def press(self, role, part):
        self.qtbot.mousePress(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.place(role, part))
        return self.place(role, part)

    def move(self, place, modifier=Qt.KeyboardModifier.NoModifier):
        viewport, left = self.view.viewport(), Qt.MouseButton.LeftButton
        at, on_screen = QPointF(place), QPointF(viewport.mapToGlobal(place))
        event = QMouseEvent(QEvent.Type.MouseMove, at, on_screen, Qt.MouseButton.NoButton, left, modifier)
        QApplication.sendEvent(viewport, event)

    def release(self, place):
        self.qtbot.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def drag(self, role, part, by: QPoint):
        start = self.press(role, part)
        for share in (0.3, 0.6, 1.0):
            self.move(start + QPoint(round(by.x() * share), round(by.y() * share)))
        self.release(start + by)

    def wheel(self, role, part, notches, modifier=Qt.KeyboardModifier.NoModifier):
        place = QPointF(self.place(role, part))
        viewport = self.view.viewport()
        event = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's signature: not inverted
        )
        QApplication.sendEvent(viewport, event)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.view, key, modifier)

    def type(self, text):
        """Into the field that is open."""
        field = self.view.field
        assert field.isVisible()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def undo(self):
        self.bridges.project.undo()

    def redo(self):
        self.bridges.project.redo()


@pytest.fixture
def hand(qtbot, bridges) -> Hand:
    panel = MixerPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(1400, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.view.setFocus()
    return Hand(qtbot, bridges, panel)
