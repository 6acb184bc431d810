"""The handle of the generation process: one task at a time, and a new process when it dies."""

import itertools
import queue
import threading
import time
from collections.abc import Sequence

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    Stopped,
    UserInputError,
    no_report,
    own_program,
)

from ._line import Died, Line
from ._messages import (
    Ended,
    Failed,
    Finished,
    FromHost,
    Progress,
    Ready,
    Started,
    Stop,
    Submit,
    decode_from_host,
)
from ._words import COMPOSING, Words

PROCESS = "generation-process"
"""The word that the program is started with to be this process."""

_POLL_S = 0.02
_PATIENCE_S = 1.0
_CLOSE_S = 2.0


class GenerationFailedError(MusicgenDesktopError):
    """A task could not be done, and the wish was not the reason."""


class GenerationClient:
    """Does tasks in a process of its own, which is started in advance and kept warm.

    Any thread may call any method; of two that `run` at once the second one waits.

    Args:
        command: how the process is started; our own program unless said.
        words: what a failure is called.
    """

    def __init__(self, command: Sequence[str] | None = None, words: Words = COMPOSING) -> None:
        self._words = words
        self._command = tuple(command) if command is not None else (*own_program(), PROCESS)
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._line: Line[FromHost] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process; None before `start`."""
        line = self._line
        return None if line is None else line.pid

    def start(self) -> None:
        """Start the process, which then warms up by itself; returns at once.

        Raises:
            GenerationFailedError: when it cannot be started.
        """
        with self._lock:
            if self._line is None and not self._closed:
                self._line = self._new_line()

    def run(self, task: bytes, report: Report = no_report, stop: StopFlag | None = None) -> bytes:
        """Do a task and wait for its result.

        A process that does not heed `stop` within a second is killed, and another one started.

        Args:
            task: what the process's work understands.
            report: told the share done, on this thread.
            stop: looked at every few hundredths of a second.

        Raises:
            UserInputError: when the wish cannot be met.
            GenerationFailedError: for any other failure, the process's death among them.
            Stopped: when `stop` was set.
        """
        flag = stop or StopFlag()
        while not self._turn.acquire(timeout=_POLL_S):
            flag.raise_if_set()
        try:
            for attempt in (1, 2):
                line = self._living_line()
                result = _Job(line, next(self._numbers), report, flag).result(task)
                if isinstance(result, bytes):
                    return result
                self._replace(line)
                flag.raise_if_set()
                if result.began:
                    raise GenerationFailedError(self._words.ended)
                if attempt == 2:  # it may have died long before, but not twice
                    cause = f"its process ended with status {result.status}"
                    raise GenerationFailedError(self._words.broken.format(cause=cause))
            raise AssertionError("unreachable")
        finally:
            self._turn.release()

    def close(self, *, at_once: bool = False) -> None:
        """End the process. May be called again.

        Args:
            at_once: whatever it does: its work was stopped, and it has nothing to tidy up.
        """
        with self._lock:
            self._closed = True
            line, self._line = self._line, None
        if line is not None:
            line.close(0.0 if at_once else _CLOSE_S)

    def _living_line(self) -> Line[FromHost]:
        self.start()
        line = self._line
        if line is None:
            raise GenerationFailedError(self._words.closed)
        return line

    def _replace(self, dead: Line[FromHost]) -> None:
        dead.close(0.0)
        with self._lock:
            if self._line is dead:
                self._line = None
        self.start()

    def _new_line(self) -> Line[FromHost]:
        try:
            return Line(self._command, decode_from_host)
        except OSError as error:
            cause = error.strerror or str(error)
            raise GenerationFailedError(self._words.broken.format(cause=cause)) from error


class _Death:
    """How a process ended in place of a result."""

    def __init__(self, status: int, *, began: bool) -> None:
        self.status, self.began = status, began


class _Job:
    """One task from its submission to its end."""

    def __init__(self, line: Line[FromHost], number: int, report: Report, stop: StopFlag) -> None:
        self._line = line
        self._number = number
        self._report = report
        self._stop = stop
        self._began = False
        self._give_up_at: float | None = None

    def result(self, task: bytes) -> bytes | _Death:
        self._line.send(Submit(self._number, task))
        while True:
            self._heed_stop()
            try:
                event = self._line.events.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(event, Died):
                return _Death(event.status, began=self._began)
            if isinstance(event, Ready) or event.job != self._number:
                continue  # said of a job that was given up
            if isinstance(event, Started):
                self._began = True
            elif isinstance(event, Progress):
                self._report(event.done, event.stage)
            elif isinstance(event, Finished):
                return event.result
            elif isinstance(event, Failed):
                raise (UserInputError if event.is_input else GenerationFailedError)(event.sentence)
            elif isinstance(event, Ended):
                raise Stopped

    def _heed_stop(self) -> None:
        if not self._stop.is_set:
            return
        now = time.monotonic()
        if self._give_up_at is None:
            self._line.send(Stop(self._number))
            self._give_up_at = now + _PATIENCE_S
            if not self._began:
                raise Stopped  # it will not begin
        elif now > self._give_up_at:
            self._line.kill()
            self._give_up_at = now + _PATIENCE_S  # its death is told in a moment
