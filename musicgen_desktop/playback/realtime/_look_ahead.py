"""How far ahead of the sound card the song is mixed: as little as this machine allows at the moment."""

_NEARLY_EMPTY = 0.3
_REFILLED = 0.6
_GROWTH = 1.5
_CALM_S = 30.0
_SHRINK_MS_PER_S = 1.0


class LookAhead:
    """The wanted filling of the ring between render thread and sound card.

    It grows by half at once when the ring was nearly empty, and again when it ran empty. After half a minute
    of calm it sinks by 1 ms a second, down to where it began. It never falls under two buffers of the device
    and one block of ours: with less, the ring would run empty even if nothing else happened on the machine.

    Args:
        rate: frames per second.
        device_frames: that the sound card takes at once; 0 when it does not say.
        block_frames: that are mixed at once.
        start_ms: where it begins, and where it returns to.
        low_ms: the least.
        high_ms: the most.

    Raises:
        ValueError: when a figure is impossible.
    """

    def __init__(
        self,
        rate: int,
        device_frames: int,
        block_frames: int = 1024,
        start_ms: float = 100.0,
        low_ms: float = 60.0,
        high_ms: float = 300.0,
    ) -> None:
        if rate <= 0 or device_frames < 0 or block_frames <= 0 or not 0.0 < low_ms <= high_ms:
            raise ValueError(
                f"No look-ahead of {low_ms} … {high_ms} ms works at {rate} Hz "
                f"with buffers of {device_frames} and blocks of {block_frames} frames."
            )
        self._rate = rate
        self._least = max(2 * device_frames + block_frames, round(low_ms * rate / 1000.0))
        self._most = max(self._least, round(high_ms * rate / 1000.0))
        self._start = min(max(round(start_ms * rate / 1000.0), self._least), self._most)
        self._target = float(self._start)
        self._trusted = False  # whether a low filling means trouble: not while the ring is being filled
        self._refilling_since = 0
        self._calm_since = 0
        self._shrunk_at = 0

    @property
    def target(self) -> int:
        """Frames that should be queued after each write."""
        return round(self._target)

    @property
    def target_ms(self) -> float:
        """The same in milliseconds, for the eye."""
        return 1000.0 * self._target / self._rate

    def refilling(self, clock: int) -> None:
        """The ring was emptied on purpose (a start, a locate): until it is full again, low is no alarm.

        Args:
            clock: the stream's clock now, in frames; a stream that was opened anew begins at 0.
        """
        self._trusted = False
        self._refilling_since = clock
        self._calm_since = min(self._calm_since, clock)
        self._shrunk_at = min(self._shrunk_at, clock)

    def note(self, clock: int, queued: int) -> int:
        """Told before each write, also when nothing needs to be written.

        Args:
            clock: the stream's clock now, in frames; runs forward.
            queued: frames in the ring that the sound card has not taken yet.

        Returns:
            The target from now on, in frames.
        """
        if not self._trusted:
            # A machine that is too slow to fill the ring in the time it lasts is in trouble as well.
            late = clock - self._refilling_since > 2 * self._target
            self._trusted = late or queued >= _REFILLED * self._target
            if not self._trusted:
                return self.target
        if queued < _NEARLY_EMPTY * self._target:
            self._grow(clock)
        else:
            self._shrink(clock)
        return self.target

    def starved(self, clock: int) -> int:
        """The ring ran empty: silence was heard.

        Args:
            clock: the stream's clock now, in frames.

        Returns:
            The target from now on, in frames.
        """
        self._grow(clock)
        return self.target

    def _grow(self, clock: int) -> None:
        self._target = min(self._target * _GROWTH, float(self._most))
        self._calm_since = self._shrunk_at = clock
        self.refilling(clock)

    def _shrink(self, clock: int) -> None:
        calm_from = self._calm_since + round(_CALM_S * self._rate)
        if clock <= calm_from or self._target <= self._start:
            return
        passed = clock - max(self._shrunk_at, calm_from)
        self._shrunk_at = clock
        # Frames per second are 1000 frames per ms and second: `passed` frames cost a thousandth of them.
        self._target = max(self._target - passed * _SHRINK_MS_PER_S / 1000.0, float(self._start))
