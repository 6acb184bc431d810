"""The page on which the playback process tells what is heard when."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import SharedPage

from ._play_clock import ClockReading

_KIND = b"MGCLOCK1"
_MOST_BYTES = 1 << 14

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(ClockReading)


class PlayClock:
    """One side of the page: use `create` or `open`. One process writes, any number read; nobody waits.

    Args:
        page: in memory that all of them see.
    """

    def __init__(self, page: SharedPage) -> None:
        self._page = page
        self._number = 0
        self._last = ClockReading()

    @classmethod
    def create(cls, path: Path) -> "PlayClock":
        """Make a new file with a clock on which nothing stands yet.

        Raises:
            OSError: when it cannot be made, or exists.
        """
        return cls(SharedPage.create(path, _KIND, _MOST_BYTES))

    @classmethod
    def open(cls, path: Path) -> "PlayClock":
        """Share a clock that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none.
        """
        return cls(SharedPage.open(path, _KIND))

    def write(self, reading: ClockReading) -> None:
        """Tell what is heard when. Only one process at a time writes."""
        self._page.write(_encode(reading))

    def read(self) -> ClockReading:
        """What was told last; its rate is 0 when nothing was, or while no device is open."""
        number, data = self._page.read()
        if number != self._number:
            self._number, self._last = number, _decoder.decode(data)
        return self._last

    def close(self) -> None:
        """Let go of the memory; the file stays. May be called again."""
        self._page.close()
