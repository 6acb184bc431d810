"""The handle of the sound process: many jobs at once, and a new process when it dies."""

import itertools
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from musicgen_desktop.foundation import (
    LARGEST_MESSAGE,
    Report,
    StopFlag,
    Stopped,
    UserInputError,
    no_report,
    own_program,
)
from musicgen_desktop.generation.sound import (
    SoundModel,
    SoundRequest,
    SoundSink,
    SoundTake,
    check_sound_request,
)

from ._client import GenerationFailedError
from ._line import Died
from ._messages import Ended, Failed, Finished, Progress, Started
from ._sound_line import SoundLine
from ._sound_messages import (
    Chunk,
    Generate,
    ListLoaded,
    ListModels,
    Load,
    SoundJob,
    Tokens,
    Unload,
)
from ._words import SOUNDING

SOUND_PROCESS = "sound-process"
"""The word that the program is started with to be this process."""

_POLL_S = 0.02
_PATIENCE_S = 3.0  # it goes last: on a machine that others fill, a willing engine may need so long
_CLOSE_S = 2.0
_ROOM = 1 << 20  # of a message, for all that is neither sound nor tokens

Answer = TypeVar("Answer")


class SoundClient:
    """Has sound made in a process of its own, which keeps models warm. Knows no torch.

    Any thread may call any method, and several may wait at once: what one asks for does not hold up another.
    A process that died is started again by the next call.

    Every method that asks the process raises:
        UserInputError: when the wish cannot be met, or there is no such engine.
        GenerationFailedError: for any other failure, the process's death among them.

    Args:
        command: how the process is started; our own program unless said.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command) if command is not None else (*own_program(), SOUND_PROCESS)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._line: SoundLine | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process; None before `start`, and after it died."""
        line = self._line
        return line.pid if line is not None and line.lives else None

    def start(self) -> None:
        """Start the process; returns at once. No engine is loaded before it is asked for."""
        with self._lock:
            self._living_line()

    def generate(self, engine: str, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Make a take and wait for it.

        Args:
            engine: the name of its entry point.
            request: see `SoundRequest`.
            sink: told on this thread what comes. When the process dies, it has what was made so far: the
                tokens it was told let another request go on.
            stop: a take that is stopped ends within 100 ms, with what was made so far.

        Raises:
            Stopped: when `stop` was set and there is nothing to keep.
        """
        check_sound_request(request)
        _check_size(request)
        return self._ask(lambda job: Generate(job, engine, request), SoundTake, stop, sink)

    def models(self, engine: str, stop: StopFlag | None = None) -> tuple[SoundModel, ...]:
        """The models of an engine that are installed. The first question may load its libraries.

        Raises:
            Stopped: when `stop` was set.
        """
        return self._ask(lambda job: ListModels(job, engine), tuple[SoundModel, ...], stop)

    def load(self, engine: str, model: str, report: Report = no_report, stop: StopFlag | None = None) -> str:
        """Have a model ready; returns how it will decode, for a person.

        Raises:
            Stopped: when `stop` was set.
        """
        return self._ask(lambda job: Load(job, engine, model), str, stop, _Reporting(report))

    def unload(self, engine: str, model: str) -> None:
        """Give a model's memory back."""
        if self.pid is not None:
            self._ask(lambda job: Unload(job, engine, model), type(None))

    def loaded(self) -> dict[str, dict[str, int]]:
        """The bytes of each model in memory, by engine and model. Starts no process for it."""
        if self.pid is None:
            return {}
        return self._ask(ListLoaded, dict[str, dict[str, int]])

    def close(self) -> None:
        """Stop what is made and end the process. May be called again."""
        with self._lock:
            self._closed = True
            line, self._line = self._line, None
        if line is not None:
            line.close(_CLOSE_S)

    def _ask(
        self,
        job: Callable[[int], SoundJob],
        kind: type[Answer],
        stop: StopFlag | None = None,
        sink: SoundSink | None = None,
    ) -> Answer:
        flag = stop or StopFlag()
        for attempt in (1, 2):
            flag.raise_if_set()
            with self._lock:
                line = self._living_line()
            waiting = _Waiting(line, sink or _Reporting(no_report), flag)
            result = waiting.result(job(next(self._numbers)))
            if not isinstance(result, Died):
                return msgspec.msgpack.decode(result, type=kind)
            if self._closed:
                raise GenerationFailedError(SOUNDING.closed)
            if waiting.began:
                raise GenerationFailedError(SOUNDING.ended + _likely_cause(result.status))
            if attempt == 2:  # it may have died long before, but not twice
                cause = f"its process ended with status {result.status}"
                raise GenerationFailedError(SOUNDING.broken.format(cause=cause))
        raise AssertionError("unreachable")

    def _living_line(self) -> SoundLine:
        """Called with the lock held."""
        if self._closed:
            raise GenerationFailedError(SOUNDING.closed)
        if self._line is None or not self._line.lives:
            try:
                self._line = SoundLine(self._command)
            except OSError as error:
                cause = error.strerror or str(error)
                raise GenerationFailedError(SOUNDING.broken.format(cause=cause)) from error
        return self._line


class _Reporting:
    """A sink for work that makes no sound."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def progress(self, done: float, stage: str, _left_s: float | None) -> None:
        self._report(done, stage)

    def chunk(self, *_: object) -> None:
        raise AssertionError("unreachable")

    tokens = chunk


class _Waiting:
    """One job from its beginning to its end."""

    def __init__(self, line: SoundLine, sink: SoundSink, stop: StopFlag) -> None:
        self._line = line
        self._sink = sink
        self._stop = stop
        self._give_up_at: float | None = None
        self.began = False

    def result(self, job: SoundJob) -> bytes | Died:
        events = self._line.begin(job)
        last: Finished | Failed | Ended | Died | None = None
        deaf = False
        try:
            while last is None:
                deaf = self._is_deaf(job.job)
                if deaf:
                    raise Stopped
                try:
                    event = events.get(timeout=_POLL_S)
                except queue.Empty:
                    continue
                if isinstance(event, Finished | Failed | Ended | Died):
                    last = event
                else:
                    self._pass_on(event)
        finally:
            if last is None:
                self._line.stop(job.job)  # the sink failed: nobody wants the rest
            self._line.leave(job.job, deaf=deaf)
        if isinstance(last, Failed):
            raise (UserInputError if last.is_input else GenerationFailedError)(last.sentence)
        if isinstance(last, Ended):
            raise Stopped
        return last.result if isinstance(last, Finished) else last

    def _pass_on(self, event: Started | Progress | Chunk | Tokens) -> None:
        if isinstance(event, Started):
            self.began = True
        elif isinstance(event, Progress):
            self._sink.progress(event.done, event.stage, event.left_s)
        elif isinstance(event, Chunk):
            self._sink.chunk(event.variation, event.start_frame, event.sound)
        else:
            self._sink.tokens(event.variation, event.data)

    def _is_deaf(self, job: int) -> bool:
        """Pass a wish to stop on; whether it was not heeded for too long."""
        if not self._stop.is_set:
            return False
        now = time.monotonic()
        if self._give_up_at is None:
            self._line.stop(job)
            self._give_up_at = now + _PATIENCE_S
        return now > self._give_up_at


def _check_size(request: SoundRequest) -> None:
    sounds = (request.melody, request.before, request.after)
    size = sum(len(sound.data) for sound in sounds if sound is not None) + sum(map(len, request.tokens))
    if size > LARGEST_MESSAGE - _ROOM:
        raise UserInputError("The given sounds are too long together; shorten them to a few minutes.")


def _likely_cause(status: int) -> str:
    if sys.platform != "win32" and status == -signal.SIGKILL:
        return " Memory may have run out: choose a smaller model or fewer takes at once."
    return ""
