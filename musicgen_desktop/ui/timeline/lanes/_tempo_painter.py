"""The tempo as a curve with points."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from musicgen_desktop.ui.theme import colour, font, tokens

from ._geometry import POINT_PX, Lane
from ._hit import Hit
from ._picture import LanesPicture

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_tempo(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """The curve over a faint ground, its points, and the number beside each as far as there is room."""
    worn, geometry = tokens(), picture.geometry
    points = picture.project.tempo_map.points
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    curve: list[QPointF] = []
    for point, after in pairwise(points):
        curve.append(geometry.point_at(point.tick, point.bpm))
        if not point.ramp:
            curve.append(geometry.point_at(after.tick, point.bpm))
    last = points[-1]
    curve.append(geometry.point_at(last.tick, last.bpm))
    curve.append(QPointF(max(float(geometry.width), curve[-1].x()), curve[-1].y()))
    bottom = float(lane.bottom - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.accent, 0.1))
    painter.drawPolygon(QPolygonF([QPointF(curve[0].x(), bottom), *curve, QPointF(curve[-1].x(), bottom)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(worn.accent), 1.5))
    painter.drawPolyline(curve)
    used = font(10, 500, tabular=True)
    painter.setFont(used)
    free_from = -1e9
    for point in points:
        place = geometry.point_at(point.tick, point.bpm)
        if place.x() < -60.0 or place.x() > geometry.width + POINT_PX:
            continue
        hit = Hit("tempo", "point", str(point.tick))
        is_hot = picture.is_hovered(hit) or picture.is_marked(hit)
        painter.setPen(QPen(colour(worn.accent if not is_hot else worn.text), 1.5))
        painter.setBrush(colour(worn.accent if picture.is_marked(hit) else worn.sunken))
        painter.drawEllipse(place, 4.5 if is_hot else 3.5, 4.5 if is_hot else 3.5)
        text = f"{point.bpm:.2f}".rstrip("0").rstrip(".")
        if place.x() + 8.0 > free_from:
            width = QFontMetricsF(used).horizontalAdvance(text)
            is_low = place.y() - lane.top < 18.0
            y = place.y() + 2.0 if is_low else place.y() - 15.0
            painter.setPen(colour(worn.text_soft))
            painter.drawText(QRectF(place.x() + 7.0, y, width + 4.0, 13.0), _LEFT, text)
            free_from = place.x() + 14.0 + width
