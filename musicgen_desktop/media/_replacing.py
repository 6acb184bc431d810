"""Files that appear whole or not at all, and the folders they lie in."""

import contextlib
import errno
import secrets
import stat
from pathlib import Path
from typing import BinaryIO, Self

from ._errors import CannotWriteError, CannotWriteIntoError, refuse_broken_name


class ReplacingFile:
    """Writes beside the target and takes its place at the end, so nobody ever sees half a file.

    Used as a context it is committed at the end, and discarded by an exception inside.

    Args:
        path: the target; an older file there stays until `commit`.

    Raises:
        CannotWriteError: here and in every method, when the system refuses. Nothing is left behind then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
        try:
            refuse_broken_name(path)
            with contextlib.suppress(
                FileNotFoundError
            ):  # a name that is too long is told here, not at the end
                if stat.S_ISDIR(path.stat().st_mode):
                    raise IsADirectoryError(errno.EISDIR, "Is a directory")
            self.file: BinaryIO = self._temporary.open("xb")
        except OSError as error:
            raise CannotWriteError(path, error) from error

    def write(self, data: bytes | memoryview) -> int:
        """Append (or overwrite, after `seek`)."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.discard()
            raise CannotWriteError(self.path, error) from error

    def seek(self, offset: int) -> None:
        """Go to a byte counted from the start."""
        try:
            self.file.seek(offset)
        except OSError as error:  # pending bytes are flushed first, and may not fit
            self.discard()
            raise CannotWriteError(self.path, error) from error

    def commit(self) -> None:
        """Close, and take the target's place."""
        try:
            self.file.close()
            self._temporary.replace(self.path)
        except OSError as error:
            self.discard()
            raise CannotWriteError(self.path, error) from error

    def discard(self) -> None:
        """Close and forget; the target stays as it was."""
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file, or none.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
    """
    with ReplacingFile(path) as file:
        file.write(data)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, and see that files can be written into it.

    Raises:
        CannotWriteIntoError: a file in the way, no right, a name that is no text.
    """
    probe = folder / f".{secrets.token_hex(4)}.part"
    try:
        refuse_broken_name(folder)
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise CannotWriteIntoError(folder, error) from error
