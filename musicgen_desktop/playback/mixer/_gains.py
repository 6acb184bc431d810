"""Gains that stand still or move, the same at any block size."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import balance_gains, db_to_gain, pan_gains

from ._curve import Curve, grid_between
from ._effect import Planar
from ._settings import SILENT_DB, SendSettings, StripSettings


class StripGain:
    """Fader, pan and mute: a gain for each side, read on the grid and straight between its places."""

    def __init__(self, settings: StripSettings) -> None:
        self._settings = settings
        self._moves = any((settings.gain_curve, settings.pan_curve, settings.muted_curve))
        law = pan_gains if settings.is_mono else balance_gains
        left, right = law(settings.pan)
        gain = _fader(settings.gain_db)
        self._still = np.array([[left * gain], [right * gain]], np.float32)

    def apply(self, block: Planar, start: int) -> None:
        """Multiply the block in place; `start` is its place on the timeline."""
        if self._moves or (self._still != 1.0).any():
            block *= self.gains(start, block.shape[1])

    def gains(self, start: int, frames: int) -> Planar:
        """[2, 1] where nothing moves, else [2, frames]; `start` is the place on the timeline."""
        if not self._moves:
            return self._still
        grid = grid_between(start, start + frames)
        at = np.arange(start, start + frames)
        sides = [np.interp(at, grid, gains) for gains in self._sides(grid)]
        return np.stack(sides).astype(np.float32)

    def _sides(self, grid: NDArray[np.int64]) -> NDArray[np.float64]:
        """[2, places] gains left and right."""
        settings = self._settings
        gain = _faders(settings.gain_curve, settings.gain_db, grid)
        if settings.muted_curve is not None:
            gain = np.where(settings.muted_curve.at(grid) >= 0.5, 0.0, gain)
        pan = np.full(len(grid), settings.pan) if settings.pan_curve is None else settings.pan_curve.at(grid)
        pan = np.clip(pan, -1.0, 1.0)
        if settings.is_mono:
            angle = (pan + 1.0) * (np.pi / 4.0)
            return np.stack([np.cos(angle) * gain, np.sin(angle) * gain])
        return np.stack([np.minimum(1.0, 1.0 - pan) * gain, np.minimum(1.0, 1.0 + pan) * gain])


class SendGain:
    """The level of a send, still or moving."""

    def __init__(self, settings: SendSettings) -> None:
        self._settings = settings
        self._still = np.full((1, 1), _fader(settings.gain_db), np.float32)

    def tapped(self, block: Planar, start: int) -> Planar:
        """A new block at the send's level."""
        return block * self.gains(start, block.shape[1])

    def gains(self, start: int, frames: int) -> Planar:
        """[1, 1] where nothing moves, else [1, frames]; `start` is the place on the timeline."""
        if self._settings.curve is None:
            return self._still
        grid = grid_between(start, start + frames)
        gains = _faders(self._settings.curve, 0.0, grid)
        moving: Any = np.interp(np.arange(start, start + frames), grid, gains)
        return np.asarray(moving, np.float32)[np.newaxis]


def _fader(gain_db: float) -> float:
    return 0.0 if gain_db <= SILENT_DB else db_to_gain(gain_db)


def _faders(curve: Curve | None, gain_db: float, grid: NDArray[np.int64]) -> NDArray[np.float64]:
    if curve is None:
        return np.full(len(grid), _fader(gain_db))
    db = curve.at(grid)
    return np.where(db <= SILENT_DB, 0.0, 10.0 ** (db / 20.0))
