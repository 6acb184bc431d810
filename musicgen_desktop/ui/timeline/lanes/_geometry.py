"""Where sections, chords, changes and the ruler's parts lie. Numbers in, numbers out."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
from PySide6.QtCore import QPointF, QRectF

from musicgen_desktop.document import Marker, Project
from musicgen_desktop.timing import MeterMap
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.timeline._view_state import SongLane

HEIGHTS: dict[SongLane, int] = {
    "sections": 22, "chords": 24, "key": 20, "meter": 20, "tempo": 44, "ruler": 43,
}  # fmt: skip
BRACE_PX = 16
"""The ruler's upper part: loop and markers. The lower part counts bars."""
EDGE_PX = 6.0
POINT_PX = 7.0

_LEAST_BPM_SPAN = 40.0
_CLOSEST_LABELS_PX = 46.0
_CLOSEST_BEATS_PX = 9.0
_CLOSEST_BEAT_LABELS_PX = 44.0
_FLAG_LETTER_PX, _FLAG_PX = 6.6, 22.0
_LONGEST_FLAG_PX = 130.0


class Lane(msgspec.Struct, frozen=True):
    """One lane: its name and where it lies, in pixels from the top of the view."""

    name: SongLane
    top: int
    height: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.top + self.height


class RulerLine(msgspec.Struct, frozen=True):
    """A line of the ruler: a bar or a beat, its label and the time below it; empty without room."""

    tick: int
    is_bar: bool
    text: str = ""
    shows_time: bool = False


class LanesGeometry(msgspec.Struct, frozen=True):
    """All lanes over one zoom and place.

    Attributes:
        timeline: zoom and place.
        lanes: from top to bottom, without gaps.
        width: of the view, in pixels.
        low_bpm, high_bpm: the lower and the upper end of the tempo lane.
    """

    timeline: TimelineGeometry
    lanes: tuple[Lane, ...]
    width: int
    low_bpm: float = 60.0
    high_bpm: float = 180.0

    @classmethod
    def of(
        cls, timeline: TimelineGeometry, names: tuple[SongLane, ...], width: int, project: Project
    ) -> "LanesGeometry":
        """The lanes of these names, one below the other."""
        lanes: list[Lane] = []
        top = 0
        for name in names:
            lanes.append(Lane(name, top, HEIGHTS[name]))
            top += HEIGHTS[name]
        low, high = bpm_range(project)
        return cls(timeline, tuple(lanes), width, low, high)

    @property
    def height(self) -> int:
        """Of all lanes together."""
        return self.lanes[-1].bottom if self.lanes else 0

    def lane(self, name: SongLane) -> Lane | None:
        """A lane by its name; None when it is not shown."""
        return next((each for each in self.lanes if each.name == name), None)

    def lane_at(self, y: float) -> Lane | None:
        """The lane under a place."""
        return next((each for each in self.lanes if each.top <= y < each.bottom), None)

    def span_rect(self, lane: Lane, start: float, end: float) -> QRectF:
        """The box of a span of time in a lane, its lower line left free."""
        left, right = self.timeline.x_of(start), self.timeline.x_of(end)
        return QRectF(left, lane.top + 1.0, right - left, lane.height - 2.0)

    def brace_rect(self, start: float, end: float) -> QRectF:
        """The loop's brace, along the top of the ruler."""
        top = self._ruler_top
        left, right = self.timeline.x_of(start), self.timeline.x_of(end)
        return QRectF(left, top + 3.0, right - left, BRACE_PX - 6.0)

    def flag_rect(self, marker: Marker, after: Marker | None) -> QRectF:
        """A marker's flag; it ends where the next one begins."""
        left = self.timeline.x_of(marker.tick)
        width = min(_LONGEST_FLAG_PX, _FLAG_PX + _FLAG_LETTER_PX * len(marker.name))
        if after is not None:
            width = min(width, max(10.0, self.timeline.x_of(after.tick) - left - 1.0))
        return QRectF(left, self._ruler_top + 1.0, width, BRACE_PX - 2.0)

    def end_rect(self, project: Project) -> QRectF:
        """The handle of the song's end, at the foot of the ruler."""
        x = self.timeline.x_of(project.length_ticks)
        return QRectF(x - 9.0, self._ruler_bottom - 15.0, 11.0, 15.0)

    def point_at(self, tick: float, bpm: float) -> QPointF:
        """A point of the tempo lane."""
        lane = self.lane("tempo")
        top, height = (lane.top, lane.height) if lane is not None else (0, 1)
        share = (bpm - self.low_bpm) / (self.high_bpm - self.low_bpm)
        return QPointF(self.timeline.x_of(tick), top + height - 7.0 - share * (height - 14.0))

    def bpm_at(self, y: float) -> float:
        """The tempo that a place in the tempo lane means; beyond the lane's ends too."""
        lane = self.lane("tempo")
        top, height = (lane.top, lane.height) if lane is not None else (0, 15)
        share = (top + height - 7.0 - y) / (height - 14.0)
        return self.low_bpm + share * (self.high_bpm - self.low_bpm)

    @property
    def bpm_per_px(self) -> float:
        """How much tempo one pixel is."""
        return abs(self.bpm_at(1.0) - self.bpm_at(0.0))

    @property
    def _ruler_top(self) -> int:
        ruler = self.lane("ruler")
        return ruler.top if ruler is not None else 0

    @property
    def _ruler_bottom(self) -> int:
        ruler = self.lane("ruler")
        return ruler.bottom if ruler is not None else 0


