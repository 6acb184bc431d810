"""What a strip hands on to another: its output or a send, which can open, close and come later."""

import numpy as np

from ._crossfade import Crossfade
from ._effect import Planar
from ._glide import Glide
from ._live_gain import GainLaw, LiveGain
from ._places import Places
from ._voice import Dry


class Delivery:
    """One way from a strip to another.

    Args:
        target: the strip that gets it.
        gain: of a send; None for an output, which is as loud as the strip.
        late: how many frames the strip's own output is behind the mixer's input.
        delay: frames by which it is held back.
        fade: frames of a change.
        joins: whether it opens while sound is running.
    """

    def __init__(
        self, target: str, gain: GainLaw | None, late: int, delay: int, fade: int, *, joins: bool
    ) -> None:
        self.target = target
        self.leaves = False
        self.waits = joins
        """Whether it has not begun to open."""
        self._fade = fade
        self._gain = None if gain is None else LiveGain(gain, late, fade)
        self._delay = Crossfade(Dry(delay), fade)
        self._presence = Glide(0.0 if joins else 1.0)

    @property
    def is_gone(self) -> bool:
        """Whether it is closed and silent."""
        return self.leaves and (self.waits or self._presence.is_settled)

    def open(self) -> None:
        """Begin to be heard."""
        self.waits = False
        self._presence.to(1.0, self._fade, wait=self._delay.wanted.frames)

    def become(self, gain: GainLaw | None, late: int, delay: int) -> None:
        """Change, and open again if it was closing."""
        if self._gain is not None and gain is not None:
            self._gain.become(gain, late)
        if self._delay.wanted.frames != delay:
            self._delay.change(Dry(delay))
        if self.leaves:
            self.leaves = False
            if not self.waits:
                self._presence.to(1.0, self._fade)

    def leave(self) -> None:
        """Close."""
        if not self.leaves:
            self.leaves = True
            if not self.waits:
                self._presence.to(0.0, self._fade)

    def process(self, block: Planar, places: Places) -> Planar:
        """What arrives at the target.

        Args:
            block: [2, frames] of the strip; left as it is.
            places: of the block.

        Returns:
            A new array; for an output at which nothing moves maybe `block` itself.
        """
        if self._gain is not None:
            block = block * self._gain.next(places)
        elif not self._delay.is_settled:
            block = block.copy()
        block = self._delay.process(block, places)
        if self._presence.is_settled:
            return block
        # Behind the delay: when it has closed, nothing on the way is lost.
        return block * self._presence.next(places.frames).astype(np.float32)
