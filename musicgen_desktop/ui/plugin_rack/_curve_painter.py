"""The pictures of curves: an equalizer's response and a compressor's transfer."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from musicgen_desktop.ui.theme import TRACK_COLOURS, blend, colour, font, tokens

from ._plot import GRID_HZ, Plot

_GRID_DB = (-12, -6, 6, 12)


class BandPicture(msgspec.Struct, frozen=True):
    """A handle: its number, its middle, whether its band does anything, and how it is touched."""

    number: str
    x: float
    y: float
    is_on: bool
    is_hot: bool
    has_focus: bool


class EqualizerPicture(msgspec.Struct, frozen=True):
    """The curve as points from left to right, and its handles."""

    plot: Plot
    points: tuple[tuple[float, float], ...]
    bands: tuple[BandPicture, ...]
    bypassed: bool


class TransferPicture(msgspec.Struct, frozen=True):
    """The curve, and where the threshold lies, in pixels; `box` is the square around them."""

    box: tuple[float, float, float, float]
    points: tuple[tuple[float, float], ...]
    threshold: tuple[float, float]
    bypassed: bool
    is_hot: bool
    has_focus: bool


def paint_equalizer(painter: QPainter, rect: QRectF, picture: EqualizerPicture) -> None:
    """Grid, filled curve, handles."""
    worn, plot = tokens(), picture.plot
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, rect)
    for hz in GRID_HZ:
        x = round(plot.x_of(hz))
        painter.fillRect(QRectF(x, plot.top, 1, plot.height), colour(worn.line, 0.8))
        text = f"{hz // 1000}k" if hz >= 1000 else str(hz)
        _label(painter, QRectF(x - 20, plot.top + plot.height + 2, 40, 13), text)
    for level in _GRID_DB:
        y = round(plot.y_of(level))
        painter.fillRect(QRectF(plot.left, y, plot.width, 1), colour(worn.line, 0.6))
        sign = "+" if level > 0 else "−"
        _label(
            painter, QRectF(plot.left + 2, y - 13, 30, 13), f"{sign}{abs(level)}", Qt.AlignmentFlag.AlignLeft
        )
    zero = plot.y_of(0.0)
    painter.fillRect(QRectF(plot.left, round(zero), plot.width, 1), colour(worn.line_strong))
    tint = worn.text_faint if picture.bypassed else worn.accent
    painter.save()
    painter.setClipRect(QRectF(plot.left, plot.top, plot.width, plot.height))
    _curve(painter, picture.points, tint, zero)
    painter.restore()
    for number, band in enumerate(picture.bands):
        _handle(painter, band, TRACK_COLOURS[(number * 2) % len(TRACK_COLOURS)])


def paint_transfer(painter: QPainter, rect: QRectF, picture: TransferPicture) -> None:
    """Grid, the straight line of no compression, the curve, the threshold's handle."""
    worn = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, rect)
    left, top, width, height = picture.box
    for share in (0.2, 0.4, 0.6, 0.8):
        painter.fillRect(QRectF(round(left + share * width), top, 1, height), colour(worn.line, 0.8))
        painter.fillRect(QRectF(left, round(top + share * height), width, 1), colour(worn.line, 0.8))
    painter.setPen(QPen(colour(worn.line_strong), 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(left, top + height), QPointF(left + width, top))
    painter.save()
    painter.setClipRect(QRectF(left, top, width, height))
    _curve(painter, picture.points, worn.text_faint if picture.bypassed else worn.accent, top + height)
    x, y = picture.threshold
    painter.setPen(QPen(colour(worn.warn, 0.6), 1.0, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, top), QPointF(x, top + height))
    painter.restore()
    _handle(painter, BandPicture("", x, y, True, picture.is_hot, picture.has_focus), worn.warn)  # noqa: FBT003
    _label(painter, QRectF(left, top + height + 1, width, 13), "−60 … 0 dBFS")


def _ground(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().sunken))
    painter.drawRoundedRect(rect, 6, 6)


def _label(
    painter: QPainter, rect: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter
) -> None:
    painter.setFont(font(10, tabular=True))
    painter.setPen(colour(tokens().text_faint))
    painter.drawText(rect, align, text)


def _curve(painter: QPainter, points: tuple[tuple[float, float], ...], tint: str, base: float) -> None:
    line = QPainterPath(QPointF(*points[0]))
    for x, y in points[1:]:
        line.lineTo(x, y)
    filled = QPainterPath(line)
    filled.lineTo(points[-1][0], base)
    filled.lineTo(points[0][0], base)
    filled.closeSubpath()
    painter.fillPath(filled, colour(tint, 0.16))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(tint), 2.0))
    painter.drawPath(line)


def _handle(painter: QPainter, band: BandPicture, tint: str) -> None:
    worn = tokens()
    radius = 8.0 if band.is_hot else 7.0
    painter.setPen(QPen(colour(tint), 1.5))
    painter.setBrush(colour(tint) if band.is_on else blend(tint, worn.sunken, 0.2))
    middle = QPointF(band.x, band.y)
    painter.drawEllipse(middle, radius, radius)
    if band.number:
        painter.setFont(font(10, 600))
        painter.setPen(colour(worn.sunken if band.is_on else worn.text_soft))
        painter.drawText(QRectF(band.x - 8, band.y - 8, 16, 16), Qt.AlignmentFlag.AlignCenter, band.number)
    if band.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(worn.accent), 2.0))
        painter.drawEllipse(middle, radius + 3.0, radius + 3.0)
