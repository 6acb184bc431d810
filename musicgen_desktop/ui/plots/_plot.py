"""A plot in the theme's colours: what all of them share. It loads pyqtgraph."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

from ._analysis import Floats
from ._axes import LevelAxis, dressed


class Plot(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph publishes no types
    """No zoom, no menu: it shows the whole. The mouse reads values from it.

    Args:
        name: what a screen reader says.
        bottom: the axis below.
        unit: of the axis at the left.
        read: what is written beside the mouse at a place of the plot; empty for nothing.
        clicked: told the x of a click.
    """

    def __init__(
        self,
        name: str,
        bottom: pg.AxisItem,
        *,
        left: pg.AxisItem | None = None,
        unit: str = "",
        read: Callable[[float, float], str] | None = None,
        clicked: Callable[[float], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        worn = tokens()
        left = left or LevelAxis("left")
        super().__init__(
            parent,
            background=colour(worn.raised),
            axisItems={"bottom": dressed(bottom), "left": dressed(left)},
        )
        self.setAccessibleName(name)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self._read, self._clicked = read, clicked
        item = self.getPlotItem()
        item.hideButtons()
        item.layout.setContentsMargins(0, 8, 10, 0)
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        item.showGrid(x=True, y=True, alpha=0.28)
        item.getViewBox().setBackgroundColor(colour(worn.sunken))
        item.getViewBox().setDefaultPadding(0.0)
        left.setWidth(44)
        if unit:
            left.setLabel(unit, **{"color": worn.text_soft, "font-size": f"{Sizes.TINY}px"})
            left.setWidth(56)
        self._cross = pg.InfiniteLine(angle=90, pen=pen(worn.text_faint, style=Qt.PenStyle.DashLine))
        self._cross.setZValue(20)
        self._cross.hide()
        self.addItem(self._cross, ignoreBounds=True)
        self._tip = pg.TextItem(color=colour(worn.text), fill=colour(worn.ground, 0.86), anchor=(0, 0))
        self._tip.setFont(font(Sizes.TINY, tabular=True))
        self._tip.setZValue(30)
        self._tip.hide()
        self.addItem(self._tip, ignoreBounds=True)
        self.play_head: pg.InfiniteLine | None = None
        if clicked is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.play_head = pg.InfiniteLine(angle=90, pen=pen(worn.accent, 1.5))
            self.play_head.setZValue(25)
            self.play_head.hide()
            self.addItem(self.play_head, ignoreBounds=True)

    @property
    def tip(self) -> str:
        """What is written beside the mouse; empty while it is elsewhere."""
        return str(self._tip.toPlainText()) if self._tip.isVisible() else ""

    def place_of(self, x: float, y: float) -> QPointF:
        """Where a value is painted, in pixels of this widget."""
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.mapFromScene(scene))

    def show_play_head(self, x: float, low: float, high: float) -> None:
        """The play head, where it lies inside."""
        if self.play_head is not None:
            self.play_head.setVisible(low <= x <= high)
            self.play_head.setPos(x)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on time."""
        place = self._value_at(event.position())
        if self._clicked is not None and place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._clicked(place.x())
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the value under the mouse."""
        place = self._value_at(event.position())
        text = "" if place is None or self._read is None else self._read(place.x(), place.y())
        self._cross.setVisible(bool(text))
        self._tip.setVisible(bool(text))
        if text and place is not None:
            (left, right), (bottom, top) = self.getPlotItem().viewRange()
            self._cross.setPos(place.x())
            self._tip.setText(text)
            self._tip.setAnchor((1, 0) if place.x() > (left + right) / 2.0 else (0, 0))
            self._tip.setPos(place.x(), top - (top - bottom) * 0.02)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse went elsewhere."""
        self._cross.hide()
        self._tip.hide()
        super().leaveEvent(event)

    def _value_at(self, position: QPointF) -> QPointF | None:
        view = self.getPlotItem().getViewBox()
        scene = self.mapToScene(position.toPoint())
        if not view.sceneBoundingRect().contains(scene):
            return None
        return QPointF(view.mapSceneToView(scene))


def pen(
    code: str, width: float = 1.0, *, alpha: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """A line that keeps its width at every zoom."""
    made = QPen(QColor(colour(code, alpha)), width, style)
    made.setCosmetic(True)
    return made


def drawable(levels: Floats, floor: float) -> Floats:
    """Levels with silence at the floor, so that a line can be drawn."""
    return np.maximum(np.where(np.isfinite(levels), levels, floor), floor)
