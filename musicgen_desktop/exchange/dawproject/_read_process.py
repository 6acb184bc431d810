"""A DAWproject of others is parsed in a process of its own (`foundation.ChildReader`)."""

from pathlib import Path
from typing import BinaryIO

from musicgen_desktop.foundation import ChildReader, StopFlag

from ._archive import Archive
from ._read import parse_dawproject
from ._values import DawSong, UnreadableDawProjectError

_LONGEST_S = 4.0


def read_dawproject(path: Path, *, stop: StopFlag | None = None, longest_s: float | None = None) -> DawSong:
    """Read a DAWproject file. Its sounds stay where they are (`extract_sounds`).

    Args:
        path: the file.
        stop: asked while the process works.
        longest_s: how long it may take on the clock, when not as long as usual.

    Raises:
        UnreadableDawProjectError: it cannot be opened, is no DAWproject, is damaged, too large, or takes too
            long to understand.
        Stopped: when `stop` was set.
    """
    return _CHILD.read(path, stop=stop, longest_s=longest_s)


def extract_sounds(path: Path, targets: dict[str, Path], *, stop: StopFlag | None = None) -> None:
    """Write sounds of a file to places of our choice, each whole or not at all.

    Args:
        path: the file.
        targets: by the name in the archive, as the sources of `DawSong` have it.
        stop: asked before each.

    Raises:
        UnreadableDawProjectError: it cannot be opened, or a sound is damaged or far too large.
        CannotWriteError: when the disk refuses.
        Stopped: when `stop` was set; what was written before stays.
    """
    with _opened(path) as file, Archive(file, path) as archive:
        for name, target in targets.items():
            if stop is not None:
                stop.raise_if_set()
            if name not in archive.names:
                raise UnreadableDawProjectError(path, "was changed while it was read; import it again.")
            archive.extract(name, target)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableDawProjectError(path, "cannot be opened; check that you may read it.") from error


def _parsed(path: Path) -> DawSong:
    with _opened(path) as file:
        return parse_dawproject(file, path)


_CHILD = ChildReader(
    "dawproject-process", _parsed, DawSong, refused=UnreadableDawProjectError, longest_s=_LONGEST_S
)
run_dawproject_process = _CHILD.run
