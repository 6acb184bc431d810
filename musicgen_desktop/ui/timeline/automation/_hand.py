"""What the mouse does in a lane between press and release."""

import msgspec

from musicgen_desktop.document import AutomationPoint

from ._geometry import LaneGeometry
from ._view_model import LaneModel

_FINE = 0.1


class Place(msgspec.Struct, frozen=True):
    """The mouse in the lane: pixels, and the modifiers: Ctrl bypasses the grid, Shift is fine."""

    x: float
    y: float
    bypass: bool = False
    fine: bool = False


class PointDrag:
    """A point in time and value, and the other selected ones with it; a new one begins under the mouse."""

    def __init__(
        self, model: LaneModel, geometry: LaneGeometry, point: AutomationPoint | None, grip: Place
    ) -> None:
        self._model, self._geometry, self._last = model, geometry, grip
        self._is_new = point is None
        if point is None:
            tick = model.snapped(geometry.timeline.tick_at(grip.x), bypass=grip.bypass)
            value = geometry.value_at(grip.y)
            model.preview_put(tick, value)
            self._start, self._x, self._y = (tick, value), geometry.timeline.x_of(tick), grip.y
        else:
            self._start = point.tick, point.value
            place = geometry.place_of(point.tick, point.value)
            self._x, self._y = place.x(), place.y()
        self._to = self._start[0]

    def move(self, place: Place) -> None:
        """The point follows; a tenth of the way in value with Shift."""
        model, geometry, lane = self._model, self._geometry, self._geometry.lane
        scale = _FINE if place.fine else 1.0
        self._x += place.x - self._last.x
        self._y += (place.y - self._last.y) * scale
        self._last = place
        tick = self._start[0]
        if not place.fine or abs(self._x - geometry.timeline.x_of(tick)) > 6.0:
            tick = model.snapped(geometry.timeline.tick_at(self._x), bypass=place.bypass)
        value = geometry.value_at(self._y)
        if not self._is_new and abs(self._y - geometry.y_of(self._start[1])) < 0.5:
            value = self._start[1]
        self._to = tick
        if self._is_new:
            model.preview_put(tick, value)
            return
        by_ticks = tick - self._start[0]
        by_share = lane.share_of(value) - lane.share_of(self._start[1])
        together = set(model.selected) | {self._start[0]}
        by_ticks = max(by_ticks, -min(together))
        self._to = self._start[0] + by_ticks
        moves = [
            (point.tick, point.tick + by_ticks, value)
            if point.tick == self._start[0]
            else (point.tick, point.tick + by_ticks, lane.value_of(lane.share_of(point.value) + by_share))
            for point in model.points
            if point.tick in together
        ]
        model.preview_move(moves, (self._to, value))

    def drop(self) -> None:
        """One edit; what was dragged stays selected."""
        selected, start, to = self._model.selected, self._start[0], self._to
        if self._model.commit():
            by = 0 if self._is_new else to - start
            others = () if self._is_new else tuple(each + by for each in selected if each != start)
            self._model.select(*others, to)


class DrawDrag:
    """The pencil: a point on every grid line that the mouse passes."""

    def __init__(self, model: LaneModel, geometry: LaneGeometry, grip: Place) -> None:
        self._model, self._geometry = model, geometry
        self._drawn: dict[int, float] = {}
        self._last = grip
        self.move(grip)

    def move(self, place: Place) -> None:
        """More points, also where the mouse went too fast to be seen."""
        timeline, before = self._geometry.timeline, self._last
        steps = max(1, int(abs(place.x - before.x)))
        for step in range(1, steps + 1):
            share = step / steps
            x = before.x + (place.x - before.x) * share
            y = before.y + (place.y - before.y) * share
            tick = self._model.snapped(max(0.0, timeline.tick_at(x)), bypass=place.bypass)
            self._drawn[tick] = self._geometry.value_at(y)
        self._last = place
        last = self._model.snapped(max(0.0, timeline.tick_at(place.x)), bypass=place.bypass)
        self._model.preview_draw(self._drawn, (last, self._drawn[last]))

    def drop(self) -> None:
        """One edit."""
        self._model.commit()


class EraseDrag:
    """The eraser: the points between press and mouse."""

    def __init__(self, model: LaneModel, geometry: LaneGeometry, grip: Place) -> None:
        self._model, self._geometry, self._grip = model, geometry, grip
        self.move(grip)

    def move(self, place: Place) -> None:
        """Show the curve without them."""
        near = 5.0
        left, right = sorted((self._grip.x, place.x))
        timeline = self._geometry.timeline
        start, end = round(timeline.tick_at(left - near)), round(timeline.tick_at(right + near))
        value = self._geometry.value_at(place.y)
        self._model.preview_erase(max(0, start), max(0, end), (round(timeline.tick_at(place.x)), value))

    def drop(self) -> None:
        """One edit."""
        self._model.commit()


class SpanDrag:
    """The range tool: a span of the song and the points in it are selected."""

    def __init__(self, model: LaneModel, geometry: LaneGeometry, grip: Place) -> None:
        self._model, self._geometry = model, geometry
        self._start = model.snapped(max(0.0, geometry.timeline.tick_at(grip.x)), bypass=grip.bypass)

    def move(self, place: Place) -> None:
        """Select as far as here."""
        tick = max(0.0, self._geometry.timeline.tick_at(place.x))
        self._model.select_span(self._start, self._model.snapped(tick, bypass=place.bypass))

    def drop(self) -> None:
        """It stays selected."""


Drag = PointDrag | DrawDrag | EraseDrag | SpanDrag
