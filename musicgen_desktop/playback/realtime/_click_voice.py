"""The metronome's voice: clicks that sound to the frame, and ring on over the ends of blocks."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Click = tuple[int, bool]
"""(frame of the stream at which it begins, whether it is the accent)."""


_KEPT = 1 << 16
"""Frames for which a click is remembered after its end: blocks as old as this may be rendered anew."""


class ClickVoice:
    """Mixes clicks into blocks that follow each other.

    A block may also begin again at an earlier frame of the stream: the clicks of the discarded blocks are
    forgotten.

    Args:
        accent: [frames] float32, the sound of a bar's first beat.
        beat: [frames] float32, the sound of the others.
    """

    def __init__(self, accent: NDArray[np.float32], beat: NDArray[np.float32]) -> None:
        self._sounds = (np.ascontiguousarray(beat, np.float32), np.ascontiguousarray(accent, np.float32))
        self._ringing: list[tuple[int, NDArray[np.float32]]] = []
        self._end = 0

    def mix_into(
        self, block: NDArray[np.float32], clock: int, clicks: Iterable[Click] = (), gain: float = 1.0
    ) -> None:
        """Add what clicks in this block, and what rings on from earlier ones.

        Args:
            block: [2, frames] float32, changed in place.
            clock: the frame of the stream that it begins with.
            clicks: that begin inside it, in any order; what lies outside is passed over.
            gain: of all clicks, linear.
        """
        frames = block.shape[1]
        end = clock + frames
        if clock < self._end:
            self._ringing = [(start, sound) for start, sound in self._ringing if start < clock]
        self._end = end
        for start, is_accent in clicks:
            if clock <= start < end:
                self._ringing.append((start, self._sounds[is_accent]))
        if not self._ringing:
            return
        for start, sound in self._ringing:
            first, last = max(start, clock), min(start + len(sound), end)
            if first < last:
                block[:, first - clock : last - clock] += gain * sound[first - start : last - start]
        self._ringing = [(start, sound) for start, sound in self._ringing if start + len(sound) > end - _KEPT]

    def silence(self) -> None:
        """Forget what rings."""
        self._ringing.clear()
