"""A ZIP archive of strangers: nothing is unpacked by the names it gives, and nothing without a limit."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from musicgen_desktop.media import ReplacingFile

from ._check_xml import is_inside
from ._values import PROJECT_XML, UnreadableDawProjectError

MOST_SOUND_BYTES = 8 << 30
_MOST_MEMBERS = 20_000
_BLOCK = 1 << 20

# What may be a bomb: a file that grows beyond so many bytes to more than so many times its packed size.
_SUSPICIOUS_BYTES = 256 << 20
_SUSPICIOUS_RATIO = 100


class Archive:
    """An open archive. A context.

    Args:
        file: read from; stays open.
        path: what the sentences call it.

    Attributes:
        names: of the members that lie inside, as every system has it.
        outside: of those that would lie elsewhere; they cannot be read.

    Raises:
        UnreadableDawProjectError: it is no ZIP archive, damaged, or lists too much.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._path = path
        with self._reading():
            self._zip = zipfile.ZipFile(file)
        listed = self._zip.infolist()
        if len(listed) > _MOST_MEMBERS:
            raise UnreadableDawProjectError(path, f"lists more than {_MOST_MEMBERS:,} files; export it anew.")
        self._infos = {info.filename: info for info in listed if is_inside(info.filename)}
        self.names = frozenset(self._infos)
        self.outside = tuple(info.filename for info in listed if info.filename not in self.names)
        if PROJECT_XML not in self.names:
            raise UnreadableDawProjectError(
                path, f"is an archive without {PROJECT_XML}, so it is no DAWproject; export it as one."
            )

    def read(self, name: str, most: int) -> bytes | None:
        """A whole member; None when there is none, or it has more than `most` bytes.

        Raises:
            UnreadableDawProjectError: it is damaged, encrypted, or packed in a way that nobody knows.
        """
        info = self._infos.get(name)
        if info is None or info.file_size > most:
            return None
        with self._reading(), self._zip.open(info) as member:
            data = member.read(most + 1)
        return data if len(data) <= most else None

    def extract(self, name: str, target: Path) -> None:
        """Write a member to a place of our choice, whole or not at all.

        Raises:
            KeyError: when there is no such member.
            UnreadableDawProjectError: as `read`, or it claims to be far larger than sound is.
            CannotWriteError: when the disk refuses.
        """
        info = self._infos[name]
        grown = info.file_size > _SUSPICIOUS_BYTES and info.file_size > _SUSPICIOUS_RATIO * info.compress_size
        if info.file_size > MOST_SOUND_BYTES or grown:
            raise UnreadableDawProjectError(
                self._path, "holds a sound that unpacks to more than a song needs; export it anew."
            )
        with ReplacingFile(target) as file:
            left = info.file_size
            with self._reading():
                member = self._zip.open(info)
            with member:
                while left >= 0:
                    with self._reading():
                        block = member.read(_BLOCK)
                    if not block:
                        break
                    left -= len(block)
                    file.write(block)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever a damaged archive makes the reader stumble over becomes one sentence."""
        try:
            yield
        except MemoryError:
            raise UnreadableDawProjectError(self._path, "does not fit into memory; export it anew.") from None
        except Exception as error:
            raise UnreadableDawProjectError(
                self._path, "is damaged, cut off or encrypted; export it again as a DAWproject."
            ) from error
