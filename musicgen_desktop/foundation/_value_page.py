"""A page of memory on which one process tells a value, again and again."""

from pathlib import Path
from typing import Generic, Self, TypeVar

import msgspec

from ._shared_page import SharedPage

_Value = TypeVar("_Value", bound=msgspec.Struct)


class ValuePage(Generic[_Value]):
    """One side of the page: use `create` or `open`. One process writes, any number read; nobody waits.

    Each kind of page is a class that says what stands on it.

    Args:
        page: in memory that all of them see.
    """

    kind: bytes
    """Eight bytes that tell this kind from others."""
    most_bytes: int
    """Of the value as MessagePack."""
    value: type[_Value]
    """What is told; made without arguments, it is what stands there before anything was."""

    def __init__(self, page: SharedPage) -> None:
        self._page = page
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(self.value)
        self._number = 0
        self._last = self.value()

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new file on which nothing is told yet.

        Raises:
            OSError: when it cannot be made, or exists.
        """
        return cls(SharedPage.create(path, cls.kind, cls.most_bytes))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Share a page that exists, to write or to read.

        Raises:
            OSError: when it cannot be opened.
            ValueError: when it is none of this kind.
        """
        return cls(SharedPage.open(path, cls.kind))

    def write(self, value: _Value) -> None:
        """Tell this. Only one process at a time writes."""
        self._page.write(self._encoder.encode(value))

    def read(self) -> _Value:
        """What was told last."""
        number, data = self._page.read()
        if number != self._number:
            self._number, self._last = number, self._decoder.decode(data)
        return self._last

    def close(self) -> None:
        """Let go of the memory; the file stays. May be called again."""
        self._page.close()
