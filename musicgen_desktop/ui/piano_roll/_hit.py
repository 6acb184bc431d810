"""What lies under the mouse."""

from typing import Literal

import msgspec
import numpy as np

from musicgen_desktop.music import Note

from ._geometry import EDGE_PX
from ._view_model import RollModel

Part = Literal["body", "start", "end"]


class Hit(msgspec.Struct, frozen=True):
    """A note, and which part of it."""

    note: Note
    part: Part = "body"


def note_at(model: RollModel, x: float, y: float) -> Hit | None:
    """The uppermost note at a pixel of the grid."""
    geometry, arrays = model.geometry, model.arrays
    if not len(arrays) or not 0 <= y + geometry.top_px < geometry.content_px:
        return None
    same = arrays.pitches == geometry.pitch_at(y)
    tick = geometry.tick_at(x) - model.zero
    if geometry.rows.is_drum_map:
        # A diamond stands around the note's start.
        near = geometry.row_px / 2 / geometry.px_per_tick
        found = np.flatnonzero(same & (np.abs(arrays.starts - tick) <= near))
        return Hit(arrays.notes[int(found[-1])]) if len(found) else None
    shortest = 2.0 / geometry.px_per_tick
    ends = np.maximum(arrays.ends, arrays.starts + shortest)
    found = np.flatnonzero(same & (arrays.starts <= tick) & (ends > tick))
    if not len(found):
        return None
    note = arrays.notes[int(found[-1])]
    edge = min(EDGE_PX, note.length_ticks * geometry.px_per_tick / 4) / geometry.px_per_tick
    if tick >= note.end_ticks - edge:
        return Hit(note, "end")
    if tick < note.start_ticks + edge:
        return Hit(note, "start")
    return Hit(note)
