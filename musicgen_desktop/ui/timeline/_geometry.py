"""Where ticks and tracks lie on the screen: ruler, lanes, headers and canvas use the same numbers."""

from bisect import bisect_right
from collections.abc import Mapping

import msgspec

from musicgen_desktop.document import Project

CLOSEST_PX_PER_TICK = 8.0
FARTHEST_PX_PER_TICK = 0.0002

TRACK_PX, MASTER_PX, LANE_PX = 64, 28, 52
"""The heights that rows have until somebody drags them."""
LOWEST_PX, HIGHEST_PX = 22, 400


class Row(msgspec.Struct, frozen=True):
    """One horizontal strip: a track's clips, or one of its automation lanes below them.

    Attributes:
        track_id: of the track; the master's row is the last one and has no clips.
        target: what the lane automates, as `Automation.target` writes it; empty for the track itself.
        top: from the top of the first row, in pixels, before scrolling.
        height: in pixels, the line below included.
    """

    track_id: str
    target: str
    top: int
    height: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.top + self.height


class TimelineGeometry(msgspec.Struct, frozen=True):
    """A zoom, a place, and the rows. `x` and `y` are pixels of the viewport that shows the rows.

    Attributes:
        px_per_tick: the zoom.
        scroll_x: pixels of the song left of the viewport.
        scroll_y: pixels of the rows above the viewport.
        rows: from top to bottom, without gaps.
    """

    px_per_tick: float = 0.025
    scroll_x: float = 0.0
    scroll_y: int = 0
    rows: tuple[Row, ...] = ()

    def x_of(self, tick: float) -> float:
        """Where a tick lies."""
        return tick * self.px_per_tick - self.scroll_x

    def tick_at(self, x: float) -> float:
        """The inverse of `x_of`; negative left of the song."""
        return (x + self.scroll_x) / self.px_per_tick

    @property
    def height(self) -> int:
        """Of all rows together."""
        return self.rows[-1].bottom if self.rows else 0

    def row_at(self, y: float) -> Row | None:
        """The row under a place; None above the first and below the last."""
        inside = y + self.scroll_y
        index = bisect_right(self.rows, inside, key=lambda row: row.top) - 1
        return self.rows[index] if index >= 0 and inside < self.rows[index].bottom else None

    def row_of(self, track_id: str, target: str = "") -> Row | None:
        """The row of a track, or of one of its lanes; None when there is none."""
        for row in self.rows:
            if row.track_id == track_id and row.target == target:
                return row
        return None

    def track_top(self, track_id: str) -> int:
        """Where a track's row begins.

        Raises:
            KeyError: when the track has no row.
        """
        row = self.row_of(track_id)
        if row is None:
            raise KeyError(track_id)
        return row.top - self.scroll_y

    def top_of(self, row: Row) -> int:
        """Where a row begins."""
        return row.top - self.scroll_y

    def zoomed_about(self, x: float, factor: float) -> "TimelineGeometry":
        """The tick under `x` stays there; the zoom stays within its limits."""
        tick = self.tick_at(x)
        closer = min(CLOSEST_PX_PER_TICK, max(FARTHEST_PX_PER_TICK, self.px_per_tick * factor))
        return msgspec.structs.replace(self, px_per_tick=closer, scroll_x=max(0.0, tick * closer - x))


def rows_of(
    project: Project, heights: Mapping[str, int], lanes: Mapping[str, tuple[str, ...]]
) -> tuple[Row, ...]:
    """The rows of a project's tracks and their open lanes, the master last.

    Args:
        project: the song.
        heights: track id, or “track id/target” for a lane → pixels, for those that were dragged.
        lanes: track id → the targets whose lanes are open, from top to bottom.
    """
    rows: list[Row] = []
    top = 0
    for track in project.all_tracks:
        usual = MASTER_PX if track.kind == "master" else TRACK_PX
        for target in ("", *lanes.get(track.id, ())):
            key = f"{track.id}/{target}" if target else track.id
            height = heights.get(key, LANE_PX if target else usual)
            rows.append(Row(track.id, target, top, height))
            top += height
    return tuple(rows)
