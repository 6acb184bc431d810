"""The lanes by keyboard: from thing to thing, from lane to lane, and a thing along the grid."""

from collections.abc import Callable

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import SongLane, TimelineState

from ._drags import Grip, drag_of
from ._geometry import LanesGeometry
from ._hit import Hit, neighbour, rect_of
from ._view_model import LanesModel

_KEYED_BY_TICK = ("chords", "key", "meter", "tempo")


class LaneWalk:
    """Where the keys are: `lane`, and what the model has selected in it.

    Args:
        bridges: of the window.
        state: of the timeline.
        model: of the lanes.
        geometry: where everything lies now.
    """

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        model: LanesModel,
        geometry: Callable[[], LanesGeometry],
    ) -> None:
        self._bridges, self._state, self._model, self._geometry = bridges, state, model, geometry
        self.lane: SongLane = "sections"

    def step(self, by: int) -> Hit | None:
        """Select the next thing of the lane, or the one before; it is scrolled into view."""
        geometry = self._geometry()
        lane = geometry.lane(self.lane) or geometry.lanes[0]
        hit = neighbour(self._model.project, geometry, self._model.selected, lane, by)
        self._model.select(hit)
        if hit is not None:
            box = rect_of(self._model.project, geometry, hit)
            start, end = (max(0.0, geometry.timeline.tick_at(x)) for x in (box.left(), box.right()))
            self._state.reveal(start, end)
        return hit

    def change_lane(self, by: int) -> None:
        """To the lane below or above."""
        names = self._state.song_lanes
        at = names.index(self.lane) if self.lane in names else 0
        self.lane = names[min(len(names) - 1, max(0, at + by))]
        self._model.select(None)

    def nudge(self, by: int) -> None:
        """Move the selected thing by grid steps; keys and meters by bars."""
        hit, model, timeline = self._model.selected, self._model, self._state.geometry
        if hit is None:
            return
        body = Hit(hit.lane, "body" if hit.part in ("start", "end") else hit.part, hit.key)
        meters = model.project.meter_map
        step = self._bridges.snap.step_ticks(timeline.px_per_tick, meters)
        if hit.lane in ("key", "meter"):
            step = meters.meter_at(hit.tick).bar_ticks
        is_keyed = hit.lane in _KEYED_BY_TICK
        geometry = self._geometry()
        left = rect_of(model.project, geometry, body).left()
        start = float(hit.tick) if is_keyed else geometry.timeline.tick_at(left)
        drag = drag_of(model.project, body, Grip(start, 0.0), model.snapped, geometry.bpm_per_px)
        if drag is None:
            return
        model.begin(drag)
        model.drag_to(Grip(max(0.0, start + by * step), 0.0, bypass=True))
        outcome = model.outcome
        model.drop()
        if outcome is not None and is_keyed:
            model.select(Hit(body.lane, body.part, str(outcome.tick)))
