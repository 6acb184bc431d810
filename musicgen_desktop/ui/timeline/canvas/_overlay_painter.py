"""What lies over the clips: span, loop, play head, the ghosts and the words of a drag."""

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from musicgen_desktop.ui.theme import Sizes, colour, tokens
from musicgen_desktop.ui.timeline._words import paint_words

from ._clip_shape import shape_of
from ._picture import CanvasPicture

_MOST_GHOSTS = 200


def paint_overlay(painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
    """Everything above the clips."""
    _paint_loop(painter, rect, picture)
    _paint_span(painter, rect, picture)
    _paint_origin(painter, picture)
    _paint_drop(painter, picture)
    worn = tokens()
    if picture.band is not None:
        painter.setPen(colour(worn.accent))
        painter.setBrush(colour(worn.accent, 0.12))
        painter.drawRect(picture.band)
    x = round(picture.geometry.x_of(picture.play_tick))
    if rect.left() - 2 <= x <= rect.right() + 2:
        painter.fillRect(QRectF(x, rect.top(), 1.0, rect.height()), colour(worn.accent))
        painter.fillRect(QRectF(x - 1, rect.top(), 3.0, rect.height()), colour(worn.accent, 0.22))
    if picture.guide is not None:
        guide_x = round(picture.geometry.x_of(picture.guide.tick))
        painter.setPen(QPen(colour(worn.text, 0.8), 1, Qt.PenStyle.DashLine))
        painter.drawLine(guide_x, rect.top(), guide_x, rect.bottom())
        paint_words(
            painter, picture.guide.text, guide_x, picture.guide.y, QSize(picture.width, picture.height)
        )


def _paint_loop(painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
    loop, worn = picture.project.loop, tokens()
    if loop.end_ticks <= loop.start_ticks or not loop.enabled:
        return
    left, right = picture.geometry.x_of(loop.start_ticks), picture.geometry.x_of(loop.end_ticks)
    painter.fillRect(QRectF(left, rect.top(), right - left, rect.height()), colour(worn.accent, 0.05))
    painter.setPen(QPen(colour(worn.accent, 0.55), 1))
    painter.drawLines([QLineF(round(x), rect.top(), round(x), rect.bottom()) for x in (left, right)])


def _paint_span(painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
    if picture.span is None:
        return
    left, right = (picture.geometry.x_of(tick) for tick in picture.span)
    accent = tokens().accent
    painter.fillRect(QRectF(left, rect.top(), right - left, rect.height()), colour(accent, 0.14))
    painter.setPen(QPen(colour(accent), 1))
    painter.drawLines([QLineF(round(x), rect.top(), round(x), rect.bottom()) for x in (left, right)])


def _paint_origin(painter: QPainter, picture: CanvasPicture) -> None:
    """Where the clips lay before the drag that is under way."""
    if picture.origin is picture.project:
        return
    painter.setPen(QPen(colour(tokens().text_soft, 0.7), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    after = {track.id: track for track in picture.project.tracks}
    boxes: list[QRectF] = []
    for track in picture.origin.tracks:
        now, row = after.get(track.id), picture.geometry.row_of(track.id)
        if now is None or now is track or row is None:
            continue
        kept = {id(clip) for clip in now.clips}
        for clip in track.clips:
            if id(clip) not in kept and len(boxes) < _MOST_GHOSTS:
                box = shape_of(picture.geometry, row, clip, picture.origin).rect
                if box.right() >= 0 and box.left() <= picture.width:
                    boxes.append(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.drawRects(boxes)


def _paint_drop(painter: QPainter, picture: CanvasPicture) -> None:
    drop, worn, geometry = picture.drop, tokens(), picture.geometry
    if drop is None:
        return
    row = geometry.row_of(drop.track_id) if drop.track_id is not None else None
    top = geometry.top_of(row) if row is not None else max(0, geometry.height - geometry.scroll_y)
    height = row.height if row is not None else 48
    left = geometry.x_of(drop.tick)
    width = max(80.0, picture.project.meter_map.meter_at(drop.tick).bar_ticks * geometry.px_per_tick)
    painter.setPen(QPen(colour(worn.accent), 2, Qt.PenStyle.DashLine))
    painter.setBrush(colour(worn.accent, 0.16))
    painter.drawRoundedRect(
        QRectF(left, top + 1.0, width, height - 3.0), Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP
    )
    painter.fillRect(QRectF(round(left), 0.0, 1.0, picture.height), colour(worn.accent))
    paint_words(painter, drop.text, left, top + height / 2.0, QSize(picture.width, picture.height))
