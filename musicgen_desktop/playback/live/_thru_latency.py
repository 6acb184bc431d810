"""When what is written into the live ring is heard, and how long after its key that is."""

import msgspec

_DRIFT = 0.0002  # seconds in a second: more than two clocks drift apart
_SMOOTHING = 0.1


class ThruLatency(msgspec.Struct, frozen=True):
    """From a message to the ear, in milliseconds.

    Attributes:
        notes: how many it was measured for; the rest is 0 before the first one.
        last_ms: of the last note.
        mean_ms: of the last ones, the newer the weightier.
        worst_ms: of all.
        late: messages that came to be heard later than they should.
        underruns: how often the live ring ran empty.
    """

    notes: int = 0
    last_ms: float = 0.0
    mean_ms: float = 0.0
    worst_ms: float = 0.0
    late: int = 0
    underruns: int = 0

    def with_note(self, heard_after_s: float, *, late: bool) -> "ThruLatency":
        """One more."""
        ms = heard_after_s * 1000
        mean = ms if self.notes == 0 else self.mean_ms + _SMOOTHING * (ms - self.mean_ms)
        return ThruLatency(self.notes + 1, ms, mean, max(self.worst_ms, ms), self.late + late, self.underruns)


class RingClock:
    """Knows when a frame of the ring is taken, though frames are taken a whole device block at a time.

    What is seen, now − taken / rate, swings by a block. Its highest values are those just before a block is
    taken; they stand on one line, from which it only falls when the two clocks drift apart.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._zero: float | None = None
        self._seen_at = 0.0

    def see(self, now: float, taken: int) -> None:
        """So many frames are taken by now."""
        seen = now - taken / self._rate
        if self._zero is None:
            self._zero = seen
        else:
            self._zero = max(seen, self._zero - _DRIFT * (now - self._seen_at))
        self._seen_at = now

    def time_of(self, frame: int) -> float:
        """When this frame is taken, at the latest."""
        return (self._zero or 0.0) + frame / self._rate

    def frame_at(self, time: float) -> int:
        """The frame that is taken then."""
        return round((time - (self._zero or 0.0)) * self._rate)
