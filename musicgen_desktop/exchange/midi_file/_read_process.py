"""A MIDI file of others is parsed in a process of its own: it may be slow, or ask for all memory there is."""

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import StopFlag, own_program

from ._read import MOST_BYTES, parse_midi
from ._read_values import MidiSong, UnreadableMidiError

LONGEST_S = 5.0
_MOST_MEMORY = 3 << 29  # 1.5 GB: eight megabytes of events as Python objects
_LONGEST_CPU_S = 10
_ASK_S = 0.05


class _Refused(msgspec.Struct, frozen=True, tag="refused"):
    reason: str


class _Read(msgspec.Struct, frozen=True, tag="read"):
    song: MidiSong


def read_midi(path: Path, *, stop: StopFlag | None = None, longest_s: float = LONGEST_S) -> MidiSong:
    """Read a Standard MIDI File of type 0 or 1.

    Args:
        path: the file.
        stop: asked while the process works.
        longest_s: how long it may take.

    Raises:
        UnreadableMidiError: it cannot be opened, is no MIDI file of type 0 or 1, is damaged, too large, holds
            no notes, or takes too long to understand.
        Stopped: when `stop` was set.
    """
    if not path.is_file():
        raise UnreadableMidiError(path, "does not exist; check the name and the folder.")
    answer = _answer_of(path, stop or StopFlag(), longest_s)
    try:
        told: _Refused | _Read = msgspec.msgpack.decode(answer, type=_Refused | _Read)
    except msgspec.DecodeError as error:  # the process was ended by its limits
        raise UnreadableMidiError(path, "is damaged, or asks for too much; export it again.") from error
    if isinstance(told, _Refused):
        raise UnreadableMidiError(path, told.reason)
    return told.song


def run_import_process(arguments: Sequence[str]) -> int:
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
        told = _Read(parse_midi(_bytes_of(path), path))
    except UnreadableMidiError as error:
        told = _Refused(error.reason)
    sys.stdout.buffer.write(msgspec.msgpack.encode(told))
    sys.stdout.buffer.flush()
    return 0


def _answer_of(path: Path, stop: StopFlag, longest_s: float) -> bytes:
    """What the process wrote; it is ended when it takes too long, or nobody waits for it any more."""
    until = time.monotonic() + longest_s
    with subprocess.Popen(  # noqa: S603 - our own program
        [*own_program(), "import-process", str(path)],
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
                    raise UnreadableMidiError(path, "takes too long to read; export it in parts.")
        finally:
            process.kill()


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableMidiError(path, "cannot be opened; check that you may read it.") from error


def _limit_itself() -> None:
    """Set bounds where the system has such a thing."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CPU, _LONGEST_CPU_S)):
        with suppress(ValueError, OSError):  # macOS refuses what is below what is used
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
