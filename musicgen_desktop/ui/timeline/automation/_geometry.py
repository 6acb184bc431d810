"""Where the points and the curve of a lane lie. Numbers in, numbers out."""

import msgspec
from PySide6.QtCore import QPointF

from musicgen_desktop.document import AutomationPoint
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry

from ._knob import LaneKnob

POINT_PX = 7.0
_MARGIN_PX = 6.0
_STEP_PX = 4.0


class LaneGeometry(msgspec.Struct, frozen=True):
    """One lane; x and y are pixels of its own view.

    Attributes:
        timeline: zoom and place.
        lane: the knob and its range.
        width, height: of the view.
    """

    timeline: TimelineGeometry
    lane: LaneKnob
    width: int
    height: int

    def y_of(self, value: float) -> float:
        """Where a value stands."""
        room = max(1.0, self.height - 1.0 - 2.0 * _MARGIN_PX)
        return _MARGIN_PX + (1.0 - self.lane.share_of(value)) * room

    def value_at(self, y: float) -> float:
        """The inverse of `y_of`, held inside the range."""
        room = max(1.0, self.height - 1.0 - 2.0 * _MARGIN_PX)
        return self.lane.value_of(1.0 - (y - _MARGIN_PX) / room)

    def place_of(self, tick: float, value: float) -> QPointF:
        """Where a point lies."""
        return QPointF(self.timeline.x_of(tick), self.y_of(value))

    def point_at(self, x: float, y: float) -> AutomationPoint | None:
        """The point under the mouse, the nearest one of several."""
        if self.lane.curve is None:
            return None
        near: list[tuple[float, AutomationPoint]] = []
        for point in self.lane.curve.points:
            place = self.place_of(point.tick, point.value)
            way = max(abs(place.x() - x), abs(place.y() - y))
            if way <= POINT_PX:
                near.append((way, point))
        return min(near, key=lambda each: each[0])[1] if near else None

    def curve(self, left: float, right: float) -> list[QPointF]:
        """The curve between two x, as a chain of short lines; what holds before the first point included.

        Values move in straight lines in their own unit. On a fader's scale those are bent, so that slopes
        are drawn in small steps.
        """
        automation = self.lane.curve
        if automation is None or not automation.points:
            y = self.y_of(self.lane.standing)
            return [QPointF(left, y), QPointF(right, y)]
        points = automation.points
        chain = [QPointF(left, self.y_of(automation.value_at(self.timeline.tick_at(left))))]
        is_bent = self.lane.is_level or self.lane.is_logarithmic
        for index, point in enumerate(points):
            place = self.place_of(point.tick, point.value)
            if place.x() > right:
                break
            after = points[index + 1] if index + 1 < len(points) else None
            if place.x() >= left:
                # Two points at one tick are a jump: a line straight up or down.
                if index and points[index - 1].curve == "hold":
                    chain.append(QPointF(place.x(), chain[-1].y()))
                chain.append(place)
            if after is None or point.curve == "hold" or not is_bent:
                continue
            chain.extend(self._slope(point, after, max(left, place.x()), right))
        chain.append(QPointF(right, self.y_of(automation.value_at(self.timeline.tick_at(right)))))
        return chain

    def _slope(
        self, point: AutomationPoint, after: AutomationPoint, left: float, right: float
    ) -> list[QPointF]:
        end = min(right, self.timeline.x_of(after.tick))
        if end <= left or after.tick <= point.tick:
            return []
        steps = int((end - left) / _STEP_PX)
        places: list[QPointF] = []
        for step in range(1, steps + 1):
            x = left + step * _STEP_PX
            share = (self.timeline.tick_at(x) - point.tick) / (after.tick - point.tick)
            value = point.value + min(1.0, share) * (after.value - point.value)
            places.append(QPointF(x, self.y_of(value)))
        return places
