"""A clip's notes as arrays, made once for each tuple of notes: a picture of thousands is then quick."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.music import Note


class NoteArrays:
    """Starts, ends, pitches and velocities of notes, in their order. Ticks are the clip's content ticks."""

    def __init__(self, notes: tuple[Note, ...] = ()) -> None:
        self.notes = notes
        table = np.array(
            [(note.start_ticks, note.end_ticks, note.pitch, note.velocity) for note in notes], np.int64
        ).reshape(-1, 4)
        self.starts, self.ends, self.pitches, self.velocities = np.ascontiguousarray(table.T)

    def __len__(self) -> int:
        return len(self.notes)

    def between(self, start: float, end: float) -> NDArray[np.int64]:
        """The places of those that sound between two ticks."""
        return np.flatnonzero((self.starts < end) & (self.ends > start))

    def within(self, start: float, end: float, pitches: Collection[int]) -> tuple[Note, ...]:
        """The notes that touch a span of time on some pitches."""
        wanted = np.zeros(128, bool)
        wanted[list(pitches)] = True
        return self.at((self.starts < end) & (self.ends > start) & wanted[self.pitches])

    def at(self, mask: NDArray[np.bool_]) -> tuple[Note, ...]:
        """The notes where a mask says so."""
        return tuple(self.notes[place] for place in np.flatnonzero(mask).tolist())

    def mask_of(self, notes: Collection[Note]) -> NDArray[np.bool_]:
        """Where these notes are."""
        if not notes:
            return np.zeros(len(self.notes), bool)
        wanted = frozenset(notes)
        return np.fromiter((note in wanted for note in self.notes), bool, len(self.notes))
