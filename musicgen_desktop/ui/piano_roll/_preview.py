"""What a drag would make of the notes, before it is let go."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.music import Note

from ._note_arrays import NoteArrays


class Preview:
    """Notes as they would be, those that would go, and what is said beside them.

    Args:
        notes: in content ticks.
        hides: notes of the clip that are not shown meanwhile.
        text: place and pitch, for the label.
        cut_tick: where a cut would go, in content ticks.
        band: a selecting rectangle: first and last tick of the song, top and bottom pixel.
        points: (tick, value) of a stroke in a controller's lane.
        erased: the span in which controller moves would go.
        room_ticks: so much earlier the notes' tick 0 lies than the clip's: see `room_before`.
        is_lane: the hand is in the lane below, where the text belongs too.
    """

    def __init__(
        self,
        notes: Collection[Note] = (),
        hides: Collection[Note] = (),
        *,
        text: str = "",
        cut_tick: int | None = None,
        band: tuple[float, float, float, float] | None = None,
        points: Sequence[tuple[int, int]] = (),
        erased: tuple[int, int] | None = None,
        room_ticks: int = 0,
        is_lane: bool = False,
    ) -> None:
        self.arrays = NoteArrays(tuple(notes))
        self._hides = frozenset(hides)
        self.text = text
        self.cut_tick = cut_tick
        self.band = band
        self.points = list(points)
        self.erased = erased
        self.room_ticks = room_ticks
        self.is_lane = is_lane

    def shown(self, arrays: NoteArrays) -> NDArray[np.bool_] | None:
        """Which of the clip's notes stay visible; None for all."""
        return ~arrays.mask_of(self._hides) if self._hides else None
