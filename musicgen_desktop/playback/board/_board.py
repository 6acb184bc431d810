"""The page on which the playback process shows how things stand."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import SharedPage

from ._reading import BoardReading, from_bytes, most_bytes, to_bytes

_KIND = b"MGBOARD1"


class Board:
    """One side of the board: use `create` or `open`.

    Args:
        page: in memory that both sides see.
    """

    def __init__(self, page: SharedPage) -> None:
        self._page = page
        self.strips_max = page.figure
        if self.strips_max <= 0:
            page.close()
            raise ValueError("The file is no board.")
        self._last = BoardReading()

    @classmethod
    def create(cls, path: Path, strips_max: int = 1024) -> "Board":
        """Make a new file with an empty board.

        Args:
            path: must not exist: whoever has an older one open goes on with that.
            strips_max: how many strips it can show; of more, the last of them (the master) and the first.

        Raises:
            OSError: when it cannot be made.
        """
        return cls(SharedPage.create(path, _KIND, most_bytes(strips_max), strips_max))

    @classmethod
    def open(cls, path: Path) -> "Board":
        """Share a board that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none.
        """
        try:
            return cls(SharedPage.open(path, _KIND))
        except ValueError as error:
            raise ValueError("The file is no board.") from error

    def write(self, reading: BoardReading) -> None:
        """Show how things stand. Only one process at a time writes.

        Args:
            reading: its number is given here.
        """
        if len(reading.levels) > self.strips_max:
            kept = [*range(self.strips_max - 1), len(reading.levels) - 1]
            reading = msgspec.structs.replace(reading, levels=reading.levels[kept])
        self._page.write(to_bytes(reading))

    def read(self) -> BoardReading:
        """What was written last; its number is 0 when nothing was."""
        number, data = self._page.read()
        if number != self._last.number:
            self._last = from_bytes(data, number)
        return self._last

    def close(self) -> None:
        """Let go of the memory; the file stays. May be called again."""
        self._page.close()
