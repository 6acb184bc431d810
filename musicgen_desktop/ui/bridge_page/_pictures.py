"""Small pictures of the ways into a DAW."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.theme import TRACK_COLOURS, Tokens, blend, colour, tokens

Paint = Callable[[QPainter, Tokens], None]
_WIDE, _HIGH = 200.0, 64.0


class Picture(QWidget):
    """Painted in a box of 200 by 64; what it says stands in the words below it."""

    def __init__(self, paint: Paint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paint = paint
        self.setMinimumHeight(round(_HIGH))
        self.setMaximumHeight(round(_HIGH))

    def sizeHint(self) -> QSize:
        """Its own size."""
        return QSize(round(_WIDE), round(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """At the left, as the words are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, tokens())


def paint_drag(painter: QPainter, worn: Tokens) -> None:
    """A clip with a handle goes into another window."""
    _clip(painter, worn, QRectF(0, 18, 70, 28), 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.accent))
    for x in (54, 60):
        for y in (26, 32, 38):
            painter.drawEllipse(QPointF(x, y), 1.4, 1.4)
    _arrow(painter, worn, 80, 32, 112)
    _window(painter, worn, QRectF(122, 4, 78, 56))
    _clip(painter, worn, QRectF(140, 30, 46, 12), 5)


def paint_send(painter: QPainter, worn: Tokens) -> None:
    """The tracks of a song become files, side by side."""
    for row, (tint, width) in enumerate(((0, 70), (2, 56), (4, 70), (7, 42))):
        _clip(painter, worn, QRectF(0, 4 + 14.5 * row, width, 11), tint)
    _arrow(painter, worn, 80, 32, 112)
    for at, tint in enumerate((0, 2, 4, 7)):
        _file(painter, worn, QRectF(122 + 19 * at, 14 + 3 * (at % 2), 16, 34), tint)


def paint_folder(painter: QPainter, worn: Tokens) -> None:
    """A folder with files in it."""
    for at, tint in enumerate((4, 0, 7)):
        _file(painter, worn, QRectF(14 + 22 * at, 6 + 4 * (at % 2), 18, 34), tint)
    path = QPainterPath(QPointF(0, 24))
    for x, y in ((26, 24), (32, 30), (96, 30), (96, 60), (0, 60)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.setPen(QPen(colour(worn.line_strong), 1.5))
    painter.setBrush(colour(worn.hover))
    painter.drawPath(path)


def _clip(painter: QPainter, worn: Tokens, box: QRectF, tint: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend(TRACK_COLOURS[tint], worn.raised, 0.5))
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(colour(TRACK_COLOURS[tint]))
    painter.drawRect(QRectF(box.left() + 1, box.top(), box.width() - 2, 1.5))


def _file(painter: QPainter, worn: Tokens, box: QRectF, tint: int) -> None:
    painter.setPen(QPen(colour(worn.line_strong), 1))
    painter.setBrush(colour(worn.sunken))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(TRACK_COLOURS[tint]))
    for at, high in enumerate((6, 12, 8, 4)):
        x = box.left() + 2.5 + at * (box.width() - 5) / 4.0
        painter.drawRect(QRectF(x, box.center().y() - high / 2.0, 1.8, high))


def _window(painter: QPainter, worn: Tokens, box: QRectF) -> None:
    painter.setPen(QPen(colour(worn.line_strong), 1.5))
    painter.setBrush(colour(worn.sunken))
    painter.drawRoundedRect(box, 4, 4)
    painter.drawLine(QPointF(box.left(), box.top() + 11), QPointF(box.right(), box.top() + 11))
    painter.setPen(QPen(colour(worn.line), 1))
    for row in (1, 2):
        y = box.top() + 11 + row * 15
        painter.drawLine(QPointF(box.left() + 2, y), QPointF(box.right() - 2, y))


def _arrow(painter: QPainter, worn: Tokens, start: float, y: float, end: float) -> None:
    pen = QPen(colour(worn.accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(start, y), QPointF(end, y))
    painter.drawLine(QPointF(end - 6, y - 6), QPointF(end, y))
    painter.drawLine(QPointF(end - 6, y + 6), QPointF(end, y))
