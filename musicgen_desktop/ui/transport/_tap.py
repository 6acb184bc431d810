"""A tempo from taps."""

_FORGET_S = 2.5
_MOST = 8


class TapTempo:
    """Averages the last taps; a pause of 2.5 s begins anew."""

    def __init__(self) -> None:
        self._taps: list[float] = []

    def tap(self, now_s: float) -> float | None:
        """One tap at a time in seconds. The tempo in beats per minute, from the second tap on."""
        if self._taps and now_s - self._taps[-1] > _FORGET_S:
            self._taps.clear()
        self._taps = [*self._taps[1 - _MOST :], now_s]
        if len(self._taps) < 2 or self._taps[-1] <= self._taps[0]:
            return None
        return 60.0 * (len(self._taps) - 1) / (self._taps[-1] - self._taps[0])
