"""The client's side of the MIDI process: starts it, talks to it, and starts it again when it dies."""

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from musicgen_desktop.foundation import MusicgenDesktopError, ProcessLine

from ._messages import (
    Close,
    Command,
    Event,
    MidiProblem,
    Part,
    SetParts,
    SetPorts,
    encode_message,
    event_decoder,
)

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
        self._line: ProcessLine[Event] | None = None
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
        words = ["midi-process", str(self._clock_path)]
        try:
            line = ProcessLine(words, event_decoder, self._hear, self._start_again)
        except OSError as error:
            raise MidiDiedError(error.strerror or str(error)) from error
        self._line = line
        for command in (*self._wishes.values(), SetParts(tuple(self._parts.values()))):
            line.send(encode_message(command))

    def _hear(self, _line: ProcessLine[Event], event: Event) -> None:
        self._on_event(event)

    def _start_again(self, line: ProcessLine[Event], status: int) -> None:
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
