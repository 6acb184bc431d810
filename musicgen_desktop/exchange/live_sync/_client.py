"""The client's side of the MIDI process: starts it, talks to it, and starts it again when it dies."""

import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.foundation import FramedPipe, MusicgenDesktopError, own_program

from ._messages import (
    Close,
    Command,
    Event,
    MidiProblem,
    MidiTalkError,
    Part,
    SetParts,
    SetPorts,
    decode_event,
    encode_message,
)

_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console
_MOST_DEATHS, _WITHIN_S = 4, 20.0
_CLOSE_S = 5.0


class MidiDiedError(MusicgenDesktopError):
    """The MIDI process does not start, or ends again and again."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Live MIDI does not work here ({reason}); “musicgen-desktop doctor” looks for the cause."
        )


class LiveSyncClient:
    """Sends MIDI from a process of its own. Every method may be called from any thread; only `close` waits.

    The process is started by the first command. When it dies it is started again with all it knew.

    Args:
        clock_path: of the play clock that it keeps time by.
        on_event: told what happened, on a thread of the client's.
    """

    def __init__(self, clock_path: Path, on_event: Callable[[Event], None]) -> None:
        self._clock_path = clock_path
        self._on_event = on_event
        self._lock = threading.Lock()
        self._line: _Line | None = None
        self._is_closing = False
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        self._wishes: dict[tuple[type[Command], str], Command] = {}
        self._parts: dict[str, Part] = {}

    @property
    def pid(self) -> int | None:
        """The process's number; None before the first command."""
        line = self._line
        return None if line is None else line.pid

    def send(self, command: Command) -> None:
        """Say something; what a dead process misses it is told when it runs again.

        Raises:
            MidiDiedError: when the process cannot be started.
        """
        with self._lock:
            if self._is_closing:
                return
            self._note(command)
            if self._line is None:
                self._start()
            else:
                self._line.send(encode_message(command))

    def close(self) -> None:
        """End the process, which lets go of every note first. May be called again."""
        with self._lock:
            self._is_closing = True
            line = self._line
            if line is not None:
                line.send(encode_message(Close()))
        if line is not None:
            line.end(_CLOSE_S)

    def _note(self, command: Command) -> None:
        if isinstance(command, SetParts):
            self._parts.update((part.id, part) for part in command.parts)
            for part_id in command.gone:
                self._parts.pop(part_id, None)
        else:
            owner = command.owner if isinstance(command, SetPorts) else ""
            self._wishes[type(command), owner] = command

    def _start(self) -> None:
        self._line = line = _Line(self._clock_path, self._on_event, self._start_again)
        for command in (*self._wishes.values(), SetParts(tuple(self._parts.values()))):
            line.send(encode_message(command))

    def _start_again(self, line: "_Line", status: int) -> None:
        """The process ended: another one takes over."""
        sentence = "The MIDI process ended unexpectedly and was started again."
        with self._lock:
            if self._is_closing or line is not self._line:
                return
            now = time.monotonic()
            self._deaths.append(now)
            self._line = None
            if len(self._deaths) == _MOST_DEATHS and now - self._deaths[0] < _WITHIN_S:
                sentence = str(MidiDiedError(f"its process ended with status {status} again and again"))
            else:
                try:
                    self._start()
                except MidiDiedError as error:
                    sentence = str(error)
        self._on_event(MidiProblem(sentence))


class _Line:
    """One MIDI process and the pipes to it."""

    def __init__(
        self, clock_path: Path, on_event: Callable[[Event], None], on_end: Callable[["_Line", int], None]
    ) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*own_program(), "midi-process", str(clock_path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise MidiDiedError(error.strerror or str(error)) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise MidiDiedError("the system gave it no pipes")
        self._pipe = FramedPipe(self._process.stdout, self._process.stdin)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._on_event, self._on_end = on_event, on_end
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("midi commands", self._send), ("midi events", self._listen))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, message: bytes) -> None:
        """Have this told; never waits."""
        self._outbox.put(message)

    def end(self, patience_s: float) -> None:
        """Wait until it ends by itself, and end it when it does not."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_s)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(patience_s)

    def _send(self) -> None:
        with suppress(OSError, ValueError):  # the listener notices that it died
            while (message := self._outbox.get()) is not None:
                self._pipe.send(message)

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            while (data := self._pipe.receive()) is not None:
                try:
                    event = decode_event(data)
                except MidiTalkError:
                    self._process.kill()
                    break
                self._on_event(event)
        status = self._process.wait()
        self._outbox.put(None)
        self._pipe.close()
        self._on_end(self, status)
