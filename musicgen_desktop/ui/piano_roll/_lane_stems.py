"""The stems of the velocity lane as one picture: a thousand rectangles are dearer than all their pixels."""

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.ui.theme import colour

_STEM_PX, _HEAD_PX = 2, 5

Pixels = NDArray[np.uint32]


def stems_pixels(
    xs: NDArray[np.int64], tops: NDArray[np.int64], *, width: int, height: int, stem: str, head: str
) -> Pixels:
    """Stems from a head down to the floor of the lane.

    Args:
        xs: of the stems' left edges, in pixels from the picture's left; what lies outside is left out.
        tops: of the heads' middles, in pixels from its top.
        width: of the picture.
        height: of the picture; the floor lies 2 px above its end.
        stem: colour of the stems, “#rrggbb”.
        head: colour of the heads, which lie over all stems.

    Returns:
        [height, width] 0xAARRGGBB, clear where nothing is.
    """
    pixels = np.zeros((height, width), np.uint32)
    highest = np.full(width, height, np.int64)
    for step in range(_STEM_PX):
        columns = xs + step
        seen = (columns >= 0) & (columns < width)
        np.minimum.at(highest, columns[seen], tops[seen])
    rows = np.arange(height)[:, np.newaxis]
    pixels[(rows >= highest) & (rows < height - 2)] = colour(stem).rgba()
    steps = np.arange(_HEAD_PX)
    columns = np.repeat((xs - 1)[:, np.newaxis] + steps, _HEAD_PX, axis=0).ravel()
    lines = np.repeat(((tops - 2)[:, np.newaxis] + steps).ravel(), _HEAD_PX)
    seen = (columns >= 0) & (columns < width) & (lines >= 0) & (lines < height)
    pixels[lines[seen], columns[seen]] = colour(head).rgba()
    return pixels
