"""The lanes above the tracks, in strokes."""

from PySide6.QtCore import QLineF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from musicgen_desktop.timing import MeterMap
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.timeline._words import paint_words

from ._boxes_painter import paint_changes, paint_chords, paint_sections
from ._geometry import Lane, ruler_lines
from ._hit import rect_of
from ._picture import LanesPicture
from ._ruler_painter import paint_play_head, paint_ruler
from ._tempo_painter import paint_tempo
from ._texts import lane_hint


def paint_lanes(painter: QPainter, rect: QRect, picture: LanesPicture) -> None:
    """One frame."""
    worn, geometry = tokens(), picture.geometry
    painter.fillRect(rect, colour(worn.sunken))
    for lane in geometry.lanes:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lane.name == "ruler":
            paint_ruler(painter, lane, picture)
        else:
            _paint_bar_lines(painter, lane, picture.project.meter_map, geometry.timeline, geometry.width)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if lane.name == "sections":
                paint_sections(painter, lane, picture)
            elif lane.name == "chords":
                paint_chords(painter, lane, picture)
            elif lane.name == "tempo":
                paint_tempo(painter, lane, picture)
            else:
                paint_changes(painter, lane, picture)
        hint = lane_hint(lane.name, picture.project)
        if hint:
            painter.setFont(font(Sizes.TINY))
            painter.setPen(colour(worn.text_faint))
            painter.drawText(8, lane.top + lane.height // 2 + 4, hint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(colour(worn.line))
        painter.drawLine(rect.left(), lane.bottom - 1, rect.right(), lane.bottom - 1)
    _paint_origin(painter, picture)
    ruler = geometry.lane("ruler")
    if ruler is not None:
        paint_play_head(painter, ruler, picture)
    if picture.guide_tick is not None:
        x = round(geometry.timeline.x_of(picture.guide_tick)) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(colour(worn.text, 0.8), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, 0.0, x, geometry.height))
        paint_words(painter, picture.guide_text, x, picture.guide_y, QSize(geometry.width, geometry.height))


def _paint_origin(painter: QPainter, picture: LanesPicture) -> None:
    """Where the dragged thing lay before."""
    if picture.origin is picture.project or picture.selected is None:
        return
    box = rect_of(picture.origin, picture.geometry, picture.selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(tokens().text_soft, 0.7), 1, Qt.PenStyle.DashLine))
    painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -0.5))


def _paint_bar_lines(
    painter: QPainter, lane: Lane, meters: MeterMap, timeline: TimelineGeometry, width: int
) -> None:
    """The bars that the ruler counts, faintly, so that the eye finds them in every lane."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(colour(tokens().line))
    painter.drawLines(
        [
            QLineF(x, lane.top, x, lane.bottom)
            for line in ruler_lines(meters, timeline, width)
            if line.is_bar
            for x in (round(timeline.x_of(line.tick)),)
        ]
    )
