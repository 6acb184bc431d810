"""The log beside the takes: what is needed to find them again after a crash."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import sync_file, sync_folder, write_all

from ._disk import FLAGS
from ._errors import disk_error
from ._log_lines import Line

LOG_SUFFIX = ".takelog"
_LOCKED_BYTE = 2**30  # far behind the text: Windows keeps others from reading the byte that is locked


class TakeLog:
    """Lines that are on the disk before the next thing happens.

    The system's own file lock marks it as being written; it ends with the process, whatever ends that.

    Args:
        path: a new file.

    Raises:
        DiskFullError: here and in every method.
        CannotRecordError: likewise.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._torn = False
        self._closed = False
        try:
            self._descriptor = os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | FLAGS, 0o644
            )
            _lock(self._descriptor, waits=True)
            sync_folder(path.parent)
        except OSError as error:
            raise disk_error(path.parent, error) from error

    def append(self, line: Line, *, sync: bool = True) -> None:
        """Add a line; with `sync` it is on the disk on return, and those before it."""
        # A line of which only a part found room must not spoil the next one.
        data = (b"\n" if self._torn else b"") + msgspec.json.encode(line) + b"\n"
        self._torn = True
        try:
            write_all(self._descriptor, data)
            self._torn = False
            if sync:
                sync_file(self._descriptor)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    def sync(self) -> None:
        """Wait until all lines are on the disk."""
        try:
            sync_file(self._descriptor)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    def close(self) -> None:
        """Let others read it as finished. May be called again."""
        if not self._closed:
            self._closed = True
            os.close(self._descriptor)


def append_to_log(path: Path, line: Line) -> None:
    """Add a line to a finished log.

    Raises:
        DiskFullError: no room.
        CannotRecordError: whatever else the system refuses.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | FLAGS)
        try:
            write_all(descriptor, b"\n" + msgspec.json.encode(line) + b"\n")
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise disk_error(path.parent, error) from error


def is_being_written(path: Path) -> bool:
    """Whether a living process still records into this log; True also when nobody can tell."""
    with finished(path) as is_finished:
        return not is_finished


@contextlib.contextmanager
def finished(path: Path) -> Iterator[bool]:
    """Whether nobody records into this log; while the block runs nobody begins to, either."""
    try:
        descriptor = os.open(path, os.O_RDWR | FLAGS)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor, waits=False)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, waits: bool) -> bool:
        """The writer waits, for whoever looks has it for a moment only."""
        try:
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int, *, waits: bool) -> bool:
        """The writer waits, for whoever looks has it for a moment only; those may look together."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a share without locks: better to find a take twice than never
        return True
