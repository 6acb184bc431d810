"""Where growing takes lie over the canvas. Numbers in, numbers out."""

from collections.abc import Sequence

import msgspec

from musicgen_desktop.ui.timeline._geometry import TimelineGeometry

ROW_PX, GAP_PX, BAND_PX, BUTTON_PX = 56, 4, 18, 18
_LEAST_PX = 190
"""So much room a name needs, however far the view is zoomed out."""


class GhostBox(msgspec.Struct, frozen=True):
    """One take, in pixels of the canvas; `left` may lie before its left edge, `right` behind its right one.

    Attributes:
        made: where what there is ends.
        whole: where the take will end.
        right: where the box ends: at the end of the take, or where its name needs room.
        top: of the box.
    """

    left: float
    made: float
    whole: float
    right: float
    top: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.top + ROW_PX


def boxes_of(
    places: Sequence[tuple[int, float, float]], geometry: TimelineGeometry, height: int
) -> tuple[GhostBox, ...]:
    """The boxes from top to bottom: below the tracks, or at the lower edge where there is no room.

    Args:
        places: first tick, end of what there is, and end of the whole of each take.
        geometry: of the timeline.
        height: of the canvas.
    """
    block = len(places) * (ROW_PX + GAP_PX)
    top = max(0, min(geometry.height - geometry.scroll_y + GAP_PX, height - block))
    found = []
    for number, (start, made, whole) in enumerate(places):
        left = geometry.x_of(start)
        end = geometry.x_of(whole)
        found.append(
            GhostBox(
                left=left,
                made=geometry.x_of(made),
                whole=end,
                right=max(end, left + _LEAST_PX),
                top=top + number * (ROW_PX + GAP_PX),
            )
        )
    return tuple(found)
