"""The true peak of sound that comes block by block. See `_true_peak` for the measure and its source."""

import math

import numpy as np
from numpy.typing import NDArray

from ._audio import Audio
from ._gain import gain_to_db
from ._true_peak import REACH, ROW, interpolator, overshoot

_HISTORY = 2 * REACH - 1
_ROWS = 32
"""Rows of one matrix product: of more, the BLAS library would wake its threads, and wait for them."""


class LiveTruePeak:
    """The largest true peak so far, and since the last ask.

    A peak between two samples is known 24 samples later, when the interpolator can see its surroundings.

    Args:
        channels: of every block.
    """

    def __init__(self, channels: int = 2) -> None:
        self._channels = channels
        self._largest = 0.0
        self._recent = 0.0
        self.reset()

    @property
    def max_dbtp(self) -> float:
        """The largest since the start or `reset`; −inf for silence."""
        return gain_to_db(max(self._largest, self._recent))

    def take_dbtp(self) -> float:
        """The largest since the last call of this; −inf for silence."""
        recent, self._recent = self._recent, 0.0
        self._largest = max(self._largest, recent)
        return gain_to_db(recent)

    def reset(self) -> None:
        """Forget all sound heard."""
        self._largest = self._recent = 0.0
        self._heard: Audio = np.zeros((self._channels, _HISTORY), np.float32)
        self._heard_peak = 0.0

    def add(self, block: Audio) -> None:
        """Hear more.

        Args:
            block: [channels, frames] float32 of any length.
        """
        frames = block.shape[1]
        if not frames:
            return
        peak = max(float(block.max()), -float(block.min()))
        if not math.isfinite(peak):
            return
        sound = np.concatenate([self._heard, block], axis=1)
        # Where even the worst interpolation stays below what was found already, none is needed.
        if max(peak, self._heard_peak) * overshoot() > self._recent:
            self._recent = max(self._recent, peak)
            for channel in sound:
                self._between(channel, frames)
        self._heard = sound[:, frames:]
        self._heard_peak = max(float(self._heard.max()), -float(self._heard.min()))

    def _between(self, channel: NDArray[np.float32], gaps: int) -> None:
        rows = -(-gaps // ROW)
        padded = np.zeros(rows * ROW + _HISTORY, np.float32)
        padded[: len(channel)] = channel
        windows = np.lib.stride_tricks.sliding_window_view(padded, ROW + _HISTORY)[::ROW]
        for at in range(0, rows, _ROWS):
            points = windows[at : at + _ROWS] @ interpolator()
            if at + _ROWS >= rows and gaps % ROW:
                # Gaps beyond the last sample are not filled yet; the next block brings them.
                points[-1].reshape(-1, ROW)[:, gaps % ROW :] = 0.0
            self._recent = max(self._recent, float(points.max()), -float(points.min()))
