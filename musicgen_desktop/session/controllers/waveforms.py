"""The outlines of a project's audio files, for painting: made once on a thread of their own, then at hand."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.document import AudioSource
from musicgen_desktop.foundation import UserInputError, user_cache_folder
from musicgen_desktop.media import Peaks as StoredPeaks
from musicgen_desktop.media import load_or_build_peaks
from musicgen_desktop.storage import source_path

from ._close_up import CloseUp, Edges, Level, Page, columns_of

__all__ = ["Extremes", "Listener", "Peaks", "Waveforms"]

Listener = Callable[[AudioSource], None]
"""Told, on the thread that reads, of the source that can be painted better than before."""

Extremes = tuple[NDArray[np.float32], NDArray[np.float32]]
"""(smallest, largest) samples, [columns, channels] each."""

_BASE_FRAMES = 256  # of the finest bins in a peak file
_MOST_CLOSE_COLUMNS = 16_384


class Peaks:
    """The outline of one source at every zoom.

    Attributes:
        rate: frames per second.
        channels: of the sound.
        frames: of the sound.
    """

    def __init__(
        self, stored: StoredPeaks, close: CloseUp, wish: Callable[[CloseUp, tuple[Page, ...]], None]
    ) -> None:
        self.rate = stored.rate
        self.channels = stored.channels
        self.frames = stored.frames
        self._levels = stored.levels
        self._close = close
        self._wish = wish

    def columns(self, first_frame: float, frames_per_column: float, columns: int) -> Extremes:
        """What to paint. Any zoom takes the same short time.

        Below 256 frames per column neighbours share a bin until the samples have been read; asking for them
        starts that, and the listeners hear when they are there.

        Args:
            first_frame: at the left edge of the first column, at the source's rate; may be negative.
            frames_per_column: zoom, above 0.
            columns: how many.

        Returns:
            Every sample under a column lies between its two values; both are 0 outside the sound.

        Raises:
            ValueError: when the zoom is not above 0.
        """
        if not frames_per_column > 0.0:
            raise ValueError(f"A column covers some frames, not {frames_per_column}.")
        result = np.zeros((max(columns, 0), self.channels, 2), np.float32)
        edges = first_frame + np.arange(max(columns, 0) + 1) * frames_per_column
        shown = np.flatnonzero((edges[1:] > 0) & (edges[:-1] < self.frames))
        if len(shown):
            low, high = int(shown[0]), int(shown[-1]) + 1
            result[low:high] = self._shown(edges[low : high + 1], frames_per_column)
        return result[:, :, 0], result[:, :, 1]

    def _shown(self, edges: Edges, frames_per_column: float) -> Level:
        if frames_per_column < _BASE_FRAMES and len(edges) <= _MOST_CLOSE_COLUMNS:
            found = self._close.columns(edges)
            if found is not None:
                return found
            self._wish(self._close, self._close.lacking(edges))
        level = int(np.floor(np.log2(max(frames_per_column / _BASE_FRAMES, 1.0))))
        level = min(level, len(self._levels) - 1)
        return columns_of(self._levels[level], _BASE_FRAMES << level, edges)


class _Known:
    """What has become of one source: its outline, or a sentence on why there is none."""

    def __init__(self) -> None:
        self.peaks: Peaks | None = None
        self.problem = ""
        self.is_missing = False


class Waveforms:
    """The outlines of a project's sources. All methods may be called from any thread and return at once; only
    those that end something wait for a listener that is being told.

    Outlines are kept in the project's `cache` folder, so that it opens fully drawn the next time.
    """

    def __init__(self, folder: Path | None) -> None:
        """Begin a thread that waits for work.

        Args:
            folder: the project's; None for one that was never saved, whose sources have absolute paths.
        """
        self._folder = folder
        self._cache = (user_cache_folder() if folder is None else folder / "cache") / "peaks"
        self._known: dict[tuple[str, str], _Known] = {}
        self._wanted: list[AudioSource] = []
        self._close_wanted: dict[int, tuple[AudioSource, CloseUp, tuple[Page, ...]]] = {}
        self._listeners: list[Listener] = []
        self._changed = threading.Condition()
        self._telling = threading.RLock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="waveforms", daemon=True)
        self._thread.start()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told when a source can be painted, better than before, or not at all. Returns what ends it.

        A listener is called on the thread that reads, and no more once it has ended that or `close` has
        returned: it may be deleted then. It must not wait for the thread that does either.
        """
        self._listeners.append(listener)

        def remove() -> None:
            with self._telling:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return remove

    def peaks(self, source: AudioSource) -> Peaks | None:
        """The outline; None while it is made (the listeners hear of it), or when there can be none."""
        with self._changed:
            known = self._known.get(_key(source))
            if known is None and not self._closed:
                self._known[_key(source)] = _Known()
                self._wanted.append(source)  # the last one asked for is the one on the screen: it comes first
                self._changed.notify()
            return known.peaks if known is not None else None

    def missing(self, source: AudioSource) -> bool:
        """Whether its file is known to be gone. Its outline may still be at hand, from before."""
        known = self._known.get(_key(source))
        return known is not None and known.is_missing

    def problem(self, source: AudioSource) -> str:
        """Why the file cannot be read, in a sentence; empty when it can, or while nobody knows."""
        known = self._known.get(_key(source))
        return known.problem if known is not None else ""

    def look_again(self) -> None:
        """Forget which files could not be read: the user may have put them back."""
        with self._changed:
            self._known = {key: known for key, known in self._known.items() if not known.problem}

    def close(self) -> None:
        """End the thread once it has done what it is doing; nothing is told any more."""
        with self._telling, self._changed:
            self._closed = True
            self._listeners.clear()
            self._wanted.clear()
            self._close_wanted.clear()
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._close_wanted or self._closed)
                if self._closed:
                    return
                # A page is read in a moment; a whole file takes longer.
                if self._close_wanted:
                    source, close, pages = self._close_wanted.popitem()[1]
                else:
                    source, close, pages = self._wanted.pop(), None, ()
            if close is None:
                self._make(source)
            elif not close.read(pages):
                continue
            with self._telling:
                self._tell(source)

    def _tell(self, source: AudioSource) -> None:
        """Apart from `_work`, which would keep the last listener until it tells of another source."""
        for listener in () if self._closed else tuple(self._listeners):
            listener(source)

    def _make(self, source: AudioSource) -> None:
        path = source_path(self._folder or Path(), source.path)
        stored, problem, is_missing = None, "", False
        try:
            is_missing = not path.is_file()
            stored = self._stored(source, path, is_missing=is_missing)
            if is_missing:
                problem = f"The audio file “{path}” is missing; put it back or choose where it is now."
        except (UserInputError, OSError, ValueError, MemoryError) as error:
            problem = str(error)
        known = _Known()
        known.problem, known.is_missing = problem, is_missing
        if stored is not None and stored.levels:
            close = CloseUp(path, stored.frames)
            known.peaks = Peaks(stored, close, lambda close, pages: self._ask_close(source, close, pages))
        with self._changed:
            self._known[_key(source)] = known

    def _stored(self, source: AudioSource, path: Path, *, is_missing: bool) -> StoredPeaks | None:
        """Peaks from the cache, without reading the file where nobody has touched it since."""
        kept = self._cache / f"{source.content_hash}.peaks"
        with suppress(OSError):
            if is_missing or kept.stat().st_mtime_ns >= path.stat().st_mtime_ns:
                found = StoredPeaks.load(kept, source_hash=source.content_hash)
                if found is not None or is_missing:
                    return found
        if is_missing:
            return None
        found = load_or_build_peaks(path, self._cache)
        with suppress(OSError):
            os.utime(self._cache / f"{found.source_hash}.peaks")
        return found

    def _ask_close(self, source: AudioSource, close: CloseUp, pages: tuple[Page, ...]) -> None:
        with self._changed:
            if pages and not self._closed and not self.missing(source):
                self._close_wanted[id(close)] = (source, close, pages)
                self._changed.notify()


def _key(source: AudioSource) -> tuple[str, str]:
    return source.path, source.content_hash
