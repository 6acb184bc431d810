"""The ground: rows, sections, bar and beat lines."""

from PySide6.QtCore import QLine, QRect, QRectF
from PySide6.QtGui import QPainter

from musicgen_desktop.timing import MeterMap, grid_lines
from musicgen_desktop.ui.theme import TRACK_COLOURS, blend, colour, tokens
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry

from ._picture import CanvasPicture

_CLOSEST_BARS_PX = 10.0
_CLOSEST_BEATS_PX = 7.0
_SECTION_SHARE = 0.05


def paint_grid(painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
    """Everything below the clips."""
    worn, geometry = tokens(), picture.geometry
    painter.fillRect(rect, colour(worn.ground))
    bottom = geometry.height - geometry.scroll_y
    if rect.top() < bottom:
        painter.fillRect(
            QRect(rect.left(), rect.top(), rect.width(), bottom - rect.top()), colour(worn.sunken)
        )
    for row in geometry.rows:
        if row.track_id == picture.track_id and not row.target:
            painter.fillRect(
                QRect(rect.left(), geometry.top_of(row), rect.width(), row.height),
                blend(worn.hover, worn.sunken, 0.45),
            )
    _paint_sections(painter, rect, picture, bottom)
    _paint_lines(painter, rect, picture)
    painter.setPen(colour(worn.line))
    painter.drawLines(
        [
            QLine(rect.left(), y, rect.right(), y)
            for row in geometry.rows
            if rect.top() <= (y := geometry.top_of(row) + row.height - 1) <= rect.bottom()
        ]
    )
    end = geometry.x_of(picture.length_ticks)
    if picture.length_ticks and end <= rect.right():
        after = QRectF(max(end, rect.left()), rect.top(), rect.right() - max(end, rect.left()) + 1, bottom)
        painter.fillRect(after, colour(worn.ground, 0.55))


def bar_step(px_per_bar: float) -> int:
    """Every how many bars a line is drawn, or a number written where more room is asked for."""
    step = 1
    while step * px_per_bar < _CLOSEST_BARS_PX:
        step *= 2
    return step


def bar_ticks(meters: MeterMap, start: float, end: float, px_per_tick: float) -> list[int]:
    """The bar lines of a span that are drawn."""
    first = meters.bar_of(max(0, int(start)))
    step = bar_step(meters.meter_at(max(0, int(start))).bar_ticks * px_per_tick)
    bar = first - (first - 1) % step
    ticks: list[int] = []
    while (tick := meters.tick_of_bar(bar)) < end:
        ticks.append(tick)
        bar += step
    return ticks


def _paint_sections(painter: QPainter, rect: QRect, picture: CanvasPicture, bottom: int) -> None:
    geometry = picture.geometry
    for index, section in enumerate(picture.project.sections):
        left, right = geometry.x_of(section.start_ticks), geometry.x_of(section.end_ticks)
        if right <= rect.left() or left > rect.right():
            continue
        # The fuller a section, the brighter; neighbours differ in hue as well.
        tint = TRACK_COLOURS[(index * 5 + 6) % len(TRACK_COLOURS)]
        left, right = max(left, rect.left()), min(right, rect.right() + 1.0)
        painter.fillRect(
            QRectF(left, rect.top(), right - left, bottom - rect.top()),
            colour(tint, _SECTION_SHARE * (0.5 + section.intensity)),
        )


def _paint_lines(painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
    worn, geometry, meters = tokens(), picture.geometry, picture.project.meter_map
    scale = geometry.px_per_tick
    start, end = geometry.tick_at(rect.left()) - 1.0, geometry.tick_at(rect.right() + 1)
    bars = bar_ticks(meters, start, end, scale)
    beat = meters.meter_at(max(0, int(start))).beat_ticks
    top, bottom = rect.top(), rect.bottom()
    if picture.step_ticks < beat and picture.step_ticks * scale >= _CLOSEST_BEATS_PX:
        painter.setPen(colour(worn.line_faint))
        painter.drawLines(_vertical(geometry, meters, (start, end), picture.step_ticks, rect))
    if beat * scale >= _CLOSEST_BEATS_PX:
        painter.setPen(blend(worn.line, worn.sunken, 0.65))
        painter.drawLines(_vertical(geometry, meters, (start, end), beat, rect))
    # Every fourth of the drawn bars stands out, so that the eye counts phrases.
    strong: list[QLine] = []
    plain: list[QLine] = []
    step = bar_step(meters.meter_at(max(0, int(start))).bar_ticks * scale)
    for tick in bars:
        x = round(geometry.x_of(tick))
        (strong if (meters.bar_of(tick) - 1) % (4 * step) == 0 else plain).append(QLine(x, top, x, bottom))
    painter.setPen(colour(worn.line))
    painter.drawLines(plain)
    painter.setPen(colour(worn.line_strong))
    painter.drawLines(strong)


def _vertical(
    geometry: TimelineGeometry, meters: MeterMap, ticks: tuple[float, float], step: int, rect: QRect
) -> list[QLine]:
    lines = grid_lines(meters, max(0, int(ticks[0])), max(0, int(ticks[1]) + 1), step)
    return [QLine(x, rect.top(), x, rect.bottom()) for x in {round(geometry.x_of(tick)) for tick in lines}]
