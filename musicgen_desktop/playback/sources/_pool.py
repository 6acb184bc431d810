"""As many rings as there are tracks, in files that two processes map."""

import mmap
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from ._ring import HEADER_BYTES, SourceRing

RING_S = 5.0
SLOTS_PER_FILE = 32
_PREFIX = "musicgen-desktop-"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ENOUGH_BYTES = 1 << 30
_PAGE = 4096
_CLOCK_AT = SLOTS_PER_FILE * HEADER_BYTES


class RingPool:
    """Rings by number. A file holds 32 of them; of a ring that nobody used no memory is taken.

    Args:
        folder: where the files lie.
        rate: frames per second; a ring holds five seconds.
        owns: this process makes the files that are missing; else they are there.
    """

    def __init__(self, folder: Path, rate: int, *, owns: bool) -> None:
        self.folder = folder
        self.ring_frames = round(RING_S * rate)
        self._owns = owns
        self._files: list[mmap.mmap] = []
        self._rings: dict[int, SourceRing] = {}
        self._clock = memoryview(self._file(0))[_CLOCK_AT : _CLOCK_AT + 8].cast("q")

    @property
    def reader_clock(self) -> int:
        """The frame of the stream that the reader reads next; what lies before it may be overwritten."""
        return self._clock[0]

    @reader_clock.setter
    def reader_clock(self, clock: int) -> None:
        self._clock[0] = clock

    def ring(self, slot: int) -> SourceRing:
        """The ring of this number, 0 or more.

        Raises:
            OSError: when its file cannot be made or opened.
        """
        ring = self._rings.get(slot)
        if ring is None:
            number, place = divmod(slot, SLOTS_PER_FILE)
            sound_at = _PAGE + place * self.ring_frames * 8
            ring = SourceRing(self._file(number), place * HEADER_BYTES, sound_at, self.ring_frames)
            self._rings[slot] = ring
        return ring

    def close(self) -> None:
        """Forget the files, which some systems can remove only when nobody has them mapped any more."""
        self._clock = memoryview(bytearray(8)).cast("q")
        self._rings.clear()
        self._files.clear()

    def _file(self, number: int) -> mmap.mmap:
        while len(self._files) <= number:
            self._files.append(self._mapped(len(self._files)))
        return self._files[number]

    def _mapped(self, number: int) -> mmap.mmap:
        path = self.folder / f"{number}.ring"
        size = _PAGE + SLOTS_PER_FILE * self.ring_frames * 8
        if self._owns and not path.exists():
            with path.open("wb") as file:
                file.truncate(size)
        with path.open("r+b") as file:
            return mmap.mmap(file.fileno(), size)


def make_ring_folder() -> Path:
    """A new folder for a pool: in memory where the system has a place for that with room, else on the disk.

    What processes that were killed left behind is removed.
    """
    parent = Path(tempfile.gettempdir())
    if os.access(_SHARED_MEMORY, os.W_OK) and shutil.disk_usage(_SHARED_MEMORY).free >= _ENOUGH_BYTES:
        parent = _SHARED_MEMORY
    if sys.platform != "win32":  # where asking whether a process lives is no question
        for path in parent.glob(f"{_PREFIX}*-rings-*"):
            if not _lives(path.name.removeprefix(_PREFIX).partition("-")[0]):
                shutil.rmtree(path, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-rings-", dir=parent))


def _lives(process: str) -> bool:
    if process.isdecimal():
        with suppress(PermissionError):
            try:
                os.kill(int(process), 0)
            except (ProcessLookupError, OverflowError):
                return False
    return True
