"""Strokes that the parts of a strip share: text, small knobs, rounded grounds."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from musicgen_desktop.ui.theme import Sizes, colour, tokens

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_SWEEP = 270.0


def ground(painter: QPainter, rect: QRect, fill: QColor, radius: float = 3.0) -> None:
    """A rounded rectangle without a border."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def border(painter: QPainter, rect: QRect, tint: QColor, width: float = 1.0, radius: float = 3.0) -> None:
    """The border of a rounded rectangle, inside it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tint, width))
    half = width / 2.0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def words(
    painter: QPainter,
    rect: QRect,
    text: str,
    face: QFont,
    tint: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """A line of text that ends with an ellipsis where it is too long."""
    painter.setFont(face)
    painter.setPen(tint)
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)


def small_knob(
    painter: QPainter, box: QRectF, share: float, zero: float, tint: QColor, *, pointer: bool = True
) -> None:
    """An arc from `zero` to `share` (0 is the left end, 1 the right one), and a pointer."""
    worn = tokens()
    begin = 90.0 + _SWEEP / 2.0
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_round_pen(colour(worn.line_strong), 2.0))
    painter.drawArc(inner, round(begin * 16), round(-_SWEEP * 16))
    painter.setPen(_round_pen(tint, 2.0))
    painter.drawArc(inner, round((begin - zero * _SWEEP) * 16), round((zero - share) * _SWEEP * 16))
    if pointer:
        angle = math.radians(begin - share * _SWEEP)
        middle, radius = inner.center(), inner.width() / 2.0
        way = QPointF(math.cos(angle), -math.sin(angle))
        painter.setPen(_round_pen(colour(worn.text), 1.6))
        painter.drawLine(middle + way * radius * 0.15, middle + way * radius * 0.7)


def focus_ring(painter: QPainter, rect: QRect) -> None:
    """Where the keyboard is."""
    border(painter, rect, colour(tokens().accent), Sizes.FOCUS, 4.0)


def _round_pen(tint: QColor, width: float) -> QPen:
    return QPen(tint, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
