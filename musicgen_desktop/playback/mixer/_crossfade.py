"""One voice takes over from another."""

from typing import Generic, TypeVar

import numpy as np

from ._effect import Planar
from ._glide import eased
from ._places import Places
from ._voice import Voice

_Voice = TypeVar("_Voice", bound=Voice)


class Crossfade(Generic[_Voice]):
    """Holds a voice, and lets another take over without a click.

    The new voice listens first for as long as it needs. A voice that comes while one takes over waits until
    that is done; of several only the newest is kept, so that at most two are at work.

    Args:
        voice: the first, heard at once.
        frames: how long a change takes, after the new voice has listened.
    """

    def __init__(self, voice: _Voice, frames: int) -> None:
        self._now = voice
        self._then: _Voice | None = None
        self._next: _Voice | None = None
        self._frames = frames
        self._done = 0  # below 0 while the new voice only listens

    @property
    def wanted(self) -> _Voice:
        """The voice that will be heard in the end."""
        return self._next or self._then or self._now

    @property
    def alive(self) -> tuple[_Voice, ...]:
        """The voices at work or waiting, the wanted one first."""
        return tuple(voice for voice in (self._next, self._then, self._now) if voice is not None)

    @property
    def is_settled(self) -> bool:
        """Whether only one voice is left."""
        return self._then is None

    def change(self, voice: _Voice) -> None:
        """Let this voice take over; nothing happens when it is the wanted one already."""
        if voice is self.wanted:
            return
        if self._then is None:
            self._begin(voice)
        else:
            self._next = None if voice is self._then else voice

    def process(self, block: Planar, places: Places) -> Planar:
        """The next frames. `block` may be overwritten, or come back."""
        if self._then is None:
            return self._now.process(block, places)
        frames = block.shape[1]
        old = self._now.process(block.copy(), places)
        new = self._then.process(block, places)
        weight = eased((self._done + np.arange(frames)) / self._frames).astype(np.float32)
        self._done += frames
        if self._done >= self._frames:
            self._now, self._then = self._then, None
            if self._next is not None:
                following, self._next = self._next, None
                self.change(following)
        new = new - old
        new *= weight
        new += old
        return new

    def _begin(self, voice: _Voice) -> None:
        self._then = voice
        self._done = -voice.warm_up_frames
