"""What is written and drawn on a clip: its name, marks, fades, seams, and the handles under the mouse."""

import math
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen, QPolygonF, QStaticText

from musicgen_desktop.document import AudioClip, Clip, NotesClip, Take
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens
from musicgen_desktop.ui.timeline._geometry import Row
from musicgen_desktop.ui.widgets import paint_handle

from ._clip_index import TrackIndex
from ._clip_shape import ClipShape, shape_of
from ._picture import CanvasPicture

STICKY_PX = 200
"""Names stay at the left edge of the view within so many pixels."""

_MARGIN = 5.0
_CURVE_POINTS = 12
_BETWEEN = " · "
_ALL_PX = 10_000


def paint_name(
    painter: QPainter, picture: CanvasPicture, clip: Clip, shape: ClipShape, tint: str, *, dim: bool
) -> None:
    """The name and, right of it, marks: muted, reversed, gain, take, licence."""
    worn = tokens()
    left = max(shape.left, 0.0) + _MARGIN
    room = min(shape.right, left + STICKY_PX) - left - _MARGIN
    marks = marks_of(picture, clip)
    if room <= 0.0:
        return
    painter.setFont(font(Sizes.TINY, 500))
    painter.setPen(blend(tint, worn.text, 0.25) if not dim else colour(worn.text_soft))
    top = shape.top + (1.0 if shape.band else 0.0)
    text, width = _elided(clip.name, int(room) // 4 * 4)
    painter.drawStaticText(QPointF(left, top), text)
    if not marks or room - width <= 24.0:
        return
    # All of them, or the first one: half a value would be a wrong one.
    for shown in (marks, marks.split(_BETWEEN)[0]):
        line, across = _elided(shown, _ALL_PX)
        if across <= room - width - 8.0:
            painter.setPen(colour(worn.text_soft))
            painter.drawStaticText(QPointF(left + width + 8.0, top), line)
            return


def marks_of(picture: CanvasPicture, clip: Clip) -> str:
    """What is said behind the name: “muted · −3.0 dB · not for sale”."""
    marks: list[str] = []
    if clip.muted:
        marks.append(QCoreApplication.translate("Timeline", "muted"))
    if isinstance(clip, AudioClip):
        if clip.source_id in picture.missing:
            marks.append(QCoreApplication.translate("Timeline", "file missing"))
        if clip.reversed:
            marks.append(QCoreApplication.translate("Timeline", "reversed"))
        if clip.gain_db:
            marks.append(text_of_db(clip.gain_db))
    take = _take_of(picture, clip)
    if take is not None and not take.commercial_use:
        marks.append(QCoreApplication.translate("Timeline", "not for sale"))
    elif take is not None and take.starred:
        marks.append("★")
    return _BETWEEN.join(marks)


def text_of_db(gain_db: float) -> str:
    """“+3.0 dB”, with a real minus."""
    if gain_db <= -120.0:
        return "−∞ dB"
    return f"{gain_db:+.1f} dB".replace("-", "−") if gain_db else "0.0 dB"


def paint_details(painter: QPainter, picture: CanvasPicture, clip: Clip, shape: ClipShape, tint: str) -> None:
    """Fades, seams, stripes of a missing file, and the handles of the clip under the mouse."""
    if isinstance(clip, AudioClip):
        if clip.source_id in picture.missing:
            _paint_missing(painter, shape)
        if shape.fade_in >= 2.0 or shape.fade_out >= 2.0:
            _paint_fades(painter, clip, shape, tint)
    elif clip.loop_length_ticks is not None:
        _paint_seams(painter, picture, clip, shape, tint)
    if picture.hover is not None and picture.hover.clip_id == clip.id:
        _paint_handles(painter, picture, shape)


def paint_overlaps(
    painter: QPainter, rect: QRect, picture: CanvasPicture, row: Row, index: TrackIndex, part: slice
) -> None:
    """Where a clip lies over its neighbour: a frame, and the two fades of a crossfade."""
    starts, reach = index.starts, index.reach
    for number in range(max(1, part.start), part.stop):
        if starts[number] >= reach[number - 1]:
            continue
        below, above = index.clips[number - 1], index.clips[number]
        end = min(below.end_ticks, above.end_ticks)
        left, right = picture.geometry.x_of(above.start_ticks), picture.geometry.x_of(end)
        if right - left < 4.0 or right < rect.left() or left > rect.right():
            continue
        shape = shape_of(picture.geometry, row, above, picture.project)
        painter.setPen(QPen(colour(tokens().text, 0.55), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(right, shape.body_top, right, shape.bottom))
        if isinstance(below, AudioClip) and below.fade_out_ms and isinstance(above, AudioClip):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(tokens().text, 0.8), 1.2))
            painter.drawPolyline(_curve(below.fade_shape, right, left, shape.body_top, shape.bottom))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_fades(painter: QPainter, clip: AudioClip, shape: ClipShape, tint: str) -> None:
    worn = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for edge, width in ((shape.left, shape.fade_in), (shape.right, -shape.fade_out)):
        if abs(width) < 2.0:
            continue
        points = _curve(clip.fade_shape, edge, edge + width, shape.body_top, shape.bottom - 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(worn.sunken, 0.6))
        painter.drawPolygon(QPolygonF([QPointF(edge, shape.body_top), *points]))
        painter.setPen(QPen(blend(tint, worn.text, 0.5), 1.2))
        painter.drawPolyline(points)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _curve(shape: str, start: float, end: float, top: float, bottom: float) -> list[QPointF]:
    """A fade from silence at `start` to full at `end`, as `dsp` computes it."""
    points: list[QPointF] = []
    for step in range(_CURVE_POINTS + 1):
        share = step / _CURVE_POINTS
        if shape == "equal_power":
            gain = math.sin(share * math.pi / 2.0)
        elif shape == "s_curve":
            gain = 0.5 - 0.5 * math.cos(share * math.pi)
        else:
            gain = share
        points.append(QPointF(start + (end - start) * share, bottom - (bottom - top) * gain))
    return points


