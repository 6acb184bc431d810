"""The small label beside the mouse that says where a drag would land."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

_HEIGHT = 20.0


def paint_words(painter: QPainter, text: str, x: float, y: float, room: QSize) -> None:
    """Paint a label right of a place, or left of it where there is no room, inside the view.

    Args:
        painter: of the view.
        text: one line.
        x: of the place, in pixels.
        y: the label's middle.
        room: the view's size.
    """
    worn, used = tokens(), font(Sizes.SMALL, 600, tabular=True)
    width = QFontMetricsF(used).horizontalAdvance(text) + 14.0
    left = x + 8.0 if x + 8.0 + width <= room.width() else x - 8.0 - width
    top = min(max(1.0, y - _HEIGHT / 2.0), room.height() - _HEIGHT - 1.0)
    box = QRectF(max(2.0, left), top, width, _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.accent), 1))
    painter.setBrush(colour(worn.raised))
    painter.drawRoundedRect(box, Sizes.RADIUS, Sizes.RADIUS)
    painter.setFont(used)
    painter.setPen(colour(worn.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
