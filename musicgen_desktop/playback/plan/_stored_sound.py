"""Sound that stays on the disk and is read where it is wanted.

Nothing is mapped into memory: reading a mapped file that was cut short kills the process.
"""

import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.media import AudioFile, AudioInfo, UnreadableAudioError

_FRAME_BYTES = 4
_PLAIN_FORMATS = frozenset({"WAV", "WAVEX", "RF64", "W64", "AIFF"})
_PLAIN_ENCODINGS = ("PCM_", "FLOAT", "DOUBLE")


class Sound(Protocol):
    """[frames, channels] float32 that can be sliced: an array, or a file."""

    def __len__(self) -> int:
        """How many frames."""

    def __getitem__(self, wanted: slice, /) -> Audio:
        """The frames of a slice without a step; fewer where the file has lost some."""


def can_be_read_anywhere(info: AudioInfo) -> bool:
    """Whether going to a place in such a file is quick and exact."""
    return info.format in _PLAIN_FORMATS and info.encoding.startswith(_PLAIN_ENCODINGS)


class RawSound:
    """A file of nothing but float32 frames. May be read by several threads, and by forked processes.

    Args:
        path: of the file, which may be deleted while it is open.
        channels: of each frame.

    Raises:
        OSError: when it cannot be opened.
    """

    def __init__(self, path: Path, channels: int) -> None:
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        self._channels = channels
        self._frames = os.fstat(self._file.fileno()).st_size // (_FRAME_BYTES * channels)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._frames

    def __getitem__(self, wanted: slice, /) -> Audio:
        first, end, _ = wanted.indices(self._frames)
        frame = _FRAME_BYTES * self._channels
        data = self._bytes(first * frame, max(end - first, 0) * frame)
        whole = len(data) // frame
        return np.frombuffer(data, np.float32, whole * self._channels).reshape(whole, self._channels)

    def _bytes(self, at: int, count: int) -> bytes:
        try:
            if hasattr(os, "pread"):
                return os.pread(self._file.fileno(), count, at)
            with self._lock:
                self._file.seek(at)
                return self._file.read(count) or b""
        except OSError:
            return b""


class FileSound:
    """An audio file at its own rate. May be read by several threads, not by forked processes.

    Args:
        path: a file of which `can_be_read_anywhere`.
        complain: told once, when frames that the file promised cannot be read any more.

    Raises:
        UnreadableAudioError: when it cannot be opened.
    """

    def __init__(self, path: Path, complain: Callable[[str], None]) -> None:
        self._file = AudioFile(path)
        self._at = 0
        self._complain = complain
        self._has_complained = False
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._file.info.frames

    def __getitem__(self, wanted: slice, /) -> Audio:
        first, end, _ = wanted.indices(len(self))
        count = max(end - first, 0)
        with self._lock:
            block = self._read(first, count)
            if len(block) < count and not self._has_complained:
                self._has_complained = True
                self._complain(
                    f"{self._file.path.name} can no longer be read to its end: the rest is silent. "
                    "Put the file back, or export it again."
                )
        return block

    def _read(self, first: int, count: int) -> Audio:
        try:
            if first != self._at:
                self._file.seek(first)
            block = self._file.read(count)
        except UnreadableAudioError:
            self._at = -1
            return np.zeros((0, self._file.info.channels), np.float32)
        self._at = first + len(block)
        return block
