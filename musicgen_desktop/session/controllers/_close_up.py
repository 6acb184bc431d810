"""What lies between two bins of a peak file: pages of samples, read where somebody looks closely."""

import math
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import AudioFile

_PAGE_BINS = 4096
_DEEPEST = 7  # bins of 128 frames; the peak file's own have 256
_MOST_PAGES = 24  # of 64 KB each in stereo

Level = NDArray[np.float32]
"""[bins, channels, 2]: the smallest and the largest sample of each bin."""

Edges = NDArray[np.floating[Any]]

Page = tuple[int, int]
"""(depth, number): its bins have 2^depth frames."""


def columns_of(level: Level, width: float, edges: Edges) -> Level:
    """Smallest and largest of all bins that each column touches.

    Args:
        level: its bin i covers the frames i · width … (i + 1) · width.
        width: frames of a bin, at most those of a column, unless the level has one bin only.
        edges: [columns + 1] frames, ascending.

    Returns:
        [columns, channels, 2]
    """
    last = len(level) - 1
    first = np.clip(np.floor(edges[:-1] / width), 0, last).astype(np.int64)
    after = np.clip(np.ceil(edges[1:] / width), 1, last + 1).astype(np.int64)
    found: Level = level[first]
    for step in range(1, int((after - first).max(initial=1))):
        # A few takes of single bins cost the same at every zoom; a reduction over slices does not.
        other = level[np.minimum(first + step, after - 1)]
        np.minimum(found[:, :, 0], other[:, :, 0], out=found[:, :, 0])
        np.maximum(found[:, :, 1], other[:, :, 1], out=found[:, :, 1])
    return found


class CloseUp:
    """The pages of one file that were looked at last. Any thread may ask; one thread reads.

    A page holds bins of one width only, so that what a screen needs takes the same memory at every zoom.
    """

    def __init__(self, path: Path, frames: int) -> None:
        self._path = path
        self._frames = frames
        self._pages: OrderedDict[Page, Level] = OrderedDict()
        self._lock = threading.Lock()
        self._failed = False

    def columns(self, edges: Edges) -> Level | None:
        """What `columns_of` finds in the samples; None while a page that it needs has not been read.

        Args:
            edges: [columns + 1] frames, of which some lie inside the sound.
        """
        wanted = self._wanted(edges)
        with self._lock:
            if any(page not in self._pages for page in wanted):
                return None
            found = [self._pages[page] for page in wanted]
            for page in wanted:
                self._pages.move_to_end(page)
        depth, number = wanted[0]
        bins = found[0] if len(found) == 1 else np.concatenate(found)
        return columns_of(bins, 1 << depth, edges - (number * _PAGE_BINS << depth))

    def lacking(self, edges: Edges) -> tuple[Page, ...]:
        """The pages that `columns` needs and that were not read yet; none of a file that cannot be read."""
        with self._lock:
            if self._failed:
                return ()
            return tuple(page for page in self._wanted(edges) if page not in self._pages)

    def read(self, pages: tuple[Page, ...]) -> bool:
        """Read pages; False when the file does not give them."""
        try:
            with AudioFile(self._path) as file:
                for page in pages:
                    self._keep(page, _bins(file, *page))
        except (UserInputError, MemoryError):
            self._failed = True
        return not self._failed

    def _wanted(self, edges: Edges) -> list[Page]:
        frames_per_column = float(edges[-1] - edges[0]) / (len(edges) - 1)
        depth = min(int(math.log2(max(frames_per_column, 1.0))), _DEEPEST)
        page_frames = _PAGE_BINS << depth
        low = max(float(edges[0]), 0.0)
        high = max(min(float(edges[-1]), float(self._frames)), low + 1.0)
        return [(depth, each) for each in range(int(low // page_frames), math.ceil(high / page_frames))]

    def _keep(self, page: Page, bins: Level) -> None:
        with self._lock:
            self._pages[page] = bins
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)


def _bins(file: AudioFile, depth: int, number: int) -> Level:
    """A whole page; what the file lacks of it is silent, so that all pages join."""
    page_frames = _PAGE_BINS << depth
    file.seek(number * page_frames)
    samples = np.zeros((page_frames, file.info.channels), np.float32)
    found = file.read(page_frames)
    samples[: len(found)] = found
    folded = samples.reshape(_PAGE_BINS, 1 << depth, -1)
    return np.stack([folded.min(axis=1), folded.max(axis=1)], axis=2)
