"""Paints lanes, key, chords and grid lines."""

from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from musicgen_desktop.music import BLACK_KEYS
from musicgen_desktop.ui.theme import blend, colour, tokens

from ._backdrop import Backdrop

_OUTSIDE_KEY = 0.55
_CHORD = 0.075
_OUTSIDE_CLIP = 0.6


def paint_backdrop(painter: QPainter, picture: Backdrop, stripe: QRect) -> None:
    """Everything behind the notes, inside a stripe of the grid."""
    heard = _paint_outside(painter, picture, stripe)
    if not heard.isEmpty():
        _paint_lanes(painter, picture, heard)
        _paint_chords(painter, picture, heard)
    paint_lines(painter, picture, stripe.top(), stripe.bottom())
    _paint_ends(painter, picture, stripe)


def paint_lines(painter: QPainter, picture: Backdrop, top: int, bottom: int) -> None:
    """Steps, beats and bars between two heights."""
    worn, geometry = tokens(), picture.geometry
    bars = [tick for tick, _bar in picture.bars]
    for ticks, tint in (
        (picture.steps, colour(worn.line_faint)),
        (picture.beats, colour(worn.line)),
        (bars, colour(worn.line_strong)),
    ):
        xs = [int(geometry.x_of(tick)) for tick in ticks]
        painter.setPen(QPen(tint, 1))
        painter.drawLines([QLine(x, top, x, bottom) for x in xs])


def _paint_lanes(painter: QPainter, picture: Backdrop, stripe: QRect) -> None:
    worn, geometry = tokens(), picture.geometry
    white, black, ground = colour(worn.key_white), colour(worn.key_black), colour(worn.sunken)
    rows = _rows_in(picture, stripe)
    height = geometry.row_px
    painter.fillRect(stripe, white)
    below = int(geometry.y_of_row(len(geometry.rows)))
    if below <= stripe.bottom():
        painter.fillRect(QRect(stripe.left(), below, stripe.width(), stripe.bottom() - below + 1), ground)
    if geometry.rows.is_drum_map:
        dark = [row for row in rows if row % 2]
    else:
        dark = [row for row in rows if geometry.rows.pitches[row] % 12 in BLACK_KEYS]
    _fill(
        painter,
        [QRect(stripe.left(), int(geometry.y_of_row(row)), stripe.width(), height) for row in dark],
        black,
    )
    if not geometry.rows.is_drum_map:
        shade = colour(worn.sunken, _OUTSIDE_KEY)
        for span in picture.keys:
            left, right = _xs(picture, span.start, span.end, stripe)
            scale = frozenset(span.key.pitch_classes)
            _fill(
                painter,
                [
                    QRect(left, int(geometry.y_of_row(row)), right - left, height)
                    for row in rows
                    if geometry.rows.pitches[row] % 12 not in scale
                ],
                shade,
            )
    # A line above every C and between drums, to count by.
    edges = [
        int(geometry.y_of_row(row + 1)) - 1
        for row in rows
        if geometry.rows.is_drum_map or geometry.rows.pitches[row] % 12 == 0
    ]
    painter.setPen(QPen(colour(worn.line_faint if geometry.rows.is_drum_map else worn.line), 1))
    painter.drawLines([QLine(stripe.left(), y, stripe.right(), y) for y in edges])


def _paint_chords(painter: QPainter, picture: Backdrop, stripe: QRect) -> None:
    geometry = picture.geometry
    if geometry.rows.is_drum_map:
        return
    rows = _rows_in(picture, stripe)
    boxes: list[QRect] = []
    for span in picture.chords:
        left, right = _xs(picture, span.start, span.end, stripe)
        boxes += (
            QRect(left, int(geometry.y_of_row(row)), right - left - 1, geometry.row_px - 1)
            for row in rows
            if geometry.rows.pitches[row] % 12 in span.pitch_classes
        )
    _fill(painter, boxes, colour(tokens().accent, _CHORD))


def _paint_outside(painter: QPainter, picture: Backdrop, stripe: QRect) -> QRect:
    """What is not heard of the clip lies in the shade; returns the rest of the stripe.

    Plain grounds: a shade that shines through costs more than all else in the grid.
    """
    worn, geometry = tokens(), picture.geometry
    start, end = (int(geometry.x_of(tick)) for tick in picture.clip)
    heard = stripe.intersected(QRect(start, stripe.top(), max(0, end - start), stripe.height()))
    shade = blend(worn.sunken, worn.key_white, _OUTSIDE_CLIP)
    if heard.isEmpty():
        painter.fillRect(stripe, shade)
        return heard
    before, after = heard.left() - stripe.left(), stripe.right() - heard.right()
    if before > 0:
        painter.fillRect(QRect(stripe.left(), stripe.top(), before, stripe.height()), shade)
    if after > 0:
        painter.fillRect(QRect(heard.right() + 1, stripe.top(), after, stripe.height()), shade)
    return heard


def _paint_ends(painter: QPainter, picture: Backdrop, stripe: QRect) -> None:
    """Where the clip begins and ends, and where its loop does."""
    worn, geometry = tokens(), picture.geometry
    start, end = (int(geometry.x_of(tick)) for tick in picture.clip)
    painter.setPen(QPen(blend(worn.text_soft, worn.ground, 0.55), 1))
    painter.drawLines([QLine(x, stripe.top(), x, stripe.bottom()) for x in (start, end)])
    if picture.loop is not None:
        painter.setPen(QPen(colour(worn.accent, 0.5), 1))
        xs = [int(geometry.x_of(tick)) for tick in picture.loop]
        painter.drawLines([QLine(x, stripe.top(), x, stripe.bottom()) for x in xs])


def _rows_in(picture: Backdrop, stripe: QRect) -> range:
    return range(picture.geometry.row_at(stripe.top()), picture.geometry.row_at(stripe.bottom()) + 1)


def _xs(picture: Backdrop, start: float, end: float, stripe: QRect) -> tuple[int, int]:
    left = max(picture.geometry.x_of(start), stripe.left())
    right = min(picture.geometry.x_of(end), stripe.right() + 1)
    return int(left), int(right)


def _fill(painter: QPainter, boxes: list[QRect], tint: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRects(boxes)
