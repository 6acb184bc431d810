"""Files of a folder that are written together, or not at all."""

import errno
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from musicgen_desktop.media import CannotWriteError, CannotWriteIntoError

_PREFIX = ".writing-"
_BEFORE = "before"
_STALE_S = 86_400.0


class PendingFiles:
    """Files written into a folder inside the folder, which take their places there by `move_in`.

    An exception inside the context puts back what had been moved, and nothing of the attempt is left. What a
    killed program left behind is swept by the first attempt a day later.

    Args:
        folder: where the files belong.

    Raises:
        CannotWriteIntoError: when the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []
        self._moved: list[tuple[Path, Path | None]] = []
        _sweep(folder)
        try:
            self._place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        except OSError as error:
            raise CannotWriteIntoError(folder, error) from error

    def path(self, name: str) -> Path:
        """Where to write a file for now; `name` is its path from the folder. Any thread may ask."""
        path = self._place / "new" / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWriteError(self._folder / name, error) from error
        self._names.append(name)
        return path

    def move_in(self) -> None:
        """Every file takes its place, in the order in which they were asked for.

        Raises:
            CannotWriteError: when one cannot.
        """
        for name in self._names:
            target = self._folder / name
            try:
                self._move_in(name, target)
            except OSError as error:
                raise CannotWriteError(target, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        whole = True
        if kind is not None:
            whole = self._put_back()
        if whole:  # or else the only copies of the earlier files would go
            shutil.rmtree(self._place, ignore_errors=True)
        if isinstance(error, CannotWriteError) and error.path.is_relative_to(self._place):
            name = error.path.relative_to(self._place / "new")
            raise CannotWriteError(self._folder / name, error.error) from error

    def _move_in(self, name: str, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        earlier = None
        if target.exists():
            earlier = self._place / _BEFORE / name
            earlier.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(target, earlier)
            except OSError:  # not every file system has a second name for a file
                target.replace(earlier)
        self._moved.append((target, earlier))
        (self._place / "new" / name).replace(target)

    def _put_back(self) -> bool:
        """Undo what was moved; whether all of it could be."""
        whole = True
        for target, earlier in reversed(self._moved):
            try:
                if earlier is None:
                    target.unlink(missing_ok=True)
                else:
                    earlier.replace(target)
            except OSError:
                whole = False
        return whole


def _sweep(folder: Path) -> None:
    """Take away what was written for nothing; not where earlier files wait to be put back by a person."""
    for place in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > _STALE_S and not (place / _BEFORE).exists():
                shutil.rmtree(place, ignore_errors=True)
