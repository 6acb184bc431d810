"""One writer per project."""

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import Self

import msgspec

from musicgen_desktop.foundation import write_all

from ._errors import CannotSaveError, ProjectInUseError
from ._layout import LOCK_FILE

_LOCKED_BYTE = 2**30  # far behind the text: Windows keeps others from reading the byte that is locked


class _Holder(msgspec.Struct, frozen=True):
    pid: int
    host: str


class ProjectLock:
    """Held by whoever writes into a project folder.

    The system's own file lock does the work and ends with the process that holds it, so what a killed program
    leaves behind locks nobody out. The text in the file only says who it is.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            ProjectInUseError: when someone else holds it.
            CannotSaveError: when the folder cannot be written.
        """
        self.folder = folder
        self._path = folder / LOCK_FILE
        self._descriptor = -1
        try:
            self._take()
        except OSError as error:
            raise CannotSaveError(folder, error) from error

    @property
    def held(self) -> bool:
        """Whether it is held now."""
        return self._descriptor >= 0

    def release(self) -> None:
        """Let others write. May be called again."""
        if self._descriptor < 0:
            return
        if os.name == "nt":  # an open file cannot be removed there
            os.close(self._descriptor)
            self._unlink()
        else:  # elsewhere it goes while it is locked, or another's fresh lock might be removed
            self._unlink()
            os.close(self._descriptor)
        self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.release()

    def _take(self) -> None:
        while True:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
            descriptor = os.open(self._path, flags, 0o644)
            try:
                if not _lock(descriptor):
                    raise ProjectInUseError(self.folder, _holder(self._path))
                if self._is_current(descriptor):
                    os.ftruncate(descriptor, 0)
                    write_all(descriptor, msgspec.json.encode(_Holder(os.getpid(), socket.gethostname())))
                    self._descriptor = descriptor
                    return
            finally:
                if self._descriptor != descriptor:
                    os.close(descriptor)

    def _is_current(self, descriptor: int) -> bool:
        """Whether the locked file still has its name: its last holder may just have removed it."""
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False

    def _unlink(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink()


def _holder(path: Path) -> str:
    try:
        with path.open("rb") as file:
            holder = msgspec.json.decode(file.read(4096), type=_Holder)
    except (OSError, ValueError):
        return "another program"
    here = holder.host == socket.gethostname()
    return f"process {holder.pid}" if here else f"process {holder.pid} on {holder.host}"


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import errno
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # A share without locks: better to save unguarded than not at all.
            return error.errno in {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
        return True
