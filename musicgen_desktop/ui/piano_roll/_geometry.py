"""Where ticks and pitches lie in the window, and back. Ticks are the song's."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from ._rows import Rows, keyboard_rows

LEAST_PX_PER_TICK, MOST_PX_PER_TICK = 0.0005, 1.0
LEAST_ROW_PX, MOST_ROW_PX = 5, 40
EDGE_PX = 6.0
"""So near to a note's end the mouse takes the end."""


class RollGeometry(msgspec.Struct, frozen=True):
    """The visible part of the roll.

    Attributes:
        width: of the grid in pixels.
        height: of the grid in pixels.
        left_tick: of the song, at the grid's left edge; may be negative.
        px_per_tick: zoom of time.
        top_px: how far the rows are scrolled.
        row_px: height of a row.
        rows: which pitches have one.
    """

    width: int = 800
    height: int = 300
    left_tick: float = 0.0
    px_per_tick: float = 0.05
    top_px: int = 0
    row_px: int = 14
    rows: Rows = keyboard_rows()

    @property
    def right_tick(self) -> float:
        """At the grid's right edge."""
        return self.tick_at(self.width)

    @property
    def content_px(self) -> int:
        """The height of all rows."""
        return len(self.rows) * self.row_px

    @property
    def most_top_px(self) -> int:
        """How far the rows can be scrolled."""
        return max(0, self.content_px - self.height)

    def x_of(self, tick: float) -> float:
        """Pixels from the grid's left edge."""
        return (tick - self.left_tick) * self.px_per_tick

    def tick_at(self, x: float) -> float:
        """The tick of the song at a pixel; the inverse of `x_of`."""
        return self.left_tick + x / self.px_per_tick

    def row_at(self, y: float) -> int:
        """The nearest row to a height."""
        return max(0, min(len(self.rows) - 1, int((y + self.top_px) // self.row_px)))

    def pitch_at(self, y: float) -> int:
        """The pitch of the nearest row."""
        return self.rows.pitches[self.row_at(y)]

    def y_of_row(self, row: float) -> float:
        """The upper edge of a row."""
        return row * self.row_px - self.top_px

    def y_of_pitch(self, pitch: int) -> float | None:
        """The upper edge of a pitch's row; None when it has none."""
        row = int(self.rows.of_pitch[pitch])
        return None if row < 0 else self.y_of_row(row)

    def visible_rows(self) -> range:
        """The rows that are seen, in part at least."""
        return range(self.row_at(0), self.row_at(self.height - 1) + 1)

    def note_spans(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], pitches: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """[notes, 4] x, y, width and height of notes in ticks of the song, cut a little outside the grid.

        Notes whose pitch has no row lie above the grid.
        """
        left = np.floor((starts - self.left_tick) * self.px_per_tick)
        right = np.floor((ends - self.left_tick) * self.px_per_tick)
        left = np.clip(left, -16, self.width + 16)
        right = np.clip(right, -16, self.width + 16)
        wide = right - left
        rows = self.rows.of_pitch[pitches]
        spans = np.empty((len(starts), 4), np.int64)
        spans[:, 0] = left
        spans[:, 1] = np.where(rows < 0, -10 * self.row_px, rows * self.row_px - self.top_px)
        # A pixel between neighbours, where there is room for one.
        spans[:, 2] = np.maximum(np.where(wide > 3, wide - 1, wide), 2)
        spans[:, 3] = self.row_px - 1
        return spans

    def sized(self, width: int, height: int) -> "RollGeometry":
        """The same place in a larger or smaller grid: the left edge and the middle row stay."""
        changed = msgspec.structs.replace(self, width=max(1, width), height=max(1, height))
        return changed.scrolled(self.left_tick, self.top_px + (self.height - changed.height) / 2)

    def scrolled(self, left_tick: float, top_px: float) -> "RollGeometry":
        """Another place; rows stay within the grid."""
        top = max(0, min(self.most_top_px, round(top_px)))
        return msgspec.structs.replace(self, left_tick=left_tick, top_px=top)

    def zoomed_time(self, factor: float, x: float) -> "RollGeometry":
        """Closer (above 1) or farther, the tick under `x` staying there."""
        scale = max(LEAST_PX_PER_TICK, min(MOST_PX_PER_TICK, self.px_per_tick * factor))
        tick = self.tick_at(x)
        return msgspec.structs.replace(self, px_per_tick=scale, left_tick=tick - x / scale)

    def zoomed_rows(self, row_px: int, y: float) -> "RollGeometry":
        """Rows of another height, the pitch under `y` staying there as far as it can."""
        row_px = max(LEAST_ROW_PX, min(MOST_ROW_PX, row_px))
        top = (y + self.top_px) / self.row_px * row_px - y
        return msgspec.structs.replace(self, row_px=row_px).scrolled(self.left_tick, top)

    def with_rows(self, rows: Rows) -> "RollGeometry":
        """Other rows, the pitch in the middle staying there as far as it can."""
        if rows == self.rows:
            return self
        pitch = self.pitch_at(self.height / 2)
        changed = msgspec.structs.replace(self, rows=rows)
        nearest = min(range(len(rows)), key=lambda row: abs(rows.pitches[row] - pitch))
        return changed.scrolled(self.left_tick, (nearest + 0.5) * self.row_px - self.height / 2)

    def showing_time(self, start_tick: float, end_tick: float) -> "RollGeometry":
        """Just this span of time, with a little air on both sides."""
        air = 12.0
        scale = max(1.0, self.width - 2 * air) / max(1.0, end_tick - start_tick)
        scale = max(LEAST_PX_PER_TICK, min(MOST_PX_PER_TICK, scale))
        return msgspec.structs.replace(self, px_per_tick=scale, left_tick=start_tick - air / scale)

    def showing_pitches(self, low: int, high: int) -> "RollGeometry":
        """These pitches in the middle of the grid."""
        rows = [int(row) for row in self.rows.of_pitch[low : high + 1] if row >= 0]
        middle = (min(rows) + max(rows) + 1) / 2 if rows else len(self.rows) / 2
        return self.scrolled(self.left_tick, middle * self.row_px - self.height / 2)
