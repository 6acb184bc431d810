"""Rings of frames between Python and the sound card's callback."""

from abc import ABC, abstractmethod
from types import ModuleType
from typing import Any

import numpy as np

from musicgen_desktop.dsp import Audio


def ring_size(frames: int) -> int:
    """The next power of two: what PortAudio's rings need."""
    return 1 << (frames - 1).bit_length()


class OutputRing(ABC):
    """Frames on their way out: one thread writes, the callback takes.

    Args:
        frames: how many it holds at least.
        channels: of each frame.
    """

    def __init__(self, frames: int, channels: int) -> None:
        self._memory: Audio = np.zeros((ring_size(frames), channels), np.float32)
        self.written = 0

    @property
    def capacity(self) -> int:
        """How many frames it holds."""
        return len(self._memory)

    @abstractmethod
    def waiting(self) -> int:
        """Frames that were written and not yet taken."""

    @abstractmethod
    def _publish(self, frames: int) -> None:
        """Let the reader have what was put down last."""

    def taken(self) -> int:
        """Frames taken so far."""
        return self.written - self.waiting()

    def write(self, block: Audio) -> None:
        """Add frames.

        Args:
            block: [frames, channels] float32.

        Raises:
            ValueError: there is no room for so many.
        """
        if len(block) > self.capacity - self.waiting():
            raise ValueError(f"{len(block)} frames are more than fit behind {self.waiting()} waiting ones")
        self._put(self.written, block)
        self.written += len(block)
        self._publish(len(block))

    def rewrite(self, at: int, block: Audio) -> int:
        """Put other frames where these were written before; no index moves.

        Returns:
            How many of them were taken before they were replaced: 0 when the caller was early enough.
        """
        self._must_hold(at, len(block))
        self._put(at, block)
        return min(max(self.taken() - at, 0), len(block))

    def read_back(self, at: int, frames: int) -> Audio:
        """A copy of what was written there: [frames, channels]."""
        self._must_hold(at, frames)
        return self._get(at, frames)

    def _must_hold(self, at: int, frames: int) -> None:
        if at + frames > self.written or at < max(0, self.written - self.capacity):
            raise ValueError(
                f"frames {at} to {at + frames} are not in the ring, which ends at {self.written}"
            )

    def _put(self, at: int, block: Audio) -> None:
        first = at % self.capacity
        head = min(len(block), self.capacity - first)
        self._memory[first : first + head] = block[:head]
        self._memory[: len(block) - head] = block[head:]

    def _get(self, at: int, frames: int) -> Audio:
        return _copied(self._memory, at, frames)


class CardRing(OutputRing):
    """An output ring that the callback in C reads from.

    Args:
        library: rtmixer.
        frames: how many it holds at least.
        channels: of each frame.
    """

    def __init__(self, library: ModuleType, frames: int, channels: int) -> None:
        super().__init__(frames, channels)
        self.pa_ring: Any = library.RingBuffer(channels * self._memory.itemsize, buffer=self._memory)

    def waiting(self) -> int:
        """Frames that were written and not yet taken."""
        return int(self.pa_ring.read_available)

    def _publish(self, frames: int) -> None:
        self.pa_ring.advance_write_index(frames)


class PlainRing(OutputRing):
    """An output ring without a sound card; its owner takes the frames."""

    def __init__(self, frames: int, channels: int) -> None:
        super().__init__(frames, channels)
        self._taken = 0

    def waiting(self) -> int:
        """Frames that were written and not yet taken."""
        return self.written - self._taken

    def take(self, frames: int) -> Audio:
        """The next frames, at most these many: [frames, channels]."""
        frames = min(frames, self.waiting())
        block = self._get(self._taken, frames)
        self._taken += frames
        return block

    def _publish(self, frames: int) -> None:
        pass


class InputRing:
    """Frames on their way in: the callback in C writes, one thread takes.

    Args:
        library: rtmixer.
        frames: how many it holds at least.
        channels: of each frame.
    """

    def __init__(self, library: ModuleType, frames: int, channels: int) -> None:
        self._memory: Audio = np.zeros((ring_size(frames), channels), np.float32)
        self.pa_ring: Any = library.RingBuffer(channels * self._memory.itemsize, buffer=self._memory)
        self._taken = 0

    def recorded(self) -> int:
        """Frames that came in so far."""
        return self._taken + int(self.pa_ring.read_available)

    def is_half_empty(self) -> bool:
        """Whether there is room for a while again."""
        return 2 * int(self.pa_ring.read_available) <= len(self._memory)

    def read(self) -> Audio:
        """All that came in since the last call: [frames, channels]."""
        frames = int(self.pa_ring.read_available)
        block = _copied(self._memory, self._taken, frames)
        self.pa_ring.advance_read_index(frames)
        self._taken += frames
        return block


def _copied(memory: Audio, at: int, frames: int) -> Audio:
    first = at % len(memory)
    head = min(frames, len(memory) - first)
    if head == frames:
        return memory[first : first + frames].copy()
    return np.concatenate([memory[first:], memory[: frames - head]])
