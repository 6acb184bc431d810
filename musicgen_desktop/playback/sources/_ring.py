"""Sound in memory that two processes share: one writes seconds ahead, the other reads."""

import mmap

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.playback.mixer import Planar

HEADER_BYTES = 64
_GENERATION, _COURSE, _FIRST, _END = range(4)


class SourceRing:
    """The last and next few seconds of one source by the stream's clock: frame c lies at c modulo the length.

    The writer alone writes, sound first and then the clock up to which there is sound. It must not write what
    the reader may still want; see `RingPool.reader_clock`.
    """

    def __init__(self, memory: mmap.mmap, header_at: int, sound_at: int, frames: int) -> None:
        self.frames = frames
        self._words = memoryview(memory)[header_at : header_at + HEADER_BYTES].cast("q")
        sound: NDArray[np.float32] = np.frombuffer(memory, np.float32, 2 * frames, sound_at)
        self._sound = sound.reshape(2, frames)

    @property
    def generation(self) -> int:
        """Which source it holds; what another one left is worth nothing."""
        return self._words[_GENERATION]

    @property
    def course(self) -> int:
        """The number of the course along which it was rendered last."""
        return self._words[_COURSE]

    @property
    def end(self) -> int:
        """The clock up to which it holds sound."""
        return self._words[_END]

    def span(self) -> tuple[int, int]:
        """(first clock, clock behind the last) of what it holds; nothing when they are equal."""
        # The end first: the writer moves the beginning before it moves the end.
        end = self._words[_END]
        first = self._words[_FIRST]
        return first, max(end, first)

    def begin(self, generation: int, course: int, clock: int) -> None:
        """The writer's: hold another source, from `clock` on, nothing of it yet."""
        self._words[_GENERATION] = -1
        self._words[_END] = clock
        self._words[_FIRST] = clock
        self._words[_COURSE] = course
        self._words[_GENERATION] = generation

    def follow(self, course: int, differs_from: int) -> None:
        """The writer's: forget what lies behind `differs_from`, and be on another course."""
        self._words[_END] = min(self._words[_END], differs_from)
        self._words[_COURSE] = course

    def skip_to(self, clock: int) -> None:
        """The writer's: go on at a later clock, with nothing before it."""
        self._words[_FIRST] = clock
        self._words[_END] = clock

    def write(self, block: Planar) -> None:
        """The writer's: add a block, [2, ≤ frames], at the end."""
        end = self._words[_END]
        count = block.shape[1]
        at = end % self.frames
        straight = min(count, self.frames - at)
        self._sound[:, at : at + straight] = block[:, :straight]
        if straight < count:
            self._sound[:, : count - straight] = block[:, straight:]
        if end + count - self._words[_FIRST] > self.frames:
            self._words[_FIRST] = end + count - self.frames
        self._words[_END] = end + count

    def read(self, clock: int, frames: int) -> Planar:
        """[2, frames], a new array, of what `span` says is there."""
        at = clock % self.frames
        straight = min(frames, self.frames - at)
        block = np.empty((2, frames), np.float32)
        block[:, :straight] = self._sound[:, at : at + straight]
        if straight < frames:
            block[:, straight:] = self._sound[:, : frames - straight]
        return block
