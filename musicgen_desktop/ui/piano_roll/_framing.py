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
    """A clip as it is opened: all of it where that can be read, else its beginning and its middle pitches."""
    shown = geometry.showing_time(start, end)
    if shown.px_per_tick * PPQ < _OPENING_PX_PER_BEAT:
        begin = start + (geometry.width - 24) / _OPENING_PX_PER_BEAT * PPQ
        shown = geometry.showing_time(start, begin)
    low, high = (int(pitches.min()), int(pitches.max())) if len(pitches) else _OPENING_PITCHES
    count = len(shown.rows) if shown.rows.is_drum_map else high - low + 3
    least, most = (14, 22) if shown.rows.is_drum_map else (10, 16)
    shown = shown.zoomed_rows(max(least, min(most, shown.height // count)), 0)
    if count * shown.row_px > shown.height and len(pitches):
        # Not all fits: the middle of the notes, not of the range, is what one wants to see.
        low = high = int(np.median(pitches))
    return shown.showing_pitches(low, high)
