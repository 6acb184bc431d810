"""MIDI time code out: quarter frames while the song runs, a full frame where it begins or stands."""

import math
from collections.abc import Iterable

from ._stretch import APART_S, Stretch, Timed
from ._timecode import Timecode, TimecodeRate, frames_per_second

_PIECES = 8


class TimecodeSender:
    """What a machine that follows time code has to be sent.

    Eight quarter frames name one time, two frames long; they begin with the first even frame that is due.

    Args:
        rate: of the time code.
        start_s: the time code at bar 1, in seconds.
    """

    def __init__(self, rate: TimecodeRate, start_s: float = 0.0) -> None:
        self._rate, self._start_s = rate, start_s
        self._quarters = 4.0 * frames_per_second(rate)
        self._end: tuple[float, float] | None = None
        self._next = 0

    def locate(self, place_s: float, at_s: float) -> list[Timed]:
        """The song stands somewhere else.

        Args:
            place_s: seconds of the timeline.
            at_s: when that is, on the monotonic clock.
        """
        self._end = None
        frame = max(math.floor(self._quarter(place_s) / 4.0 + 0.001), 0)
        return [Timed(at_s, self._named(frame).full_frame())]

    def advance(self, stretches: Iterable[Stretch], until_s: float) -> list[Timed]:
        """All messages from where the last call ended until this moment, in order.

        Args:
            stretches: how the song runs in this time, in order; nothing where it stands.
            until_s: on the monotonic clock.
        """
        sent: list[Timed] = []
        for stretch in stretches:
            end = self._end
            has_jumped = (
                end is None
                or abs(end[0] - stretch.from_s) > APART_S
                or abs(end[1] - stretch.place_s) > APART_S
            )
            if has_jumped:
                sent += self.locate(stretch.place_s, stretch.from_s)
                first = self._quarter(stretch.place_s)
                self._next = max(math.ceil(first / _PIECES - 0.01), 0) * _PIECES
            while (due_s := stretch.moment(self._next / self._quarters - self._start_s)) < stretch.until_s:
                timecode = self._named(self._next // _PIECES * 2)
                piece = timecode.quarter_frame(self._next % _PIECES)
                sent.append(Timed(max(due_s, stretch.from_s), piece))
                self._next += 1
            self._end = (stretch.until_s, stretch.end_s)
        if self._end is not None and until_s - self._end[0] > APART_S:
            self._end = None
        return sent

    def _quarter(self, place_s: float) -> float:
        return (place_s + self._start_s) * self._quarters

    def _named(self, frame: int) -> Timecode:
        return Timecode.of_frame(frame, self._rate)
