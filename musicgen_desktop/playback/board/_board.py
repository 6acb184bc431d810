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

import msgspec

from ._reading import BoardReading, from_bytes, most_bytes, to_bytes

_MAGIC = b"MGBOARD1"
_FILE_HEAD = struct.Struct("<8sqq")  # magic, most strips, bytes of a place
_PLACE_HEAD = struct.Struct("<qqI")  # number, length, check sum of both and of the bytes
_FIRST = 64
_TRIES = 100


class Board:
    """One side of the board: use `create` or `open`.

    Args:
        memory: of the file, shared and writable.
    """

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        magic, strips_max, place_bytes = _FILE_HEAD.unpack_from(memory)
        self.strips_max, self._place_bytes = int(strips_max), int(place_bytes)
        is_whole = self.strips_max > 0 and len(memory) >= _FIRST + 2 * self._place_bytes
        if magic != _MAGIC or self._place_bytes < _PLACE_HEAD.size or not is_whole:
            raise ValueError("The file is no board.")
        self._number = max(number for number, _ in self._places())
        self._last = BoardReading()
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path, strips_max: int = 1024) -> "Board":
        """Make a new file with an empty board.

        Args:
            path: must not exist: whoever has an older one open goes on with that.
            strips_max: how many strips it can show; of more, the last of them (the master) and the first.

        Raises:
            OSError: when it cannot be made.
        """
        place_bytes = -(-(_PLACE_HEAD.size + most_bytes(strips_max)) // 64) * 64
        with path.open("x+b") as file:
            file.write(_FILE_HEAD.pack(_MAGIC, strips_max, place_bytes))
            file.truncate(_FIRST + 2 * place_bytes)
            file.flush()
            return cls(mmap.mmap(file.fileno(), 0))

    @classmethod
    def open(cls, path: Path) -> "Board":
        """Share a board that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none.
        """
        with path.open("r+b") as file:
            return cls(mmap.mmap(file.fileno(), 0))

    def write(self, reading: BoardReading) -> None:
        """Show how things stand. Only one process at a time writes.

        Args:
            reading: its number is given here.
        """
        if len(reading.levels) > self.strips_max:
            kept = [*range(self.strips_max - 1), len(reading.levels) - 1]
            reading = msgspec.structs.replace(reading, levels=reading.levels[kept])
        data = to_bytes(reading)
        with self._lock:
            self._number += 1
            at = self._place(self._number)
            head = _PLACE_HEAD.pack(self._number, len(data), _sum(self._number, data))
            self._memory[at : at + len(head) + len(data)] = head + data

    def read(self) -> BoardReading:
        """What was written last; its number is 0 when nothing was."""
        for _ in range(_TRIES):
            for number, at in sorted(self._places(), reverse=True):
                if number == self._last.number:
                    return self._last
                data = self._checked(number, at)
                if data is not None:
                    self._last = from_bytes(data, number)
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
        if found != number or not 0 <= length <= self._place_bytes - _PLACE_HEAD.size:
            return None
        data = self._memory[at + _PLACE_HEAD.size : at + _PLACE_HEAD.size + length]
        return data if _sum(number, data) == check else None


def _sum(number: int, data: bytes) -> int:
    return zlib.crc32(data, number & 0xFFFFFFFF)
