"""As many rings as there are tracks, in files that two processes map."""

import errno
import mmap
import os
from pathlib import Path

from ._ring import HEADER_BYTES, SourceRing

RING_S = 5.0
SLOTS_PER_FILE = 32
_PAGE = 4096
_CLOCK_AT = SLOTS_PER_FILE * HEADER_BYTES
_CANNOT_RESERVE = (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


class RingPool:
    """Rings by number. A file holds 32 of them; of a ring that nobody used no memory is taken.

    Of one that is used all memory is taken at once: a process that writes where none is left is killed.

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
            OSError: when its file cannot be made or opened, or there is no room for it.
        """
        ring = self._rings.get(slot)
        if ring is None:
            number, place = divmod(slot, SLOTS_PER_FILE)
            sound_at = _PAGE + place * self.ring_frames * 8
            memory = self._file(number)
            if self._owns:
                _reserve(self._path(number), sound_at, self.ring_frames * 8)
            ring = SourceRing(memory, place * HEADER_BYTES, sound_at, self.ring_frames)
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
        path = self._path(number)
        size = _PAGE + SLOTS_PER_FILE * self.ring_frames * 8
        if self._owns and not path.exists():
            with path.open("wb") as file:
                file.truncate(size)
        if self._owns:
            _reserve(path, 0, _PAGE)
        with path.open("r+b") as file:
            return mmap.mmap(file.fileno(), size)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.ring"


def _reserve(path: Path, at: int, count: int) -> None:
    """Take the room for these bytes of a file now, on systems that can."""
    if not hasattr(os, "posix_fallocate"):
        return
    with path.open("r+b") as file:
        try:
            os.posix_fallocate(file.fileno(), at, count)
        except OSError as error:
            if error.errno not in _CANNOT_RESERVE:
                raise
