"""Drags in the lane below the notes: stems are pulled, curves and lines are drawn."""

from bisect import insort

import numpy as np

from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from ._edits import RollEdits
from ._gestures import Held
from ._lane_geometry import LaneGeometry
from ._note_arrays import NoteArrays
from ._preview import Preview
from ._view_model import RollModel

STEM_PX = 5.0
"""So near to a stem the mouse takes it."""
_DRAWN_EVERY_TICKS = PPQ // 32


def stem_at(model: RollModel, lane: LaneGeometry, x: float, y: float) -> Note | None:
    """The note whose stem's head is nearest, selected ones first."""
    arrays = model.arrays
    xs = (arrays.starts + model.zero - model.geometry.left_tick) * model.geometry.px_per_tick
    near = np.flatnonzero(np.abs(xs + 2 - x) <= STEM_PX)
    if not len(near):
        return None
    chosen = near[model.selected_mask[near]]
    near = chosen if len(chosen) else near
    heads = np.array([lane.y_of(velocity) for velocity in arrays.velocities[near].tolist()])
    return arrays.notes[int(near[int(np.argmin(np.abs(heads - y)))])]


class PullStems:
    """One stem up or down, and with it all that are selected, their differences staying."""

    def __init__(self, model: RollModel, edits: RollEdits, lane: LaneGeometry, note: Note, y: float) -> None:
        self._model, self._edits, self._lane, self._note, self._y = model, edits, lane, note, y
        self._by = 0

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Show how loud they would be."""
        way = (self._y - y) * (0.25 if held.shift else 1.0)
        wanted = self._lane.value_at(self._lane.y_of(self._note.velocity) - way)
        self._by = wanted - self._note.velocity
        pulled = [_with_velocity(note, note.velocity + self._by) for note in self._model.selected]
        self._model.set_preview(Preview(pulled, self._model.selected, text=str(wanted), is_lane=True))

    def drop(self) -> None:
        """Make them so."""
        if self._by:
            self._edits.shift_velocity(self._by)
            self._model.last_velocity = max(1, min(127, self._note.velocity + self._by))


class _Stroke:
    """Points of a freehand stroke, or the two ends of a line; Shift makes a line too."""

    def __init__(self, model: RollModel, lane: LaneGeometry, x: float, y: float) -> None:
        self._model, self._lane = model, lane
        self._first = self._point(x, y)
        self._points = [self._first]
        self.is_line = False

    def to(self, x: float, y: float, held: Held) -> None:
        """One more point, or another end of the line."""
        self.is_line = self._model.lane_is_line or held.shift
        self._points.append(self._point(x, y))

    def points(self) -> list[tuple[int, int]]:
        """By time; of a freehand stroke that turned back, the later point counts."""
        if self.is_line:
            return sorted((self._first, self._points[-1]))
        kept: list[tuple[int, int]] = []
        before = self._first
        for point in self._points:
            low, high = sorted((before[0], point[0]))
            kept = [each for each in kept if not low <= each[0] <= high or each == before]
            if point not in kept:
                insort(kept, point)
            before = point
        return sorted(dict(kept).items())

    def _point(self, x: float, y: float) -> tuple[int, int]:
        tick = round(self._model.geometry.tick_at(x) - self._model.zero)
        return max(0, tick), self._lane.value_at(y)


class DrawVelocities:
    """A stroke over the stems: those selected, or all when none is."""

    def __init__(self, model: RollModel, edits: RollEdits, lane: LaneGeometry, x: float, y: float) -> None:
        self._model, self._edits = model, edits
        self._stroke = _Stroke(model, lane, x, y)
        self._lane = lane
        # A stem under the press is meant, though its note starts a little beside.
        self._slack = round(STEM_PX / model.geometry.px_per_tick)

    def to(self, x: float, y: float, held: Held) -> None:
        """Show what the stroke would make of them."""
        self._stroke.to(x, y, held)
        self.show()

    def show(self) -> None:
        """The stems as they would be."""
        points = self._widened()
        chosen = self._notes(points)
        ticks, values = zip(*points, strict=True)
        drawn = [
            _with_velocity(note, round(float(np.interp(note.start_ticks, ticks, values)))) for note in chosen
        ]
        self._model.set_preview(Preview(drawn, chosen, text=str(points[-1][1]), is_lane=True))

    def drop(self) -> None:
        """Make them so."""
        points = self._widened()
        chosen = self._notes(points)
        if chosen:
            selected = self._model.selected
            self._edits.draw_velocity(chosen, points)
            if not selected:
                self._model.select_none()

    def _notes(self, points: list[tuple[int, int]]) -> tuple[Note, ...]:
        model = self._model
        arrays = NoteArrays(model.selected) if model.selected else model.arrays
        return arrays.at((arrays.starts >= points[0][0]) & (arrays.starts <= points[-1][0]))

    def _widened(self) -> list[tuple[int, int]]:
        points = self._stroke.points()
        first, last = points[0], points[-1]
        return [(first[0] - self._slack, first[1]), *points, (last[0] + self._slack, last[1])]


class DrawControls:
    """A stroke of controller moves."""

    def __init__(self, model: RollModel, edits: RollEdits, lane: LaneGeometry, x: float, y: float) -> None:
        self._model, self._edits = model, edits
        self._stroke = _Stroke(model, lane, x, y)
        self.show()

    def to(self, x: float, y: float, held: Held) -> None:
        """Show the stroke."""
        self._stroke.to(x, y, held)
        self.show()

    def show(self) -> None:
        """The curve as it would be."""
        points = self._sampled()
        self._model.set_preview(Preview(points=points, text=str(points[-1][1]), is_lane=True))

    def drop(self) -> None:
        """Draw it."""
        self._edits.draw_controls(self._sampled())

    def _sampled(self) -> list[tuple[int, int]]:
        """A move every 1/128, where the value is another: controllers know no ramps."""
        points = self._stroke.points()
        ticks, values = [tick for tick, _ in points], [value for _, value in points]
        grid = [*range(ticks[0], ticks[-1], _DRAWN_EVERY_TICKS), ticks[-1]]
        sampled: list[tuple[int, int]] = []
        for tick, value in zip(
            grid, np.interp(grid, ticks, values).round().astype(int).tolist(), strict=True
        ):
            if not sampled or sampled[-1][1] != value:
                sampled.append((tick, value))
        # The stroke's last tick too: what was drawn before gives way up to here.
        if sampled[-1][0] != ticks[-1]:
            sampled.append((ticks[-1], values[-1]))
        return sampled


class EraseControls:
    """Controller moves go where the mouse passes."""

    def __init__(self, model: RollModel, edits: RollEdits, x: float) -> None:
        self._model, self._edits = model, edits
        tick = round(model.geometry.tick_at(x) - model.zero)
        slack = round(STEM_PX / model.geometry.px_per_tick)
        self._low, self._high = tick - slack, tick + slack
        self._slack = slack
        self._show()

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Show the span."""
        tick = round(self._model.geometry.tick_at(x) - self._model.zero)
        self._low, self._high = min(self._low, tick - self._slack), max(self._high, tick + self._slack)
        self._show()

    def drop(self) -> None:
        """Take them out."""
        self._edits.delete_controls(self._low, self._high)

    def _show(self) -> None:
        self._model.set_preview(Preview(erased=(self._low, self._high), is_lane=True))


def _with_velocity(note: Note, velocity: int) -> Note:
    return Note(note.start_ticks, note.length_ticks, note.pitch, max(1, min(127, velocity)))
