"""A folder for rings: in memory where there is room, marked while its process lives, removed after it."""

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_PREFIX = "musicgen-desktop-rings-"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ENOUGH_BYTES = 1 << 30
_MARK = "lives"
_UNMARKED_S = 60.0


class RingFolder:
    """A new folder; what processes that were killed left behind is removed.

    The mark is a lock on a file. Numbers of processes would not tell: two containers that share their memory
    do not see each other's.

    Args:
        parent: in which it is made; where there is most room for sound when None.

    Raises:
        OSError: when it cannot be made.
    """

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or _roomy()
        self._mark: BinaryIO | None = None
        if sys.platform != "win32":  # where nothing that is still in use can be removed
            _sweep(parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        if sys.platform != "win32":
            unready = self.path / f"{_MARK}.new"
            self._mark = unready.open("wb")
            with suppress(OSError):  # a disk without locks: then the mark is never found unlocked either
                _is_locked(self._mark)
            unready.replace(self.path / _MARK)  # nobody ever finds it without its lock

    def close(self) -> None:
        """Remove it, where nobody else has it; also twice."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._mark is not None:
            self._mark.close()
        self._mark = None


def _roomy() -> Path:
    if os.access(_SHARED_MEMORY, os.W_OK) and shutil.disk_usage(_SHARED_MEMORY).free >= _ENOUGH_BYTES:
        return _SHARED_MEMORY
    return Path(tempfile.gettempdir())


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another user's
            try:
                with (folder / _MARK).open("rb") as mark:
                    if _is_locked(mark):
                        shutil.rmtree(folder, ignore_errors=True)
            except FileNotFoundError:  # nobody marked it: it is just being made, or never was to its end
                if time.time() - folder.stat().st_mtime > _UNMARKED_S:
                    shutil.rmtree(folder, ignore_errors=True)


def _is_locked(mark: BinaryIO) -> bool:
    """Lock it; False when another one has it locked."""
    if sys.platform == "win32":
        return False
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(mark.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
