"""Sound played a little faster or slower, as a tape would: the song runs with another machine."""

from collections.abc import Callable

import numpy as np

from musicgen_desktop.dsp import Audio

MOST_SPEED = 1.12
"""The fastest; the slowest is one over it."""

_HALF = 16
_PHASES = 512
_CUTOFF = 0.92
"""Of half the rate: what lies above would come back as another tone where the song runs faster."""
_BETA = 9.0


def _filters() -> Audio:
    """[phases + 1, taps] float32: a Kaiser-windowed sinc for every fraction of a frame, each of gain 1."""
    fractions = np.arange(_PHASES + 1)[:, np.newaxis] / _PHASES
    at = np.arange(1 - _HALF, _HALF + 1)[np.newaxis, :] - fractions
    window = np.i0(_BETA * np.sqrt(np.maximum(1.0 - (at / _HALF) ** 2, 0.0))) / np.i0(_BETA)
    taps = np.sinc(_CUTOFF * at) * window
    filters: Audio = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters


_FILTERS = _filters()


class Varispeed:
    """Takes frames from a source and gives as many as are asked for, at a speed that may change all the time.

    The first frame that it gives is the first one that it took.

    Args:
        channels: of every frame.
    """

    def __init__(self, channels: int = 2) -> None:
        self._held: Audio = np.zeros((_HALF - 1, channels), np.float32)
        self._at = float(_HALF - 1)
        """Where the next frame lies, among those that are held."""
        self._speed: float | None = None

    @property
    def ahead(self) -> float:
        """How many frames were taken beyond the one that is given next."""
        return len(self._held) - self._at

    def given(self, frames: int, speed: float, take: Callable[[int], Audio]) -> Audio:
        """The next frames; the speed glides from that of the last call to this one.

        Args:
            frames: how many.
            speed: source frames for each, at the end of them; 1 / `MOST_SPEED` … `MOST_SPEED`.
            take: hands over the next frames of the source: [n, channels].

        Returns:
            [frames, channels] float32.
        """
        before = speed if self._speed is None else self._speed
        self._speed = speed
        steps = np.arange(frames + 1)
        places = self._at + before * steps + (speed - before) * steps * steps / (2.0 * frames)
        needed = int(places[-2]) + _HALF + 1 - len(self._held)
        if needed > 0:
            self._held = np.concatenate([self._held, take(needed)])
        whole = places[:-1].astype(np.int64)
        phase = (places[:-1] - whole) * _PHASES
        row = phase.astype(np.int64)
        rest = (phase - row).astype(np.float32)[:, np.newaxis]
        taps = _FILTERS[row] + (_FILTERS[row + 1] - _FILTERS[row]) * rest
        windows = np.lib.stride_tricks.sliding_window_view(self._held, 2 * _HALF, axis=0)
        sound: Audio = np.einsum("fct,ft->fc", windows[whole - _HALF + 1], taps, optimize=True)
        over = int(places[-1]) - _HALF + 1
        self._held = self._held[over:]
        self._at = float(places[-1]) - over
        return sound
