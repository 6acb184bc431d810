"""Which frame left for the ear at a moment, though frames leave a whole device block at a time."""

import math

_SPAN_S = 1.0


class EarClock:
    """Learns from looks at the speaker how its frames lie in time.

    `now − played / rate` is least just after a block was taken. A late callback or a late look makes it
    larger, never smaller, so the least of the last seconds is the one to trust; what is older is forgotten,
    for two clocks drift apart.

    Args:
        rate: frames per second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._least = self._least_before = math.inf
        self._span_ends = -math.inf

    def see(self, now: float, played: int) -> None:
        """So many frames had been taken at this moment, or a little after it."""
        if now > self._span_ends:
            self._span_ends = now + _SPAN_S
            self._least_before, self._least = self._least, math.inf
        self._least = min(self._least, now - played / self._rate)

    def frame_at(self, moment: float, device_frames: int) -> int | None:
        """The frame that left at a moment; None before the first look.

        Args:
            moment: on the clock of `see`.
            device_frames: that are taken at once.
        """
        least = min(self._least, self._least_before)
        return None if math.isinf(least) else round((moment - least) * self._rate) - device_frames

    def moment_of(self, frame: int, device_frames: int) -> float | None:
        """The inverse of `frame_at`: when a frame leaves, or left; None before the first look."""
        least = min(self._least, self._least_before)
        return None if math.isinf(least) else least + (frame + device_frames) / self._rate
