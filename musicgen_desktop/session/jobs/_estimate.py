"""How long a job will still take, without a number that jumps."""

_KNOWN_AFTER_S = 0.5
_KNOWN_FROM = 0.03
_SHARE_OF_NEW = 0.25


class RemainingTime:
    """Guesses from the share done, and lets each guess move the last one only a little."""

    def __init__(self) -> None:
        self._eta_s: float | None = None
        self._at_s = 0.0

    def told(self, elapsed_s: float, done: float) -> float | None:
        """The seconds left after so many; None as long as a guess would be worth nothing."""
        if elapsed_s < _KNOWN_AFTER_S or done < _KNOWN_FROM:
            return None
        guess = elapsed_s * (1.0 - min(done, 1.0)) / done
        if self._eta_s is None:
            self._eta_s = guess
        else:
            passed = max(0.0, self._eta_s - (elapsed_s - self._at_s))
            self._eta_s = passed + _SHARE_OF_NEW * (guess - passed)
        self._at_s = elapsed_s
        return self._eta_s

    def at(self, elapsed_s: float) -> float | None:
        """The last guess, less what has passed since."""
        return None if self._eta_s is None else max(0.0, self._eta_s - (elapsed_s - self._at_s))
