"""How the song's stream has to run so that it is heard together with a master clock."""

import math
from collections.abc import Callable
from typing import NamedTuple

from musicgen_desktop.playback.realtime import MOST_SPEED
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import MasterClock, TempoMap

_SLOWEST = 1.0 / MOST_SPEED
_CALM_S, _QUICK_S = 0.4, 0.15
"""In so much time a small and a large deviation are made up for: a small one may be the master's jitter."""
_SMALL_S, _LARGE_S = 0.001, 0.004


class _Lap(NamedTuple):
    """From this place on, the song runs along a course, so much further on."""

    first: float
    course: Playhead
    shift: float


class Pace:
    """One course of the song, tied to a master's places.

    Args:
        read: the newest that is known of the master; called by the render thread, and never waits.
        course: of the song.
        tempo_map: of the song.
        rate: frames per second.
        offset: the song's place less the master's, in the master's unit.
    """

    def __init__(
        self,
        read: Callable[[], MasterClock],
        course: Playhead,
        tempo_map: TempoMap,
        rate: int,
        offset: float = 0.0,
    ) -> None:
        self._read = read
        self._tempo, self._rate = tempo_map, rate
        self._offset = offset
        self._laps: tuple[_Lap, ...] = (_Lap(-math.inf, course, 0.0),)
        self._last: MasterClock | None = None
        self.late_s = 0.0
        """By how much the song lags behind the master just now; negative when it is ahead."""
        self.is_out_of_reach = False
        """The master is faster or slower than the song can be played."""

    def clock_at(self, moment_s: float) -> float | None:
        """The frame of the song's stream that is to be heard at a moment; None before the master runs.

        When the master has stopped or is lost, the song runs on as it did until it is told to stop.
        """
        master = self._read()
        if master.state == "rolling":
            self._last = master
        if self._last is None:
            return None
        place = self._last.place_at(moment_s) + self._offset
        lap = next(each for each in reversed(self._laps) if each.first <= place)
        return self._clock_of(lap.course, place + lap.shift)

    def turn(self, course: Playhead) -> None:
        """From the course's clock on the song goes another way: its loop was changed."""
        lap = self._laps[-1]
        before = self._place_of(lap.course, course.clock)
        self._laps = (
            *self._laps,
            _Lap(before - lap.shift, course, self._unit(course.place) - before + lap.shift),
        )

    def speed_from(self, clock: float, moment_s: float, frames: int) -> float:
        """How fast the next frames should be played.

        Args:
            clock: the frame of the song's stream that would be heard first.
            moment_s: when.
            frames: of the device's clock.

        Returns:
            Frames of the stream for each of the device's, 1 / `MOST_SPEED` … `MOST_SPEED`.
        """
        wanted, later = self.clock_at(moment_s), self.clock_at(moment_s + frames / self._rate)
        if wanted is None or later is None:
            return 1.0
        self.late_s = late_s = (wanted - clock) / self._rate
        share = min(max((abs(late_s) - _SMALL_S) / (_LARGE_S - _SMALL_S), 0.0), 1.0)
        speed = (later - wanted) / frames
        self.is_out_of_reach = not _SLOWEST <= speed <= MOST_SPEED
        speed += late_s / (_CALM_S + share * (_QUICK_S - _CALM_S))
        return min(max(speed, _SLOWEST), MOST_SPEED)

    def _clock_of(self, course: Playhead, place: float) -> float:
        """The frame of the stream at a place of the song that runs on straight when the course turns back."""
        if course.loop is None or not course.turns:
            return course.clock + self._frame(place) - course.place
        first, end = course.loop
        if place < (last := self._unit(end)):
            return course.clock + self._frame(place) - course.place
        laps, rest = divmod(place - last, last - self._unit(first))
        in_lap = self._frame(self._unit(first) + rest) - first
        return course.clock + end - course.place + laps * (end - first) + in_lap

    def _place_of(self, course: Playhead, clock: int) -> float:
        """The inverse of it."""
        frame = course.place + clock - course.clock
        if course.loop is None or not course.turns or frame < course.loop[1]:
            return self._unit(frame)
        first, end = course.loop
        laps, rest = divmod(frame - end, end - first)
        lap = self._unit(end) - self._unit(first)
        return self._unit(end) + laps * lap + self._unit(first + rest) - self._unit(first)

    @property
    def _is_in_seconds(self) -> bool:
        return self._last is not None and self._last.unit == "seconds"

    def _frame(self, place: float) -> float:
        return (place if self._is_in_seconds else self._tempo.seconds_at(place)) * self._rate

    def _unit(self, frame: int) -> float:
        seconds = frame / self._rate
        return seconds if self._is_in_seconds else self._tempo.tick_at(seconds)
