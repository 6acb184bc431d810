"""What it takes for bytes to be on the disk when the power goes."""

import contextlib
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    _FULL_SYNC = None
else:
    # On macOS plain fsync leaves the bytes in the drive's own memory.
    _FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)


def existing_folder(folder: Path) -> Path:
    """The folder, or the nearest one above that exists: where it would be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


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
