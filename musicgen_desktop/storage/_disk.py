"""Writing so that a power cut leaves the old file or the new one, never half of one."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from musicgen_desktop.foundation import sync_file, write_all

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file and wait until it is on the disk; a failure leaves nothing behind.

    Raises:
        OSError: what the system says.
    """
    descriptor = os.open(path, _NEW_FILE, 0o644)
    try:
        try:
            for piece in pieces:
                write_all(descriptor, piece)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def keep_as(path: Path, copy: Path) -> None:
    """Give a file a second name that is there at once and whole; an older file of that name is replaced.

    A hard link costs nothing and cannot be half done. Where the file system has none, a copy is made.

    Raises:
        OSError: what the system says.
    """
    temporary = copy.with_name(copy.name + ".tmp")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        try:
            os.link(path, temporary)
        except OSError:
            copy_whole(path, temporary)
        # If both are already one file, POSIX lets replace do nothing and leave the temporary name.
        temporary.replace(copy)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def copy_whole(path: Path, copy: Path) -> None:
    """Copy a file's bytes and wait until they are on the disk.

    Raises:
        OSError: what the system says.
    """
    with path.open("rb") as source:
        write_whole(copy, iter(lambda: source.read(2**20), b""))
    with contextlib.suppress(OSError):
        shutil.copystat(path, copy)
