"""A folder on a disk that fills up."""

import errno
import os

from musicgen_desktop.media import CannotWriteError
from musicgen_desktop.media._replacing import ReplacingFile


class SmallDisk:
    """Media files below a folder take no more than so many bytes altogether.

    Args:
        monkeypatch: of the test.
        folder: all that is below it counts.
        free: bytes that may still be written there; may be set anew.
    """

    def __init__(self, monkeypatch, folder, free):
        self._folder = folder
        self.capacity = self._used() + free
        written = ReplacingFile.write

        def write(file, data):
            before = file.file.tell()
            file.file.flush()
            size = os.fstat(file.file.fileno()).st_size
            grown = max(0, before + len(data) - size)
            if file.path.is_relative_to(folder) and self._used() + grown > self.capacity:
                file.discard()
                raise CannotWriteError(file.path, OSError(errno.ENOSPC, "No space left on device"))
            return written(file, data)

        monkeypatch.setattr(ReplacingFile, "write", write)

    def _used(self):
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
