"""Makes an even clock of one that is learnt from looks at a device, each of which may be late."""

_SOONER_PER_S = 0.005
_LATER_PER_S = 0.0005
_SETTLES_S = 4.0
_LONGEST_STEP_S = 0.1
_FAR_S, _PATIENCE_S = 0.02, 0.5


class SteadyClock:
    """Moves towards what is learnt, slowly enough that nobody who keeps time by it hears it stumble.

    A look can be late, and no look is early: so what says that a frame is heard sooner is believed quickly,
    and what says that it is heard later only slowly; but for the first seconds, in which devices fill buffers
    of their own. What stays far off is another clock: it is taken as it is.

    Args:
        rate: frames per second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._frame = 0
        self._at_s = 0.0
        self._seen_s: float | None = None
        self._far_since: float | None = None
        self._began_s = 0.0

    def forget(self) -> None:
        """Frames lie elsewhere in time from now on: the device starved."""
        self._seen_s = None

    def moment_of(self, frame: int, learnt_s: float, now_s: float) -> float:
        """When a frame is heard.

        Args:
            frame: of the device.
            learnt_s: when it is heard by what was learnt last.
            now_s: when this is asked; on the same clock.
        """
        if self._seen_s is None:
            return self._begin(frame, learnt_s, now_s)
        kept_s = self._at_s + (frame - self._frame) / self._rate
        passed = min(max(now_s - self._seen_s, 0.0), _LONGEST_STEP_S)
        change = learnt_s - kept_s
        if abs(change) <= _FAR_S:
            self._far_since = None
        elif self._far_since is None:
            self._far_since = now_s
        elif now_s - self._far_since > _PATIENCE_S:
            return self._begin(frame, learnt_s, now_s)
        later = _LATER_PER_S if now_s - self._began_s > _SETTLES_S else _SOONER_PER_S
        return self._take(frame, kept_s + min(max(change, -_SOONER_PER_S * passed), later * passed), now_s)

    def _begin(self, frame: int, at_s: float, now_s: float) -> float:
        self._far_since, self._began_s = None, now_s
        return self._take(frame, at_s, now_s)

    def _take(self, frame: int, at_s: float, now_s: float) -> float:
        self._frame, self._at_s, self._seen_s = frame, at_s, now_s
        return at_s
