"""One automation lane, in strokes."""

import msgspec
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from musicgen_desktop.timing import MeterMap, grid_lines
from musicgen_desktop.ui.bridges import text_of_place
from musicgen_desktop.ui.theme import blend, colour, font, tokens
from musicgen_desktop.ui.timeline._words import paint_words

from ._geometry import LaneGeometry

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CLOSEST_PX = 7.0
_DASH_PX = 8
_LEAST_LABELS_PX = 44


class LanePicture(msgspec.Struct, frozen=True):
    """One frame.

    Attributes:
        geometry: where everything lies.
        meters: of the song.
        color: of the track.
        selected: ticks of the selected points.
        hover: tick of the point under the mouse; None without one.
        guide: tick and value of where a drag would land.
        play_tick: where the play head is.
        span: the selected span of time.
        loop: the loop while it is on.
        has_focus: the keyboard is here.
    """

    geometry: LaneGeometry
    meters: MeterMap
    color: str
    selected: frozenset[int] = frozenset()
    hover: int | None = None
    guide: tuple[int, float] | None = None
    play_tick: float = 0.0
    span: tuple[int, int] | None = None
    loop: tuple[int, int] | None = None
    has_focus: bool = False


def paint_lane(painter: QPainter, rect: QRect, picture: LanePicture) -> None:
    """The grid, the range, the curve and its points, the play head."""
    worn, geometry = tokens(), picture.geometry
    painter.fillRect(rect, blend(worn.ground, worn.sunken, 0.5))
    _paint_grid(painter, rect, picture)
    _paint_labels(painter, picture)
    tint = picture.color or worn.text_faint
    curve = geometry.lane.curve
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, right = rect.left() - 8.0, rect.right() + 8.0
    if curve is None or not curve.points:
        _paint_dashes(painter, rect, picture, colour(tint, 0.75))
    else:
        chain = geometry.curve(left, right)
        rests = not curve.enabled
        foot = geometry.y_of(0.0) if geometry.lane.knob.low < 0.0 < geometry.lane.knob.high else None
        if foot is None or geometry.lane.is_level:
            foot = float(geometry.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tint, 0.06 if rests else 0.16))
        painter.drawPolygon(QPolygonF([QPointF(left, foot), *chain, QPointF(right, foot)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.DashLine if rests else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour(tint, 0.6 if rests else 1.0), 1.6, style))
        painter.drawPolyline(chain)
        _paint_points(painter, rect, picture, tint)
    _paint_over(painter, rect, picture)


def _paint_grid(painter: QPainter, rect: QRect, picture: LanePicture) -> None:
    """Bars and beats as in the rows above, and the lines of the range."""
    worn, timeline, meters = tokens(), picture.geometry.timeline, picture.meters
    start, end = max(0, int(timeline.tick_at(rect.left()))), int(timeline.tick_at(rect.right() + 1)) + 1
    if end <= 0:
        return
    meter = meters.meter_at(start)
    steps = ((meter.beat_ticks, blend(worn.line, worn.sunken, 0.5)), (meter.bar_ticks, colour(worn.line)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for step, shade in steps:
        if step * timeline.px_per_tick >= _CLOSEST_PX:
            painter.setPen(shade)
            xs = {round(timeline.x_of(tick)) for tick in grid_lines(meters, start, end, step)}
            painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in xs])
    lane = picture.geometry.lane
    zero = 0.0 if lane.knob.low < 0.0 < lane.knob.high else lane.knob.default
    painter.setPen(colour(worn.line_strong))
    y = round(picture.geometry.y_of(zero))
    painter.drawLine(rect.left(), y, rect.right(), y)


def _paint_dashes(painter: QPainter, rect: QRect, picture: LanePicture, shade: QColor) -> None:
    """A knob that nothing moves: level dashes, as boxes, which cost a tenth of a dashed pen."""
    y = round(picture.geometry.y_of(picture.geometry.lane.standing))
    left = rect.left() - (rect.left() + round(picture.geometry.timeline.scroll_x)) % _DASH_PX
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRects([QRect(x, y, 5, 1) for x in range(left, rect.right() + 1, _DASH_PX)])


def _paint_points(painter: QPainter, rect: QRect, picture: LanePicture, tint: str) -> None:
    worn, geometry = tokens(), picture.geometry
    curve = geometry.lane.curve
    for point in () if curve is None else curve.points:
        place = geometry.place_of(point.tick, point.value)
        if not rect.left() - 8 <= place.x() <= rect.right() + 8:
            continue
        is_selected = point.tick in picture.selected
        radius = 5.0 if is_selected or point.tick == picture.hover else 3.5
        painter.setPen(QPen(colour(worn.text if is_selected else tint), 1.5))
        painter.setBrush(colour(worn.accent if is_selected else worn.sunken))
        if point.curve == "hold":
            # Points that hold are squares: the shape says how the curve goes on.
            painter.drawRect(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))
        else:
            painter.drawEllipse(place, radius, radius)


def _paint_labels(painter: QPainter, picture: LanePicture) -> None:
    """The ends of the range at the left, where the lane is high enough."""
    geometry, worn = picture.geometry, tokens()
    if geometry.height < _LEAST_LABELS_PX:
        return
    lane, used = geometry.lane, font(10, 400, tabular=True)
    painter.setFont(used)
    for text, top in (
        (lane.text_of(lane.value_of(1.0)), 1.0),
        (lane.text_of(lane.value_of(0.0)), geometry.height - 15.0),
    ):
        box = QRectF(2.0, top, QFontMetricsF(used).horizontalAdvance(text) + 6.0, 13.0)
        painter.fillRect(box, colour(worn.sunken, 0.8))  # the grid ends beside it
        painter.setPen(colour(worn.text_faint))
        painter.drawText(box.adjusted(3.0, 0.0, 0.0, 0.0), _LEFT, text)


def _paint_over(painter: QPainter, rect: QRect, picture: LanePicture) -> None:
    worn, geometry = tokens(), picture.geometry
    timeline = geometry.timeline
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for span, share in ((picture.loop, 0.05), (picture.span, 0.14)):
        if span is not None:
            left, right = timeline.x_of(span[0]), timeline.x_of(span[1])
            painter.fillRect(
                QRectF(left, rect.top(), right - left, rect.height()), colour(worn.accent, share)
            )
    x = round(timeline.x_of(picture.play_tick))
    painter.fillRect(QRectF(x, rect.top(), 1.0, rect.height()), colour(worn.accent))
    painter.setPen(colour(worn.line))
    painter.drawLine(rect.left(), geometry.height - 1, rect.right(), geometry.height - 1)
    if picture.guide is not None:
        tick, value = picture.guide
        place = geometry.place_of(tick, value)
        painter.setPen(QPen(colour(worn.text, 0.7), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(place.x(), 0.0, place.x(), geometry.height))
        words = f"{geometry.lane.text_of(value)}  {text_of_place(tick, picture.meters)}"
        paint_words(painter, words, place.x(), place.y(), QSize(geometry.width, geometry.height))
    if picture.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(worn.accent, 0.8), 1))
        painter.drawRect(QRect(0, 0, geometry.width - 1, geometry.height - 2))
