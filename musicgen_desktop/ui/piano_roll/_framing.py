"""Which part of the roll is shown first, and when one asks to see all."""

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.timing import PPQ

from ._geometry import RollGeometry

_OPENING_PX_PER_BEAT = 24.0
_OPENING_PITCHES = (48, 72)
_MOST_FRAMED_ROW_PX = 24


def framed(geometry: RollGeometry, start: int, end: int, pitches: NDArray[np.int64]) -> RollGeometry:
    """All of a span of the song and of these pitches."""
    shown = geometry.showing_time(start, end)
    if not len(pitches):
        return shown
    low, high = int(pitches.min()), int(pitches.max())
    rows = [int(row) for row in shown.rows.of_pitch[low : high + 1] if row >= 0] or [0]
    # A row of air above and below.
    count = max(rows) - min(rows) + 3
    row_px = min(_MOST_FRAMED_ROW_PX, shown.height // count)
    return shown.zoomed_rows(row_px, 0).showing_pitches(low, high)


def opened(geometry: RollGeometry, start: int, end: int, pitches: NDArray[np.int64]) -> RollGeometry:
    """A clip as it is opened: all of it where that can be read, else its start and where most notes are."""
    shown = geometry.showing_time(start, end)
    if shown.px_per_tick * PPQ < _OPENING_PX_PER_BEAT:
        begin = start + (geometry.width - 24) / _OPENING_PX_PER_BEAT * PPQ
        shown = geometry.showing_time(start, begin)
    rows = shown.rows.of_pitch[pitches if len(pitches) else np.arange(*_OPENING_PITCHES)]
    rows = rows[rows >= 0]
    top, bottom = (int(rows.min()), int(rows.max())) if len(rows) else (0, len(shown.rows) - 1)
    least, most = (12, 22) if shown.rows.is_drum_map else (6, 16)
    # A row of air above and below, where there is room for it.
    shown = shown.zoomed_rows(max(least, min(most, shown.height // (bottom - top + 3))), 0)
    room = max(1, shown.height // shown.row_px)
    if bottom - top + 1 > room:
        top = _densest(rows, room)
        bottom = top + room - 1
    return shown.scrolled(shown.left_tick, (top + bottom + 1) / 2 * shown.row_px - shown.height / 2)


def _densest(rows: NDArray[np.int64], room: int) -> int:
    """The first of so many rows in a line that hold the most notes."""
    notes = np.bincount(rows)
    held = np.convolve(notes, np.ones(room, np.int64))[room - 1 :]
    best = np.flatnonzero(held == held.max())
    return int(best[len(best) // 2])
