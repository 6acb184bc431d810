"""What every instrument is given, and the fixed grid on which all of them render."""

from abc import ABC, abstractmethod
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]
"""[frames, channels]."""

GRID_FRAMES = 2048
"""Instruments render whole cells of this length, at absolute multiples of it: so the caller's block size
cannot be heard.
"""


class ScheduledNote(msgspec.Struct, frozen=True):
    """A note in absolute frames; `end_frame` is the note-off. Pitch 0..127, velocity 1..127."""

    start_frame: int
    end_frame: int
    pitch: int
    velocity: int


class ScheduledControl(msgspec.Struct, frozen=True):
    """A controller change at an absolute frame, with `kind`, `number` and `value` as in `music.Control`."""

    frame: int
    kind: str
    value: int
    number: int = 0


class Instrument(Protocol):
    """Turns the notes it was made with into sound."""

    @property
    def tail_frames(self) -> int:
        """How long it may ring after the last note-off, at most."""

    def render(self, start_frame: int, frames: int) -> Audio:
        """[frames, 2] from this place of the timeline on. Fastest when blocks follow each other."""

    def reset(self) -> None:
        """Forget what is sounding; the next `render` starts afresh from its place."""


class GridInstrument(ABC):
    """Cuts the caller's blocks out of cells rendered on the absolute grid. Subclasses render the cells."""

    def __init__(self) -> None:
        self._cell_index = -2
        self._cell: Audio = np.zeros((GRID_FRAMES, 2), np.float32)

    def render(self, start_frame: int, frames: int) -> Audio:
        """[frames, 2] from `start_frame` ≥ 0 on; the same samples at any block size.

        Raises:
            ValueError: for a negative place or length.
        """
        if start_frame < 0 or frames < 0:
            raise ValueError(f"cannot render {frames} frames from {start_frame}")
        result = np.empty((frames, 2), np.float32)
        done = 0
        while done < frames:
            cell, offset = divmod(start_frame + done, GRID_FRAMES)
            if cell != self._cell_index:
                if cell != self._cell_index + 1:
                    self._seek(cell)
                self._cell = self._render_cell(cell)
                self._cell_index = cell
            part = self._cell[offset : offset + frames - done]
            result[done : done + len(part)] = part
            done += len(part)
        return result

    def reset(self) -> None:
        """Forget what is sounding; the next `render` starts afresh from its place."""
        self._cell_index = -2

    @abstractmethod
    def _seek(self, cell: int) -> None:
        """Prepare to render this cell though the one before it was not rendered just now."""

    @abstractmethod
    def _render_cell(self, cell: int) -> Audio:
        """[GRID_FRAMES, 2] of this cell; the array is not written to afterwards."""
