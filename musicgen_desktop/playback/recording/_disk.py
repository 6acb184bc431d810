"""What a file that must survive a power cut needs of the system."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

try:
    import fcntl
except ImportError:  # Windows
    _FULL_SYNC = None
else:
    _FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)  # on macOS fsync leaves the bytes in the drive's memory

_UNABLE = {errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}  # a network disk
_ALLOCATE: Callable[[int, int, int], None] | None = getattr(os, "posix_fallocate", None)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write all of it, however many times the system takes only a part."""
    rest = memoryview(data).cast("B") if len(data) else memoryview(b"")
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_file(descriptor: int) -> None:
    """Wait until a file's bytes are on the disk."""
    if _FULL_SYNC is not None:
        with contextlib.suppress(OSError):  # not every file system knows it
            fcntl.fcntl(descriptor, _FULL_SYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reserve(descriptor: int, start: int, size: int) -> bool:
    """Take room on the disk for bytes to come; they read as zeros until they are written.

    Returns:
        Whether system and disk can do that at all (macOS cannot).

    Raises:
        OSError: when there is no such room.
    """
    if _ALLOCATE is not None:
        try:
            _ALLOCATE(descriptor, start, size)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
            return False
        return True
    if os.name == "nt":  # there a file's length is room that was taken
        os.ftruncate(descriptor, start + size)
        return True
    return False
