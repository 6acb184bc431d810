"""The page on which whoever listens to a master clock tells what it says."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import SharedPage

from ._master_clock import MasterClock

_KIND = b"MGMASTER"
_MOST_BYTES = 1 << 12

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(MasterClock)


class MasterClockPage:
    """One side of the page: use `create` or `open`. One process writes, any number read; nobody waits.

    Args:
        page: in memory that all of them see.
    """

    def __init__(self, page: SharedPage) -> None:
        self._page = page
        self._number = 0
        self._last = MasterClock()

    @classmethod
    def create(cls, path: Path) -> "MasterClockPage":
        """Make a new file on which nothing is followed yet.

        Raises:
            OSError: when it cannot be made, or exists.
        """
        return cls(SharedPage.create(path, _KIND, _MOST_BYTES))

    @classmethod
    def open(cls, path: Path) -> "MasterClockPage":
        """Share a page that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none.
        """
        return cls(SharedPage.open(path, _KIND))

    def write(self, clock: MasterClock) -> None:
        """Tell what the master says. Only one process at a time writes."""
        self._page.write(_encode(clock))

    def read(self) -> MasterClock:
        """What was told last; `off` when nothing was."""
        number, data = self._page.read()
        if number != self._number:
            self._number, self._last = number, _decoder.decode(data)
        return self._last

    def close(self) -> None:
        """Let go of the memory; the file stays. May be called again."""
        self._page.close()
