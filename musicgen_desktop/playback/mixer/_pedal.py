"""pedalboard's built-in effects, made safe for blocks of any size."""

from typing import Any

import numpy as np

from ._effect import Planar

LARGEST_BLOCK = 8192


class Pedal:
    """One or more pedalboard plugins in a row, kept and never reset.

    pedalboard prepares its plugins anew, forgetting what they heard, when a block is larger than all before
    it, and takes one or two frames for channels. Hearing one large block of silence first ends both: after
    that, blocks of any size give the same samples: to the bit while there is sound, within −130 dBFS where a
    tail dies away, because at the end of each block JUCE's filters forget what lies under 1e-8.

    What a plugin remembers is its own: plugins that heard the silence may be put into another row.

    Args:
        plugins: in the order of the sound.
        rate: frames per second.
        channels: of every block.
        new: those that have heard nothing yet; all when None.
    """

    def __init__(
        self, plugins: list[Any], rate: int, channels: int = 2, new: list[Any] | None = None
    ) -> None:
        from pedalboard._pedalboard import Pedalboard  # noqa: PLC0415 - a tenth of a second, for those who render

        self._rate = float(rate)
        board = Pedalboard(plugins if new is None else new)
        self._run = board.process
        self.process(np.zeros((channels, LARGEST_BLOCK), np.float32))
        if new is not None:
            # The row, too, has to hear the large block; only then do those join that must not hear it.
            for place, plugin in enumerate(plugins):
                if not any(plugin is each for each in new):
                    board.insert(place, plugin)

    def process(self, block: Planar) -> Planar:
        """The next frames.

        Args:
            block: [channels, frames], left as it is.

        Returns:
            [channels, frames], a new array.
        """
        output: Planar = self._run(block, self._rate, buffer_size=LARGEST_BLOCK, reset=False)
        return output