def bpm_range(project: Project) -> tuple[float, float]:
    """A range in which all tempi of a song have room to move."""
    tempi = [point.bpm for point in project.tempo_map.points]
    middle = (min(tempi) + max(tempi)) / 2.0
    half = max(_LEAST_BPM_SPAN / 2.0, (max(tempi) - min(tempi)) * 0.65)
    return middle - half, middle + half


def spans(ticks: list[int], end: float) -> Iterator[tuple[int, float]]:
    """From each change to the next one, the last to an end."""
    yield from pairwise(ticks)
    if ticks:
        yield ticks[-1], max(float(ticks[-1] + 1), end)


def ruler_lines(meters: MeterMap, timeline: TimelineGeometry, width: int) -> list[RulerLine]:
    """The bars and beats that are drawn, with labels as far as there is room for them."""
    start, end = max(0, int(timeline.tick_at(-120.0))), timeline.tick_at(width)
    if end <= 0.0:
        return []
    lines: list[RulerLine] = []
    scale = timeline.px_per_tick
    step = _bars_step(meters.meter_at(start).bar_ticks * scale)
    bar = meters.bar_of(start)
    bar -= (bar - 1) % step
    last_label = -1e9
    while (tick := meters.tick_of_bar(bar)) < end:
        after = meters.tick_of_bar(bar + step)
        x = timeline.x_of(tick)
        # Where the meter changes to a shorter one, labels thin out by themselves.
        has_room = x - last_label >= _CLOSEST_LABELS_PX - 1.0
        lines.append(RulerLine(tick, True, str(bar) if has_room else "", has_room))  # noqa: FBT003
        if has_room:
            last_label = x
        beat = meters.meter_at(tick).beat_ticks
        if step == 1 and beat * scale >= _CLOSEST_BEATS_PX:
            has_labels = beat * scale >= _CLOSEST_BEAT_LABELS_PX
            lines.extend(
                RulerLine(each, False, f"{bar}.{number}" if has_labels else "")  # noqa: FBT003
                for number, each in enumerate(range(tick + beat, after, beat), 2)
            )
        bar += step
    return lines


def _bars_step(px_per_bar: float) -> int:
    step = 1
    while step * px_per_bar < _CLOSEST_LABELS_PX:
        step *= 2
    return step
