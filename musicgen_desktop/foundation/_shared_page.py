"""A page of memory that one process writes and others read, without waiting for each other.

There are two places, used in turn, each with its number and check sum. The newest is the one with the larger
number whose sum is right: a reader that meets the writer at work takes the other one, and a writer that dies
half-way spoils nothing. The sum also holds where a processor lets another one see writes in another order.
"""

import mmap
import struct
import threading
import time
import zlib
from pathlib import Path
from typing import NamedTuple

_FILE_HEAD = struct.Struct("<8sqq")  # kind, a figure of the page's own, bytes of a place
_PLACE_HEAD = struct.Struct("<qqI")  # number, length, check sum of both and of the bytes
_FIRST = 64
_TRIES = 100


class Written(NamedTuple):
    """What stands on a page.

    Attributes:
        number: counts the writings; 0 when nothing was ever written.
        data: the bytes; none when nothing was ever written.
    """

    number: int = 0
    data: bytes = b""


class SharedPage:
    """One side of a page: use `create` or `open`.

    Args:
        memory: of the file, shared and writable.
        kind: eight bytes that tell what stands on it.
    """

    def __init__(self, memory: mmap.mmap, kind: bytes) -> None:
        self._memory = memory
        found, figure, place_bytes = _FILE_HEAD.unpack_from(memory)
        self.figure, self._place_bytes = int(figure), int(place_bytes)
        """What `create` was given."""
        is_whole = len(memory) >= _FIRST + 2 * self._place_bytes
        if found != kind or self._place_bytes < _PLACE_HEAD.size or not is_whole:
            raise ValueError(f"The file is no page of the kind {kind!r}.")
        self._number = max(number for number, _ in self._places())
        self._last = Written()
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path, kind: bytes, most_bytes: int, figure: int = 0) -> "SharedPage":
        """Make a new file with an empty page.

        Args:
            path: must not exist: whoever has an older one open goes on with that.
            kind: eight bytes that tell what stands on it.
            most_bytes: that are ever written at once.
            figure: for the page's own use.

        Raises:
            OSError: when it cannot be made.
        """
        place_bytes = -(-(_PLACE_HEAD.size + most_bytes) // 64) * 64
        with path.open("x+b") as file:
            file.write(_FILE_HEAD.pack(kind, figure, place_bytes))
            file.truncate(_FIRST + 2 * place_bytes)
            file.flush()
            return cls(mmap.mmap(file.fileno(), 0), kind)

    @classmethod
    def open(cls, path: Path, kind: bytes) -> "SharedPage":
        """Share a page that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none, or of another kind.
        """
        with path.open("r+b") as file:
            return cls(mmap.mmap(file.fileno(), 0), kind)

    @property
    def most_bytes(self) -> int:
        """How much can be written at once."""
        return self._place_bytes - _PLACE_HEAD.size

    def write(self, data: bytes) -> int:
        """Let this stand on the page, and return its number. Only one process at a time writes.

        Raises:
            ValueError: when it is more than `most_bytes`.
        """
        if len(data) > self.most_bytes:
            raise ValueError(f"{len(data)} bytes do not fit on the page.")
        with self._lock:
            self._number += 1
            at = self._place(self._number)
            head = _PLACE_HEAD.pack(self._number, len(data), _sum(self._number, data))
            self._memory[at : at + len(head) + len(data)] = head + data
            return self._number

    def read(self) -> Written:
        """What was written last."""
        for _ in range(_TRIES):
            for number, at in sorted(self._places(), reverse=True):
                if number == self._last.number:
                    return self._last
                data = self._checked(number, at)
                if data is not None:
                    self._last = Written(number, data)
                    return self._last
            time.sleep(0.0)
        return self._last

    def close(self) -> None:
        """Let go of the memory; the file stays. May be called again."""
        self._memory.close()

    def _place(self, number: int) -> int:
        return _FIRST + self._place_bytes if number % 2 else _FIRST

    def _places(self) -> list[tuple[int, int]]:
        """(number, where) of both places."""
        ats = (_FIRST, _FIRST + self._place_bytes)
        return [(int(_PLACE_HEAD.unpack_from(self._memory, at)[0]), at) for at in ats]

    def _checked(self, number: int, at: int) -> bytes | None:
        """The bytes of a place if they are whole and still those of this number."""
        found, length, check = _PLACE_HEAD.unpack_from(self._memory, at)
        if found != number or not 0 <= length <= self.most_bytes:
            return None
        data = self._memory[at + _PLACE_HEAD.size : at + _PLACE_HEAD.size + length]
        return data if _sum(number, data) == check else None


def _sum(number: int, data: bytes) -> int:
    return zlib.crc32(data, number & 0xFFFFFFFF)
