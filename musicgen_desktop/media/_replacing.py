"""A file that appears whole or not at all."""

import contextlib
import errno
import secrets
from pathlib import Path
from typing import BinaryIO

from ._errors import cannot_write


class ReplacingFile:
    """Writes beside the target and takes its place at the end, so nobody ever sees half a file.

    Args:
        path: the target; an older file there stays until `commit`.

    Raises:
        CannotWriteError: here and in every method, when the system refuses. Nothing is left behind then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
        try:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "Is a directory")
            self.file: BinaryIO = self._temporary.open("xb")
        except OSError as error:
            raise cannot_write(path, error) from error

    def write(self, data: bytes | memoryview) -> int:
        """Append (or overwrite, after `seek`)."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.discard()
            raise cannot_write(self.path, error) from error

    def seek(self, offset: int) -> None:
        """Go to a byte counted from the start."""
        try:
            self.file.seek(offset)
        except OSError as error:  # pending bytes are flushed first, and may not fit
            self.discard()
            raise cannot_write(self.path, error) from error

    def commit(self) -> None:
        """Close, and take the target's place."""
        try:
            self.file.close()
            self._temporary.replace(self.path)
        except OSError as error:
            self.discard()
            raise cannot_write(self.path, error) from error

    def discard(self) -> None:
        """Close and forget; the target stays as it was."""
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)
