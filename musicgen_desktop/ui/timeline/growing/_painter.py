"""A growing take, painted: the frame of the whole, and in it what there is."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from musicgen_desktop.ui.theme import Sizes, blend, colour, font, icon, tokens

from ._geometry import BAND_PX, BUTTON_PX, ROW_PX, GhostBox

BETWEEN = " · "
_MARGIN = 6


class GhostPicture(msgspec.Struct, frozen=True, eq=False):
    """One take.

    Attributes:
        box: where it lies.
        tint: of its track, “#rrggbb”.
        name: of the take.
        said: how far it is, in a few words with `BETWEEN` them, the most important first.
        outline: [bins, 2] of what there is.
        is_whole: it will not grow any more.
        sounds: it is auditioned now.
        hot: the button under the mouse is its own.
    """

    box: GhostBox
    tint: str
    name: str
    said: str
    outline: NDArray[np.float32]
    is_whole: bool = False
    sounds: bool = False
    hot: bool = False


def button_of(box: GhostBox, width: int) -> QRect:
    """The button of a take: it stops the work, or closes a whole one. It stays inside the canvas."""
    right = min(int(box.right), width) - 3
    return QRect(right - BUTTON_PX, box.top, BUTTON_PX, BAND_PX)


def paint_ghost(painter: QPainter, shown: GhostPicture, width: int) -> None:
    """A take.

    Args:
        painter: in pixels of the canvas.
        shown: the take.
        width: of the canvas.
    """
    worn, box = tokens(), shown.box
    left, right = max(box.left, -4.0), min(box.right, width + 4.0)
    if right <= left:
        return
    ground = QRectF(left, box.top, right - left, ROW_PX)
    # The room that a name needs is no part of a short take.
    frame = QRectF(left, box.top, max(2.0, min(box.whole, right) - left), ROW_PX)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.ground, 0.94))
    painter.drawRoundedRect(ground, Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
    strength = 1.0 if shown.is_whole else 0.6
    painter.setBrush(blend(shown.tint, worn.sunken, worn.clip_fill * strength))
    made = QRectF(left, box.top, min(box.made, right) - left, ROW_PX)
    if made.width() > 0.0:
        painter.drawRoundedRect(made, Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    _paint_outline(painter, shown, left, made.right())
    line = Qt.PenStyle.SolidLine if shown.is_whole else Qt.PenStyle.DashLine
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.accent if shown.sounds else shown.tint), 1.0, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if not shown.is_whole and made.width() > 0.0:
        # Where it grows.
        painter.fillRect(QRectF(made.right() - 1.0, box.top + 1.0, 2.0, ROW_PX - 2.0), colour(worn.accent))
    _paint_words(painter, shown, left, width)


def _paint_words(painter: QPainter, shown: GhostPicture, left: float, width: int) -> None:
    worn, box = tokens(), shown.box
    button = button_of(box, width)
    x = round(max(left, 0.0)) + _MARGIN
    if shown.sounds:
        icon("play", worn.accent).paint(painter, QRect(x - 2, box.top + 3, 12, 12))
        x += 14
    room = button.left() - 4 - x
    painter.setFont(font(Sizes.TINY, 600))
    name = painter.fontMetrics().elidedText(shown.name, Qt.TextElideMode.ElideRight, max(0, room * 2 // 5))
    painter.setPen(colour(worn.text))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(x, box.top, room, BAND_PX), flags, name)
    used = painter.fontMetrics().horizontalAdvance(name) + 8
    painter.setFont(font(Sizes.TINY, tabular=True))
    painter.setPen(colour(worn.text_soft))
    metrics, left_over = painter.fontMetrics(), max(0, room - used)
    parts = shown.said.split(BETWEEN)
    while len(parts) > 1 and metrics.horizontalAdvance(BETWEEN.join(parts)) > left_over:
        parts.pop()  # half a sentence says less than none
    said = metrics.elidedText(BETWEEN.join(parts), Qt.TextElideMode.ElideRight, left_over)
    painter.drawText(QRect(x + used, box.top, left_over, BAND_PX), flags, said)
    tint = worn.accent if shown.hot else worn.text_soft
    inner = QRect(0, 0, 12, 12)
    inner.moveCenter(button.center())
    icon("close" if shown.is_whole else "stop", tint).paint(painter, inner)


def _paint_outline(painter: QPainter, shown: GhostPicture, left: float, right: float) -> None:
    """A line for each pixel column of what there is."""
    box, bins = shown.box, len(shown.outline)
    span = box.made - box.left
    first, after = round(max(left, box.left, 0.0)), round(right)
    if not bins or span <= 0.0 or after <= first:
        return
    edges = (np.arange(first, after + 1) - box.left) * bins / span
    begin = np.clip(np.floor(edges[:-1]).astype(np.int64), 0, bins - 1)
    end = np.clip(np.ceil(edges[1:]).astype(np.int64), begin + 1, bins)
    cuts = np.stack([begin, end], axis=1).reshape(-1)
    # What lies between two pairs is computed and thrown away; one more bin lets the last pair end.
    padded = np.concatenate([shown.outline, shown.outline[-1:]])
    low = np.minimum.reduceat(padded[:, 0], cuts)[::2]
    high = np.maximum.reduceat(padded[:, 1], cuts)[::2]
    middle = box.top + BAND_PX + (ROW_PX - BAND_PX) / 2.0
    half = (ROW_PX - BAND_PX) / 2.0 - 3.0
    above = middle - np.clip(high, -1.0, 1.0) * half - 0.5
    below = middle - np.clip(low, -1.0, 1.0) * half + 0.5
    worn = tokens()
    tint = shown.tint if worn.name == "dark" else blend(shown.tint, worn.text, 0.7).name()
    painter.setPen(QPen(colour(tint, 1.0 if shown.is_whole else 0.8), 1.0))
    painter.drawLines(
        [
            QLineF(x, top, x, bottom)
            for x, top, bottom in zip(range(first, after), above.tolist(), below.tolist(), strict=True)
        ]
    )
