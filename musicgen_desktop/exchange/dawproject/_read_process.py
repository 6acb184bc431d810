"""A file of others is parsed in a process of its own: it may be slow, or ask for all memory there is."""

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from musicgen_desktop.foundation import StopFlag, own_program

from ._archive import Archive
from ._read import parse_dawproject
from ._values import DawSong, UnreadableDawProjectError

LONGEST_S = 20.0
_MOST_MEMORY = 3 << 29  # 1.5 GB
_LONGEST_CPU_S = 30
_ASK_S = 0.05


class _Refused(msgspec.Struct, frozen=True, tag="refused"):
    reason: str


class _Read(msgspec.Struct, frozen=True, tag="read"):
    song: DawSong


def read_dawproject(path: Path, *, stop: StopFlag | None = None, longest_s: float = LONGEST_S) -> DawSong:
    """Read a DAWproject file. Its sounds stay where they are (`extract_sounds`).

    Args:
        path: the file.
        stop: asked while the process works.
        longest_s: how long it may take.

    Raises:
        UnreadableDawProjectError: it cannot be opened, is no DAWproject, is damaged, too large, or takes too
            long to understand.
        Stopped: when `stop` was set.
    """
    if not path.is_file():
        raise UnreadableDawProjectError(path, "does not exist; check the name and the folder.")
    answer = _answer_of(path, stop or StopFlag(), longest_s)
    try:
        told: _Refused | _Read = msgspec.msgpack.decode(answer, type=_Refused | _Read)
    except msgspec.DecodeError as error:  # the process was ended by its limits
        raise UnreadableDawProjectError(path, "is damaged, or asks for too much; export it again.") from error
    if isinstance(told, _Refused):
        raise UnreadableDawProjectError(path, told.reason)
    return told.song


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


def run_dawproject_process(arguments: Sequence[str]) -> int:
    """Be the process: read the one file that is named, write what it holds to the standard output.

    Args:
        arguments: the file's path.

    Returns:
        The exit status.
    """
    path = Path(arguments[0])
    _limit_itself()
    told: _Refused | _Read
    try:
        with _opened(path) as file:
            told = _Read(parse_dawproject(file, path))
    except UnreadableDawProjectError as error:
        told = _Refused(error.reason)
    sys.stdout.buffer.write(msgspec.msgpack.encode(told))
    sys.stdout.buffer.flush()
    return 0


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableDawProjectError(path, "cannot be opened; check that you may read it.") from error


def _answer_of(path: Path, stop: StopFlag, longest_s: float) -> bytes:
    """What the process wrote; it is ended when it takes too long, or nobody waits for it any more."""
    until = time.monotonic() + longest_s
    with subprocess.Popen(  # noqa: S603 - our own program
        [*own_program(), "dawproject-process", str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show a console
    ) as process:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return process.communicate(timeout=_ASK_S)[0]
                stop.raise_if_set()
                if time.monotonic() > until:
                    raise UnreadableDawProjectError(path, "takes too long to read; export it in parts.")
        finally:
            process.kill()


def _limit_itself() -> None:
    """Set bounds where the system has such a thing."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CPU, _LONGEST_CPU_S)):
        with suppress(ValueError, OSError):  # macOS refuses what is below what is used
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
