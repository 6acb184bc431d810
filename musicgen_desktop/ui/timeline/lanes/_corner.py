"""The corner left of the lanes: their names, and the menu of those that are shown."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import IconButton

from ._geometry import LanesGeometry
from ._menu import add_lane_choices
from ._texts import lane_name

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LanesCorner(QWidget):
    """As high as `LanesView` and as wide as the headers."""

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Names of the lanes"))
        self.button = IconButton("menu", self.tr("Choose which lanes are shown"), self)
        self.button.move(4, 1)
        self.button.setFixedSize(24, 20)
        self.button.clicked.connect(self._open)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        state.song_lanes_changed.connect(self._fit)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A name beside each lane."""
        worn, painter = tokens(), QPainter(self)
        painter.fillRect(self.rect(), colour(worn.raised))
        geometry = self._geometry()
        painter.setFont(font(Sizes.TINY, 500))
        for lane in geometry.lanes:
            painter.setPen(colour(worn.text_faint))
            name = QRect(32, lane.top, self.width() - 40, lane.height - 1)
            painter.drawText(name, _RIGHT, lane_name(lane.name))
            painter.setPen(colour(worn.line))
            painter.drawLine(0, lane.bottom - 1, self.width(), lane.bottom - 1)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _geometry(self) -> LanesGeometry:
        return LanesGeometry.of(
            self._state.geometry, self._state.song_lanes, self.width(), self._bridges.project.project
        )

    def _fill(self) -> None:
        self.menu.clear()
        add_lane_choices(self.menu, self._state)

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _fit(self) -> None:
        self.setFixedHeight(self._geometry().height)
        self.update()
