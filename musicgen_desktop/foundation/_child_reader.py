"""Files of others are read in a process of its own: it may be slow, ask for all memory, or end itself."""

import math
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from ._errors import UserInputError
from ._machine import own_program
from ._progress import StopFlag

_MOST_MEMORY = 3 << 29  # 1.5 GB of addresses; what is used of them stays below 1 GB
_PATIENCE = 5.0  # on a busy machine the child has only a part of the processor
_ASK_S = 0.05
_READ, _REFUSED = b"+", b"-"

_Value = TypeVar("_Value")


class UnreadableFileError(UserInputError):
    """A file of others cannot be read.

    Args:
        path: the file.
        reason: continues the sentence “NAME …”, with how to mend it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        # Bytes of a file's name that are no letters become “?”: no terminal could show them.
        name = path.name.encode("utf-8", "replace").decode()
        super().__init__(f"“{name}” {reason}")
        self.path = path
        self.reason = reason


class ChildReader(Generic[_Value]):
    """Reads one kind of file in a child process of this program, and is that child.

    Args:
        process: the word that the program is started with to be the child.
        parse: reads a file; runs in the child. What it raises of `refused` is handed on.
        kind: of what `parse` returns; msgspec can send it.
        refused: the error that says why a file cannot be read.
        longest_s: how much of the processor's time it may take.
    """

    def __init__(
        self,
        process: str,
        parse: Callable[[Path], _Value],
        kind: type[_Value],
        *,
        refused: type[UnreadableFileError],
        longest_s: float,
    ) -> None:
        self.process = process
        self._parse = parse
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._refused = refused
        self._longest_s = longest_s

    def read(self, path: Path, *, stop: StopFlag | None = None, longest_s: float | None = None) -> _Value:
        """Read a file.

        Args:
            path: the file.
            stop: asked while the child works.
            longest_s: how long it may take on the clock; several times the processor's when nothing is said.

        Raises:
            UnreadableFileError: of the kind `refused`: there is no such file, it says so, or the child was
                ended by its limits.
            Stopped: when `stop` was set.
        """
        if not path.is_file():
            raise self._refused(path, "does not exist; check the name and the folder.")
        patience_s = _PATIENCE * self._longest_s if longest_s is None else longest_s
        answer = self._answer(path, stop or StopFlag(), patience_s)
        if answer.startswith(_REFUSED):
            raise self._refused(path, answer[1:].decode("utf-8", "replace"))
        try:
            return self._decoder.decode(memoryview(answer)[1:])
        except msgspec.DecodeError as error:  # the child was ended by its limits
            raise self._refused(path, "is damaged, or asks for too much; export it again.") from error

    def run(self, arguments: Sequence[str]) -> int:
        """Be the child: read the one file that is named, write what it holds to the standard output.

        Returns:
            The exit status.
        """
        path = Path(arguments[0])
        _limit_itself(self._longest_s)
        try:
            answer = _READ + msgspec.msgpack.encode(self._parse(path))
        except self._refused as error:
            answer = _REFUSED + error.reason.encode("utf-8", "replace")
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
        return 0

    def _answer(self, path: Path, stop: StopFlag, longest_s: float) -> bytes:
        """What the child wrote; it is ended when it takes too long, or nobody waits for it any more."""
        until = time.monotonic() + longest_s
        with subprocess.Popen(  # noqa: S603 - our own program
            [*own_program(), self.process, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would show a console
        ) as process:
            try:
                while True:
                    with suppress(subprocess.TimeoutExpired):
                        answer = process.communicate(timeout=_ASK_S)[0]
                        if _took_too_long(process.returncode):
                            break
                        return answer
                    stop.raise_if_set()
                    if time.monotonic() > until:
                        break
            finally:
                process.kill()
        raise self._refused(path, "takes too long to read; export it in parts.")


def _took_too_long(status: int) -> bool:
    """Whether a child was ended by its bound of the processor's time."""
    return sys.platform != "win32" and status == -signal.SIGXCPU


def _limit_itself(longest_s: float) -> None:
    """Set bounds where the system has such a thing."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    limits = (resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CPU, math.ceil(longest_s))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # macOS refuses what is below what is used
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
