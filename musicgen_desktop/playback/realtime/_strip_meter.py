"""Peak and power of one block, for a few microseconds."""

import numpy as np
from numpy.typing import NDArray

_LARGEST_BLOCK = 1 << 14


class StripMeter:
    """Measures one block after another; the scratch space is made once."""

    def __init__(self) -> None:
        self._scratch = np.zeros((2, _LARGEST_BLOCK), np.float32)

    def measure(self, block: NDArray[np.float32], row: NDArray[np.float32]) -> None:
        """Peak and sum of squares of both channels.

        Args:
            block: [2, frames] float32, up to 16384 frames; not changed.
            row: [4] float32, written: peak left and right, sum of squares left and right.
        """
        sizes = np.abs(block, out=self._scratch[:, : block.shape[1]])
        np.maximum.reduce(sizes, axis=1, out=row[:2])
        np.vecdot(block, block, out=row[2:])
