"""A value that moves along the timeline, and the fixed grid on which it is looked at."""

import msgspec
import numpy as np
from numpy.typing import NDArray

GRID_FRAMES = 64
"""Automation is read at multiples of this on the timeline, wherever blocks begin: 1.3 ms at 48 kHz."""


class Curve(msgspec.Struct, frozen=True, dict=True):
    """Points in frames. Between two points the value runs straight, or is held.

    Attributes:
        frames: of the points, ascending; two on one frame are a jump.
        values: at the points.
        held: whether the value stays until the next point.
    """

    frames: tuple[int, ...]
    values: tuple[float, ...]
    held: tuple[bool, ...]

    def at(self, frames: NDArray[np.int64]) -> NDArray[np.float64]:
        """The values at these frames; before the first point and after the last as there."""
        points, values, held = self._arrays()
        index = np.searchsorted(points, frames, side="right") - 1
        left = np.maximum(index, 0)
        right = np.minimum(index + 1, len(points) - 1)
        span = np.maximum(points[right] - points[left], 1)
        share = np.where(held[left] | (index < 0), 0.0, (frames - points[left]) / span)
        found: NDArray[np.float64] = values[left] + share * (values[right] - values[left])
        return found

    def _arrays(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
        known = self.__dict__.get("_known")
        if known is None:
            known = (
                np.array(self.frames, np.int64),
                np.array(self.values, np.float64),
                np.array(self.held, bool),
            )
            self.__dict__["_known"] = known
        return known


def grid_between(start: int, end: int) -> NDArray[np.int64]:
    """The grid's frames from the one at or before `start` to the one at or after `end`."""
    return np.arange(start // GRID_FRAMES, -(-end // GRID_FRAMES) + 1, dtype=np.int64) * GRID_FRAMES
