"""The ruler: loop and markers above, bars and time below."""

from itertools import zip_longest

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from musicgen_desktop.document import Marker
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens

from ._geometry import BRACE_PX, Lane, ruler_lines
from ._hit import Hit
from ._picture import LanesPicture

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_ruler(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """All but the play head."""
    _paint_loop(painter, lane, picture)
    _paint_bars(painter, lane, picture)
    _paint_end(painter, picture)
    markers = picture.project.markers
    for marker, after in zip_longest(markers, markers[1:]):
        _paint_flag(painter, marker, after, picture)


def paint_play_head(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """A triangle at the foot of the ruler, and its line upwards."""
    worn, x = tokens(), round(picture.geometry.timeline.x_of(picture.play_tick)) + 0.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(colour(worn.accent, 0.5), 1))
    painter.drawLine(QLineF(x, 0.0, x, lane.bottom))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.accent))
    bottom = float(lane.bottom)
    painter.drawPolygon(
        QPolygonF([QPointF(x - 6.0, bottom - 8.0), QPointF(x + 6.0, bottom - 8.0), QPointF(x, bottom)])
    )


def _paint_bars(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    worn, geometry = tokens(), picture.geometry
    top, bottom = lane.top + BRACE_PX, lane.bottom
    bars: list[QLineF] = []
    beats: list[QLineF] = []
    number, small = font(Sizes.SMALL, 600, tabular=True), font(10, 400, tabular=True)
    tempo = picture.project.tempo_map
    end = geometry.timeline.x_of(picture.project.length_ticks)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for line in ruler_lines(picture.project.meter_map, geometry.timeline, geometry.width):
        x = round(geometry.timeline.x_of(line.tick))
        if not line.is_bar:
            beats.append(QLineF(x, bottom - 4.0, x, bottom))
            if line.text:
                painter.setFont(small)
                painter.setPen(colour(worn.text_faint))
                painter.drawText(QRectF(x + 4.0, top, 60.0, 13.0), _LEFT, line.text)
            continue
        bars.append(QLineF(x, top if line.text else bottom - 8.0, x, bottom))
        if line.text:
            painter.setFont(number)
            painter.setPen(colour(worn.text))
            painter.drawText(QRectF(x + 4.0, top, 60.0, 13.0), _LEFT, line.text)
        if line.shows_time and not -2.0 < end - x < 38.0:  # the handle of the end stands there
            painter.setFont(small)
            painter.setPen(colour(worn.text_faint))
            text = _clock(tempo.seconds_at(line.tick))
            painter.drawText(QRectF(x + 4.0, top + 11.0, 60.0, 12.0), _LEFT, text)
    painter.setPen(colour(worn.line))
    painter.drawLines(beats)
    painter.setPen(colour(worn.line_strong))
    painter.drawLines(bars)


def _paint_loop(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    worn, loop, geometry = tokens(), picture.project.loop, picture.geometry
    ground = QRectF(0.0, lane.top, geometry.width, BRACE_PX)
    painter.fillRect(ground, blend(worn.raised, worn.sunken, 0.45))
    if picture.span is not None:
        left, right = (geometry.timeline.x_of(tick) for tick in picture.span)
        painter.fillRect(
            QRectF(left, lane.top + BRACE_PX, right - left, lane.height - BRACE_PX), colour(worn.accent, 0.22)
        )
    if loop.end_ticks <= loop.start_ticks:
        return
    box = geometry.brace_rect(loop.start_ticks, loop.end_ticks)
    is_hot = picture.hover is not None and picture.hover.part in ("brace", "start", "end")
    tint = worn.accent if loop.enabled else worn.text_faint
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    share = (0.55 if loop.enabled else 0.3) + (0.15 if is_hot else 0.0)
    painter.setBrush(blend(tint, worn.sunken, share))
    painter.drawRoundedRect(box, 3.0, 3.0)
    # Its ends are brackets: the loop is told by its shape, on or off by their fill as well.
    painter.setBrush(colour(tint))
    for x in (box.left(), box.right() - 4.0):
        painter.drawRoundedRect(QRectF(x, box.top() - 1.0, 4.0, box.height() + 2.0), 1.5, 1.5)
    if loop.enabled:
        lines = [QLineF(x, box.bottom(), x, lane.bottom) for x in (box.left() + 0.5, box.right() - 0.5)]
        painter.setPen(QPen(colour(worn.accent, 0.55), 1))
        painter.drawLines(lines)


def _paint_flag(painter: QPainter, marker: Marker, after: Marker | None, picture: LanesPicture) -> None:
    worn, box = tokens(), picture.geometry.flag_rect(marker, after)
    if box.right() < 0.0 or box.left() > picture.geometry.width:
        return
    hit = Hit("ruler", "flag", marker.id)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.accent), 1.5) if picture.is_marked(hit) else Qt.PenStyle.NoPen)
    painter.setBrush(blend(worn.warn, worn.sunken, 0.55 if picture.is_hovered(hit) else 0.4))
    tip = min(6.0, box.width() / 2.0)
    painter.drawPolygon(
        QPolygonF(
            [
                box.topLeft(),
                QPointF(box.right() - tip, box.top()),
                QPointF(box.right(), box.center().y()),
                QPointF(box.right() - tip, box.bottom()),
                box.bottomLeft(),
            ]
        )
    )
    ruler = picture.geometry.lane("ruler")
    painter.setPen(QPen(colour(worn.warn), 2))
    bottom = box.bottom() if ruler is None else float(ruler.bottom)
    painter.drawLine(QLineF(box.left(), box.top(), box.left(), bottom))
    if box.width() > 18.0:
        used = font(Sizes.TINY, 500)
        painter.setFont(used)
        painter.setPen(colour(worn.text))
        inner = box.adjusted(5.0, 0.0, -tip, 0.0)
        shown = QFontMetricsF(used).elidedText(marker.name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _LEFT, shown)


def _paint_end(painter: QPainter, picture: LanesPicture) -> None:
    if not picture.project.length_ticks:
        return
    worn, box = tokens(), picture.geometry.end_rect(picture.project)
    is_hot = picture.hover is not None and picture.hover.part == "song_end"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.text if is_hot else worn.text_soft))
    x = box.left() + 9.0
    painter.drawPolygon(
        QPolygonF([QPointF(x, box.top()), QPointF(x - 8.0, box.bottom()), QPointF(x, box.bottom())])
    )
    painter.drawRect(QRectF(x, box.top(), 1.5, box.height()))


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"
