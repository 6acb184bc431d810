"""How a take's file is opened, and how it takes its room on the disk ahead of the bytes."""

import errno
import os
from collections.abc import Callable

FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_UNABLE = {errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}  # a network disk
_ALLOCATE: Callable[[int, int, int], None] | None = getattr(os, "posix_fallocate", None)


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
