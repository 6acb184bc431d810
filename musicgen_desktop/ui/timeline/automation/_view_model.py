"""What an automation lane shows besides its curve, and what one can do to it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import AutomationPoint, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.timing import PPQ
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._edits import (
    Shape,
    delete_span,
    delete_ticks,
    draw_points,
    move_points,
    put_point,
    shape_points,
)
from ._knob import LaneKnob, lane_knob


class LaneModel(QObject):
    """State and intent of one lane. A drag shows the curve that it would make, and asks for it at its end."""

    changed = Signal()

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        track_id: str,
        target: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.track_id, self.target = track_id, target
        self.selected: tuple[int, ...] = ()
        """Ticks of the selected points; the last one is the current one."""
        self.guide: tuple[int, float] | None = None
        """Tick and value of where a drag would land."""
        self._preview: Edit | None = None
        bridges.project.changed.connect(self._on_project)  # no lambda: it ends with the lane

    @property
    def project(self) -> Project:
        """As it is."""
        return self._bridges.project.project

    @property
    def lane(self) -> LaneKnob | None:
        """The knob with the curve as it is."""
        return lane_knob(self.project, self.track_id, self.target)

    @property
    def shown(self) -> LaneKnob | None:
        """The knob with the curve as the drag under way would make it."""
        project = self.project if self._preview is None else self._preview.project
        return lane_knob(project, self.track_id, self.target)

    @property
    def color(self) -> str:
        """The track's colour; empty for none."""
        return self.project.track(self.track_id).color

    def snapped(self, tick: float, *, bypass: bool = False) -> int:
        """Where a tick lands on the grid."""
        scale = self._state.geometry.px_per_tick
        return self._bridges.snap.snapped(tick, scale, self.project.meter_map, bypass=bypass)

    @property
    def step_ticks(self) -> int:
        """From grid line to grid line; a sixteenth when the grid is off."""
        step = self._bridges.snap.step_ticks(self._state.geometry.px_per_tick, self.project.meter_map)
        return PPQ // 4 if step == 1 else step

    def select(self, *ticks: int) -> None:
        """These points."""
        self.selected = ticks
        self.changed.emit()

    def select_span(self, start: int, end: int) -> None:
        """A span of the song, and the points in it."""
        self._bridges.selection.select_span(start, end)
        first, last = sorted((start, end))
        self.select(*(point.tick for point in self.points if first <= point.tick <= last))

    @property
    def points(self) -> tuple[AutomationPoint, ...]:
        """As they are."""
        lane = self.lane
        return () if lane is None or lane.curve is None else lane.curve.points

    @property
    def span(self) -> tuple[int, int] | None:
        """The selected span of time."""
        return self._bridges.selection.span

    def preview_put(self, tick: int, value: float, *, replaces: int | None = None) -> None:
        """Show a point there."""
        shape: Shape = "linear"
        for point in self.points:
            if point.tick == replaces:
                shape = point.curve
        self._show(
            lambda project: put_point(
                project, self.track_id, self.target, tick, value, shape=shape, replaces=replaces
            ),
            (tick, value),
        )

    def preview_move(self, moves: Iterable[tuple[int, int, float]], guide: tuple[int, float]) -> None:
        """Show points elsewhere: from tick, to tick, value."""
        listed = tuple(moves)
        self._show(lambda project: move_points(project, self.track_id, self.target, listed), guide)

    def preview_draw(self, points: dict[int, float], guide: tuple[int, float]) -> None:
        """Show what the pencil has drawn."""
        drawn = tuple(points.items())
        self._show(lambda project: draw_points(project, self.track_id, self.target, drawn), guide)

    def preview_erase(self, start: int, end: int, guide: tuple[int, float]) -> None:
        """Show the curve without the points of a span."""
        self._show(lambda project: delete_span(project, self.track_id, self.target, start, end + 1), guide)

    def commit(self) -> bool:
        """Ask for what is shown."""
        edit = self._preview
        self.cancel()
        return edit is not None and self._bridges.project.apply(edit)

    def cancel(self) -> None:
        """Show the curve as it is."""
        self._preview, self.guide = None, None
        self.changed.emit()

    def delete(self, *ticks: int) -> None:
        """Take points away."""
        if ticks:
            self._bridges.project.ask(delete_ticks, self.track_id, self.target, ticks)

    def delete_selected_span(self) -> None:
        """Take away all points of the selected span of time."""
        if self.span is not None:
            self._bridges.project.ask(delete_span, self.track_id, self.target, *self.span)

    def shape(self, ticks: Iterable[int], shape: Shape) -> None:
        """Hold, or slope to the next point."""
        self._bridges.project.ask(shape_points, self.track_id, self.target, tuple(ticks), shape)

    def type_value(self, tick: int, text: str) -> bool:
        """Take a typed value for a point, or for a new one; False when it is none."""
        lane = self.lane
        if lane is None:
            return False
        try:
            value = lane.read(text)
        except ValueError:
            sentence = self.tr("This is no value: type a number, like {example}.")
            self._bridges.project.refused.emit(sentence.format(example=lane.text_of(lane.standing)))
            return False
        there = any(point.tick == tick for point in self.points)
        if there:
            return self._bridges.project.ask(move_points, self.track_id, self.target, ((tick, tick, value),))
        return self._bridges.project.ask(put_point, self.track_id, self.target, tick, value)

    def nudge(self, ticks: int, share: float) -> None:
        """Move the selected points in time and by a share of the range."""
        lane = self.lane
        if lane is None or not self.selected:
            return
        by = max(ticks, -min(self.selected))
        moves = [
            (point.tick, point.tick + by, lane.value_of(lane.share_of(point.value) + share))
            if share
            else (point.tick, point.tick + by, point.value)
            for point in self.points
            if point.tick in self.selected
        ]
        if self._bridges.project.ask(move_points, self.track_id, self.target, moves):
            self.select(*(tick for _, tick, _ in moves))

    def walk(self, step: int) -> None:
        """Let the point before or behind be the current one."""
        ticks = [point.tick for point in self.points]
        if not ticks:
            return
        now = self.selected[-1] if self.selected else -1
        at = ticks.index(now) + step if now in ticks else 0
        self.select(ticks[min(len(ticks) - 1, max(0, at))])
        self._state.reveal(self.selected[-1])

    def add_at_play_head(self) -> None:
        """A point where the play head is, at the value that holds there."""
        lane = self.lane
        if lane is not None:
            tick = round(self._bridges.player.tick)
            value = lane.value_at(tick)
            if self._bridges.project.ask(put_point, self.track_id, self.target, tick, value):
                self.select(tick)

    def _show(self, command: Callable[[Project], Edit], guide: tuple[int, float]) -> None:
        try:
            self._preview = command(self.project)
        except UserInputError:
            return
        self.guide = guide
        self.changed.emit()

    def _on_project(self) -> None:
        self._preview, self.guide = None, None
        there = {point.tick for point in self.points}
        self.selected = tuple(each for each in self.selected if each in there)
        self.changed.emit()
