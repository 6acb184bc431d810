"""Levels of every strip, shown when they are heard: the mix runs up to 300 ms ahead of the ear."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]

_PEAKS, _SQUARES = slice(0, 2), slice(2, 4)
_LARGEST_BLOCK = 1 << 14


class Programme(NamedTuple):
    """What the master's meter says beside peak and RMS; −inf before there is anything to say.

    Attributes:
        momentary_lufs: the last 400 ms.
        short_term_lufs: the last 3 s.
        integrated_lufs: since the measure began, gated.
        true_peak_dbtp: the largest since the last ask.
    """

    momentary_lufs: float = -math.inf
    short_term_lufs: float = -math.inf
    integrated_lufs: float = -math.inf
    true_peak_dbtp: float = -math.inf


class Heard(NamedTuple):
    """What came out of the loudspeaker since the last ask.

    Attributes:
        strips: ids, in the order of the rows.
        levels: [strips, 4] float32, linear: peak left and right, RMS left and right.
        programme: the master's loudness.
    """

    strips: tuple[str, ...]
    levels: Levels
    programme: Programme


class StripMeter:
    """Measures one block after another; the scratch space is made once."""

    def __init__(self) -> None:
        self._scratch = np.zeros((2, _LARGEST_BLOCK), np.float32)

    def measure(self, block: Levels, row: Levels) -> None:
        """Peak and sum of squares of both channels.

        Args:
            block: [2, frames] float32, up to 16384 frames; not changed.
            row: [4] float32, written: peak left and right, sum of squares left and right.
        """
        sizes = np.abs(block, out=self._scratch[:, : block.shape[1]])
        np.maximum.reduce(sizes, axis=1, out=row[_PEAKS])
        np.vecdot(block, block, out=row[_SQUARES])


class MeterBank:
    """Keeps the levels of each rendered block until its first frame is heard.

    A block may begin again at an earlier frame of the stream (after a locate, say, or a restart at 0): the
    levels of the discarded blocks are forgotten. All methods are called from one thread.

    Args:
        strips: ids of the strips to be measured.
        blocks: how many blocks may lie between mixing and hearing; of more, the oldest are forgotten.
    """

    def __init__(self, strips: Sequence[str] = (), blocks: int = 256) -> None:
        self._blocks = blocks
        self._meter = StripMeter()
        self._clocks = [0] * blocks
        self._frames = np.zeros(blocks)
        self._programmes = [Programme()] * blocks
        self._begun = 0  # blocks so far; block i is kept at i % blocks
        self._told = 0
        self._strips: tuple[str, ...] = ()
        self._columns: dict[str, int] = {}
        self._levels = np.zeros((blocks, 0, 4), np.float32)
        self._last = Heard((), np.zeros((0, 4), np.float32), Programme())
        self.arrange(strips)

    def arrange(self, strips: Sequence[str]) -> None:
        """From the next block on other strips are measured; those that stay keep what was not heard yet."""
        if tuple(strips) == self._strips:
            return
        levels = np.zeros((self._blocks, len(strips), 4), np.float32)
        last = np.zeros((len(strips), 4), np.float32)
        for at, strip in enumerate(strips):
            old = self._columns.get(strip)
            if old is not None:
                levels[:, at] = self._levels[:, old]
                last[at] = self._last.levels[old]
        self._strips = tuple(strips)
        self._columns = {strip: at for at, strip in enumerate(self._strips)}
        self._levels = levels
        self._last = Heard(self._strips, last, self._last.programme)

    def begin(self, clock: int, frames: int) -> None:
        """A block is about to be mixed.

        Args:
            clock: the frame of the stream that it begins with.
            frames: 1 or more.
        """
        while self._begun > self._told and self._clocks[(self._begun - 1) % self._blocks] >= clock:
            self._begun -= 1
        at = self._begun % self._blocks
        self._levels[at] = 0.0
        self._clocks[at] = clock
        self._frames[at] = frames
        self._programmes[at] = Programme()
        self._begun += 1
        self._told = max(self._told, self._begun - self._blocks)

    def tap(self, strip: str, block: Levels) -> None:
        """The sound of a strip in the block that was begun; a strip that is not told of was silent.

        Args:
            strip: its id; unknown ones are passed over.
            block: [2, frames] float32; neither kept nor changed.
        """
        column = self._columns.get(strip)
        if column is not None and self._begun:
            self._meter.measure(block, self._levels[(self._begun - 1) % self._blocks, column])

    def note_programme(self, programme: Programme) -> None:
        """How loud the master is at the end of the block that was begun."""
        if self._begun:
            self._programmes[(self._begun - 1) % self._blocks] = programme

    def heard(self, clock: int) -> Heard:
        """The largest peaks, and the RMS, of all blocks whose first frame was heard since the last ask.

        Args:
            clock: the frame of the stream that is heard now.

        Returns:
            The same as the last time when no block began since then.
        """
        rows: list[int] = []
        while self._told < self._begun and self._clocks[self._told % self._blocks] <= clock:
            rows.append(self._told % self._blocks)
            self._told += 1
        if not rows:
            return self._last
        told = self._levels[rows]
        levels = np.empty((len(self._strips), 4), np.float32)
        np.maximum.reduce(told[:, :, _PEAKS], axis=0, out=levels[:, _PEAKS])
        np.sqrt(told[:, :, _SQUARES].sum(axis=0) / self._frames[rows].sum(), out=levels[:, _SQUARES])
        programmes = [self._programmes[row] for row in rows]
        true_peak = max(programme.true_peak_dbtp for programme in programmes)
        self._last = Heard(self._strips, levels, programmes[-1]._replace(true_peak_dbtp=true_peak))
        return self._last
