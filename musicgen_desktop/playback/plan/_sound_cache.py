"""The folder of long sounds at a plan's rate: kept small, and swept."""

import os
import time
from contextlib import suppress
from pathlib import Path

SUFFIX = ".f32"
UNFINISHED = ".part"
MOST_BYTES = 4 << 30
STALE_S = 86_400.0


def touch(path: Path) -> None:
    """Note that a file was used: those that were not for longest go first."""
    with suppress(OSError):
        os.utime(path)


def make_room(folder: Path, *, most_bytes: int = MOST_BYTES, keep: Path | None = None) -> None:
    """Delete the files used least recently until the others hold so many bytes, and what was never finished.

    A file that is mapped just now goes on to be readable where systems allow that; on Windows it cannot be
    deleted, and stays.

    Args:
        folder: of the cache; may be missing.
        most_bytes: that the finished files may hold together.
        keep: the file that is needed now, however large.
    """
    held = 0
    for _, size, path in sorted(_files(folder, SUFFIX), reverse=True):
        held += size
        if held > most_bytes and path != keep:  # this one, and all that were used before it
            with suppress(OSError):
                path.unlink()
    for used_s, _, path in _files(folder, UNFINISHED):
        if time.time() - used_s > STALE_S:
            with suppress(OSError):
                path.unlink()


def _files(folder: Path, suffix: str) -> list[tuple[float, int, Path]]:
    """(when it was last used, bytes, path) of each file that can be looked at."""
    found = []
    for path in folder.glob(f"*{suffix}"):
        with suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    return found