def _paint_missing(painter: QPainter, shape: ClipShape) -> None:
    worn = tokens()
    painter.fillRect(shape.rect, QBrush(colour(worn.bad, 0.45), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(colour(worn.bad), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(shape.rect.adjusted(0.5, 0.5, -0.5, -0.5))
    text = QCoreApplication.translate("Timeline", "File missing")
    if shape.rect.width() > 90.0 and shape.band:
        painter.setFont(font(Sizes.TINY, 600))
        painter.setPen(colour(worn.text))
        body = QRectF(max(shape.left, 0.0), shape.body_top, 120.0, shape.bottom - shape.body_top)
        painter.drawText(body.adjusted(_MARGIN, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _paint_seams(
    painter: QPainter, picture: CanvasPicture, clip: NotesClip, shape: ClipShape, tint: str
) -> None:
    """Where the loop begins again: a line, and notches at its ends."""
    loop = clip.loop_length_ticks or clip.length_ticks
    scale = picture.geometry.px_per_tick
    if loop * scale < 6.0:
        return
    worn = tokens()
    first = clip.start_ticks + loop - clip.content_offset_ticks % loop
    painter.setPen(QPen(blend(tint, worn.text, 0.6), 1, Qt.PenStyle.DashLine))
    lines: list[QLineF] = []
    notches: list[QPointF] = []
    for tick in range(first, clip.end_ticks, loop):
        x = picture.geometry.x_of(tick)
        if 0.0 <= x <= picture.width:
            lines.append(QLineF(x, shape.body_top + 3.0, x, shape.bottom - 1.0))
            notches.append(QPointF(x, shape.top))
    painter.drawLines(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.sunken))
    for point in notches:
        painter.drawPolygon(
            QPolygonF([point - QPointF(4.0, 0.0), point + QPointF(4.0, 0.0), point + QPointF(0.0, 5.0)])
        )


def _paint_handles(painter: QPainter, picture: CanvasPicture, shape: ClipShape) -> None:
    worn = tokens()
    zone = picture.hover.zone if picture.hover is not None else "body"
    if zone in ("start", "end", "loop"):
        x = shape.left if zone == "start" else shape.right - 3.0
        high = shape.band if zone == "loop" else shape.height
        painter.fillRect(QRectF(x, shape.top, 3.0, high), colour(worn.accent))
    if not shape.has_handles:
        return
    if shape.gain_db is not None:
        painter.setPen(QPen(colour(worn.accent if zone == "gain" else worn.text, 0.9), 1))
        painter.drawLine(QLineF(shape.left + 2.0, shape.gain_y, shape.right - 2.0, shape.gain_y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends: tuple[Literal["fade_in", "fade_out"], ...] = ("fade_in", "fade_out")
        for which in ends:
            painter.setPen(QPen(colour(worn.sunken), 1))
            painter.setBrush(colour(worn.accent if zone == which else worn.text))
            painter.drawEllipse(shape.fade_handle(which).adjusted(1, 1, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    grip = shape.grip
    painter.fillRect(grip, colour(worn.sunken, 0.75))
    state = picture.hover.handle if picture.hover is not None else "rest"
    paint_handle(painter, grip.toRect(), state, worn.accent if zone == "grip" else worn.text)


def _take_of(picture: CanvasPicture, clip: Clip) -> Take | None:
    if clip.take_id is None:
        return None
    return next((take for take in picture.project.takes if take.id == clip.take_id), None)


@lru_cache(maxsize=4096)
def _elided(text: str, room: int) -> tuple[QStaticText, float]:
    """The text as far as there is room, and its width; nothing when only an ellipsis would be left."""
    metrics = QFontMetricsF(font(Sizes.TINY, 500))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, float(room))
    if shown == "…" or (shown.endswith("…") and len(shown) < 3):
        shown = text[:2] if metrics.horizontalAdvance(text[:2]) <= room else ""
    made = QStaticText(shown)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font(Sizes.TINY, 500))
    return made, metrics.horizontalAdvance(shown)
