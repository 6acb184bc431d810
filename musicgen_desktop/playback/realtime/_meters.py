"""Levels of every strip, shown when they are heard: the mix runs up to 300 ms ahead of the ear."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import LiveLoudness

from ._strip_meter import StripMeter

Levels = NDArray[np.float32]

_PEAKS, _SQUARES = slice(0, 2), slice(2, 4)


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


class _Layout(NamedTuple):
    """Which strip stands where, and the levels of the blocks: replaced together, by one reference."""

    strips: tuple[str, ...]
    columns: dict[str, int]
    levels: Levels  # [blocks, strips, 4]: peaks and sums of squares


class MeterBank:
    """Keeps the levels of each mixed block until its first frame is heard.

    A block may begin again at an earlier frame of the stream (after a locate, say, or a restart at 0): the
    levels of the discarded blocks are forgotten. One thread mixes (`arrange`, `begin`, `tap`); `heard` may be
    asked by another.

    Args:
        rate: frames per second.
        strips: ids of the strips to be measured, the master last.
        blocks: how many blocks may lie between mixing and hearing; of more, the oldest are forgotten.
    """

    def __init__(self, rate: int, strips: Sequence[str] = (), blocks: int = 256) -> None:
        self._blocks = blocks
        self._meter = StripMeter()
        self._loudness = LiveLoudness(rate)
        self._integrated_lufs = -math.inf
        self._anew = False
        self._clocks = [0] * blocks
        self._frames = [0] * blocks
        self._programmes = [Programme()] * blocks
        self._begun = 0  # blocks so far; block i is kept at i % blocks
        self._told = 0  # of which were heard
        self._layout = _Layout((), {}, np.zeros((blocks, 0, 4), np.float32))
        self._last = Heard((), np.zeros((0, 4), np.float32), Programme())
        self.arrange(strips)

    @property
    def strips(self) -> tuple[str, ...]:
        """Ids of the strips that are measured, the master last."""
        return self._layout.strips

    def arrange(self, strips: Sequence[str]) -> None:
        """From the next block on other strips are measured; those that stay keep what was not heard yet.

        Args:
            strips: their ids, the master last.
        """
        old = self._layout
        if tuple(strips) == old.strips:
            return
        levels = np.zeros((self._blocks, len(strips), 4), np.float32)
        for at, strip in enumerate(strips):
            if strip in old.columns:
                levels[:, at] = old.levels[:, old.columns[strip]]
        self._layout = _Layout(tuple(strips), {strip: at for at, strip in enumerate(strips)}, levels)

    def measure_anew(self) -> None:
        """Let integrated loudness begin with the next block. May be called by any thread."""
        self._anew = True

    def begin(self, clock: int, frames: int) -> None:
        """A block is about to be mixed.

        Args:
            clock: the frame of the stream that it begins with.
            frames: 1 … 16384.
        """
        begun = self._begun
        while begun > self._told and self._clocks[(begun - 1) % self._blocks] >= clock:
            begun -= 1
        if self._anew:
            self._anew = False
            self._loudness.reset()
            self._integrated_lufs = -math.inf
        at = begun % self._blocks
        self._layout.levels[at] = 0.0
        self._clocks[at] = clock
        self._frames[at] = frames
        self._programmes[at] = Programme()
        self._begun = begun + 1

    def tap(self, strip: str, block: Levels) -> None:
        """The sound of a strip in the block that was begun; a strip that is not told of was silent.

        Args:
            strip: its id; unknown ones are passed over.
            block: [2, frames] float32; neither kept nor changed.
        """
        strips, columns, levels = self._layout
        column = columns.get(strip)
        if column is None or not self._begun:
            return
        at = (self._begun - 1) % self._blocks
        self._meter.measure(block, levels[at, column])
        if column == len(strips) - 1:
            self._programmes[at] = self._programme(block)

    def heard(self, clock: int) -> Heard:
        """The largest peaks, and the RMS, of all blocks whose first frame was heard since the last ask.

        Args:
            clock: the frame of the stream that is heard now.

        Returns:
            The same as the last time when no block began since then.
        """
        layout, begun = self._layout, self._begun
        told = max(self._told, begun - self._blocks)
        rows: list[int] = []
        while told < begun and self._clocks[told % self._blocks] <= clock:
            rows.append(told % self._blocks)
            told += 1
        self._told = min(told, begun)
        if not rows:
            return self._last
        of_rows = layout.levels[rows]
        levels = np.empty((len(layout.strips), 4), np.float32)
        np.maximum.reduce(of_rows[:, :, _PEAKS], axis=0, out=levels[:, _PEAKS])
        frames = sum(self._frames[row] for row in rows)
        np.sqrt(of_rows[:, :, _SQUARES].sum(axis=0) / np.float32(frames), out=levels[:, _SQUARES])
        programmes = [self._programmes[row] for row in rows]
        true_peak = max(programme.true_peak_dbtp for programme in programmes)
        self._last = Heard(layout.strips, levels, programmes[-1]._replace(true_peak_dbtp=true_peak))
        return self._last

    def _programme(self, master: Levels) -> Programme:
        meter = self._loudness
        before = meter.pieces
        meter.add_planar(master)
        if meter.pieces != before:
            self._integrated_lufs = meter.integrated_lufs
        return Programme(
            meter.momentary_lufs, meter.short_term_lufs, self._integrated_lufs, meter.take_true_peak_dbtp()
        )
