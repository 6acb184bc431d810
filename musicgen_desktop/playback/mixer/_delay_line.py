"""Sound, some frames later."""

import numpy as np

from ._effect import Planar


class DelayLine:
    """Delays by a fixed number of whole frames."""

    def __init__(self, frames: int, channels: int = 2) -> None:
        self._held: Planar = np.zeros((channels, frames), np.float32)

    def process(self, block: Planar) -> Planar:
        """[channels, frames] → what came in earlier, a view of a new array; `block` itself without delay."""
        held = self._held.shape[1]
        if held == 0:
            return block
        line = np.concatenate([self._held, block], axis=1)
        self._held = line[:, block.shape[1] :].copy()
        return line[:, : block.shape[1]]
