"""The client's side of the playback process: starts it, talks to it, and starts it again when it dies."""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.foundation import LARGEST_MESSAGE, MusicgenDesktopError, ProcessLine
from musicgen_desktop.playback.board import Board, BoardReading
from musicgen_desktop.playback.plan import RenderPlan
from musicgen_desktop.timing import ClockReading, MeterMap, PlayClock

from ._commands import Close, Command, OpenSpeaker, encode_command
from ._events import NEW_PROCESS, Event, Problem, Refused, StateChanged, event_decoder
from ._plan_message import PlanSender
from ._wishes import Wishes

_MOST_DEATHS, _WITHIN_S = 4, 20.0
_CLOSE_S = 12.0
_FOLDER = "musicgen-playback-"


class PlaybackDiedError(MusicgenDesktopError):
    """The playback process does not start, or ends again and again."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Playing does not work here ({reason}); “musicgen-desktop doctor” looks for the cause."
        )


class PlaybackClient:
    """Plays plans in a process of its own. Every method may be called from any thread, and none waits.

    When the process dies it is started again with all it knew, and goes on where the ear was.

    Args:
        on_event: told what happened, on a thread of the client's; exceptions in it are the caller's bugs.
    """

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._on_event = on_event
        self._lock = threading.Lock()
        self._line: ProcessLine[Event] | None = None
        self._closing = False
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        self._folder = _own_folder()
        self._board = Board.create(self._folder / "board")
        self._clock = PlayClock.create(self.clock_path)
        self._plan = PlanSender()
        self._wishes = Wishes()

    @property
    def clock_path(self) -> Path:
        """Where the process tells what is heard when: a `PlayClock`; the same one when it starts again."""
        return self._folder / "clock"

    @property
    def pid(self) -> int | None:
        """The playback process; None before `start`."""
        line = self._line
        return None if line is None else line.pid

    def start(self, speaker: OpenSpeaker | None = None) -> None:
        """Start the process and have it open a device; None opens none.

        Raises:
            PlaybackDiedError: when it cannot be started.
        """
        with self._lock:
            self._line = self._new_line()
        if speaker is not None:
            self.send(speaker)

    def set_plan(self, plan: RenderPlan, meter_map: MeterMap) -> int:
        """Let this be what sounds; only what changed since the last plan travels. Returns its number."""
        with self._lock:
            message = self._plan.changes(plan, meter_map)
            data = encode_command(message)
            fits = len(data) <= LARGEST_MESSAGE
            if not fits:
                self._plan = PlanSender()  # the next one is told whole
            elif self._line is not None:
                self._line.send(data)
        if not fits:
            self._on_event(Refused("The song is too large to be played; freeze or remove some tracks."))
        return message.number

    def send(self, command: Command) -> None:
        """Say something. What a dead process misses it is told when it runs again."""
        with self._lock:
            self._wishes.note(command)
            if self._line is not None:
                self._line.send(encode_command(command))

    def reading(self) -> BoardReading:
        """Meters, place and state, as they are heard just now; at most 1/30 s old."""
        return self._board.read()

    def clock_reading(self) -> ClockReading:
        """What is heard when, now and a little later; at most 1/50 s old."""
        return self._clock.read()

    def close(self) -> None:
        """End the process. May be called again."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            line = self._line
            if line is not None:
                line.send(encode_command(Close()))
        if line is not None:
            line.end(_CLOSE_S)
        self._board.close()
        self._clock.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _new_line(self) -> ProcessLine[Event]:
        words = ["playback-process", str(self._folder)]
        try:
            return ProcessLine(words, event_decoder, self._hear, self._start_again)
        except OSError as error:
            raise PlaybackDiedError(error.strerror or str(error)) from error

    def _hear(self, line: ProcessLine[Event], event: Event) -> None:
        with self._lock:
            if line is self._line:
                self._wishes.hear(event)
        self._on_event(event)

    def _start_again(self, _line: ProcessLine[Event], status: int) -> None:
        """The process ended: another one takes over, with all that this one knew."""
        now = time.monotonic()
        died = status != NEW_PROCESS
        if died:
            self._deaths.append(now)
        failure: PlaybackDiedError | None = None
        with self._lock:
            if self._closing:
                return
            if len(self._deaths) == _MOST_DEATHS and now - self._deaths[0] < _WITHIN_S:
                failure = PlaybackDiedError(f"its process ended with status {status} again and again")
            else:
                try:
                    self._line = self._new_line()
                except PlaybackDiedError as error:
                    failure = error
                else:
                    for command in self._wishes.again(self._plan.whole(), self._board.read(), died=died):
                        self._line.send(encode_command(command))
        if failure is not None:
            self._on_event(StateChanged("stopped", 0.0))
            self._on_event(Refused(str(failure)))
        elif died:
            self._on_event(Problem("The playback process ended unexpectedly and was started again."))


def _own_folder() -> Path:
    """A new folder; those of clients that were killed go on the way."""
    root = Path(tempfile.gettempdir())
    if sys.platform != "win32":
        for left in root.glob(f"{_FOLDER}*-*"):
            pid = left.name.removeprefix(_FOLDER).partition("-")[0]
            if pid.isdecimal() and not _lives(int(pid)):
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))


def _lives(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
