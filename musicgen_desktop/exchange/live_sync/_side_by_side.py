"""Where the frames of a song's device lie among those of the JACK server that the device is."""

import statistics
from collections import deque
from collections.abc import Callable

from musicgen_desktop.timing import ClockReading

_EVERY_S, _KEPT = 0.1, 300
_WRAP = 1 << 32


class SideBySide:
    """Learns how far apart two counts of the same frames are, which stays the same.

    Both are only known by the system's clock, each look a little off; and when the server stumbles, one is
    learnt anew sooner than the other. The middle of half a minute of looks is right all the same.

    Args:
        frame_of: the server's frame at a moment.
        rate: of the server.
    """

    def __init__(self, frame_of: Callable[[float], int], rate: int) -> None:
        self._frame_of, self._rate = frame_of, rate
        self._reading = ClockReading()
        self._apart: deque[int] = deque(maxlen=_KEPT)
        self._middle: float | None = None
        self._look_at = 0.0

    def keep(self, reading: ClockReading) -> None:
        """Go by this reading from now on."""
        before, self._reading = self._reading, reading
        if (before.jack_clock, before.rate) != (reading.jack_clock, reading.rate):
            self._apart.clear()
            self._middle, self._look_at = None, 0.0
        if not reading.jack_clock or reading.rate != self._rate or reading.written_s < self._look_at:
            return
        self._look_at = reading.written_s + _EVERY_S
        apart = self._frame_of(reading.learnt_s) - reading.frame
        if self._apart:  # the server's count begins anew after a day
            apart = (apart - self._apart[-1] + _WRAP // 2) % _WRAP - _WRAP // 2 + self._apart[-1]
        self._apart.append(apart)
        self._middle = statistics.median(self._apart)

    def frame_of(self, at_s: float) -> int:
        """The server's frame at a moment of the song, as the reading tells of it."""
        if self._middle is None:
            return self._frame_of(at_s)
        return round(self._reading.frame_at(at_s) + self._middle)
