"""How fast musical time passes: ticks ↔ seconds ↔ frames."""

import math
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from musicgen_desktop.foundation import UserInputError

from ._ticks import PPQ

MIN_BPM, MAX_BPM = 20.0, 400.0
"""What a person may ask for."""

_SLOWEST_BPM, _FASTEST_BPM = 5.0, 999.0  # what a value may hold: imported files go further than people do
_SECOND_BPM_PER_TICK = 60.0 / PPQ  # seconds one tick lasts, times BPM
_MOST_TICKS = 2**40  # far beyond any song, and still exact in a float


def check_tempo(bpm: float) -> float:
    """The tempo as given, if a person may ask for it.

    >>> check_tempo(92)
    92.0

    Raises:
        UserInputError: outside `MIN_BPM` … `MAX_BPM`, or not a number.
    """
    if not MIN_BPM <= bpm <= MAX_BPM:
        raise UserInputError(f"Tempo must lie between {MIN_BPM:g} and {MAX_BPM:g} BPM, not {bpm:g}.")
    return float(bpm)


class TempoPoint(msgspec.Struct, frozen=True):
    """From this tick on the tempo is `bpm`, or moves from it to the next point's in a straight line.

    Attributes:
        tick: 0 or later.
        bpm: quarter notes per minute, 5 … 999.
        ramp: BPM runs linearly *in ticks* to the next point; without a next point it has no effect.

    Raises:
        ValueError: for values outside these ranges.
    """

    tick: int
    bpm: float
    ramp: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.tick <= _MOST_TICKS:
            raise ValueError("a tempo point lies at tick 0 or later")
        if not _SLOWEST_BPM <= self.bpm <= _FASTEST_BPM:
            raise ValueError(f"a tempo point has {_SLOWEST_BPM:g} to {_FASTEST_BPM:g} BPM")


class _Span(msgspec.Struct, frozen=True):
    """From one tempo point to the next, or to the end of time. `slope` is BPM per tick."""

    tick: int
    seconds: float
    bpm: float
    slope: float

    def seconds_at(self, tick: float) -> float:
        ticks = tick - self.tick
        return self.seconds + _SECOND_BPM_PER_TICK * ticks / self.bpm * _log1p_ratio(
            self.slope * ticks / self.bpm
        )

    def tick_at(self, seconds: float) -> float:
        scaled = (seconds - self.seconds) / _SECOND_BPM_PER_TICK
        return self.tick + self.bpm * scaled * _expm1_ratio(self.slope * scaled)


def _log1p_ratio(z: float) -> float:
    """log(1 + z) / z, also where it is 0 / 0; log1p keeps every digit of a small z, so flat ramps hold."""
    return math.log1p(z) / z if z else 1.0


def _expm1_ratio(z: float) -> float:
    """(exp(z) - 1) / z, also where it is 0 / 0."""
    return math.expm1(z) / z if z else 1.0


class TempoMap(msgspec.Struct, frozen=True, dict=True):
    """The tempo of a whole song.

    With BPM linear in ticks, b(t) = b₀ + k·t, the time passed is
    ∫ 60 / (PPQ·b) dt = 60 / (PPQ·k) · ln(b / b₀), whose inverse is an exponential; both are closed forms.
    Before tick 0 the first tempo holds, after the last point the last one.

    Attributes:
        points: ascending by tick, no two on one tick, the first at tick 0.

    Raises:
        ValueError: for any other points.
    """

    points: tuple[TempoPoint, ...]

    def __post_init__(self) -> None:
        if not self.points or self.points[0].tick != 0:
            raise ValueError("a tempo map begins with a point at tick 0")
        if any(after.tick <= before.tick for before, after in pairwise(self.points)):
            raise ValueError("tempo points ascend")

    @classmethod
    def constant(cls, bpm: float) -> "TempoMap":
        """One tempo throughout.

        >>> TempoMap.constant(120).seconds_at(960)
        0.5
        """
        return cls((TempoPoint(0, float(bpm)),))

    def seconds_at(self, tick: float) -> float:
        """Seconds from tick 0 to `tick`; negative before it."""
        return self._span_at(tick).seconds_at(tick)

    def tick_at(self, seconds: float) -> float:
        """The inverse of `seconds_at`, not rounded."""
        index = bisect_right(self._second_starts, seconds) - 1
        return self._leading.tick_at(seconds) if index < 0 else self._spans[index].tick_at(seconds)

    def frame_at(self, tick: float, rate: int) -> int:
        """The nearest frame at `rate` frames per second; halves go up."""
        return math.floor(self.seconds_at(tick) * rate + 0.5)

    def tick_at_frame(self, frame: int, rate: int) -> int:
        """The nearest tick; halves go up."""
        return math.floor(self.tick_at(frame / rate) + 0.5)

    def bpm_at(self, tick: float) -> float:
        """The tempo at this moment.

        >>> TempoMap((TempoPoint(0, 100.0, ramp=True), TempoPoint(960, 140.0))).bpm_at(480)
        120.0
        """
        span = self._span_at(tick)
        return span.bpm + span.slope * (tick - span.tick)

    def seconds_between(self, start: float, end: float) -> float:
        """Seconds from tick `start` to tick `end`; negative when `end` comes first."""
        return self.seconds_at(end) - self.seconds_at(start)

    def frames_at(self, ticks: ArrayLike, rate: int) -> NDArray[np.int64]:
        """`frame_at` for a whole array of ticks at once.

        Args:
            ticks: any shape, numbers.
            rate: frames per second.

        Returns:
            int64, same shape.
        """
        at = np.asarray(ticks, np.float64)
        index = np.searchsorted(self._columns[0], at, side="right") - 1
        tick, seconds, bpm, slope = self._columns[:, np.maximum(index, 0)]
        ahead = at - tick
        z = np.where(index < 0, 0.0, slope) * ahead / bpm
        # Where z is 0 the ratio is 1; 1.0 stands in so that nothing is divided by zero.
        ratio = np.where(z == 0.0, 1.0, np.log1p(z) / np.where(z == 0.0, 1.0, z))
        passed = seconds + _SECOND_BPM_PER_TICK * ahead / bpm * ratio
        frames: NDArray[np.int64] = np.floor(passed * rate + 0.5).astype(np.int64)
        return frames

    def _span_at(self, tick: float) -> _Span:
        index = bisect_right(self._tick_starts, tick) - 1
        return self._leading if index < 0 else self._spans[index]

    @cached_property
    def _spans(self) -> tuple[_Span, ...]:
        spans: list[_Span] = []
        seconds = 0.0
        for point, after in pairwise(self.points):
            slope = (after.bpm - point.bpm) / (after.tick - point.tick) if point.ramp else 0.0
            spans.append(_Span(point.tick, seconds, point.bpm, slope))
            seconds = spans[-1].seconds_at(after.tick)
        last = self.points[-1]
        return (*spans, _Span(last.tick, seconds, last.bpm, 0.0))

    @cached_property
    def _leading(self) -> _Span:
        return _Span(0, 0.0, self.points[0].bpm, 0.0)

    @cached_property
    def _tick_starts(self) -> list[int]:
        return [span.tick for span in self._spans]

    @cached_property
    def _second_starts(self) -> list[float]:
        return [span.seconds for span in self._spans]

    @cached_property
    def _columns(self) -> NDArray[np.float64]:
        """[4, points]: tick, seconds, bpm and slope of every span."""
        return np.array([(s.tick, s.seconds, s.bpm, s.slope) for s in self._spans], np.float64).T
