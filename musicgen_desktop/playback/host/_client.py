"""The client's side of the playback process: starts it, talks to it, and starts it again when it dies."""

import shutil
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError, own_program
from musicgen_desktop.playback.board import Board, BoardReading
from musicgen_desktop.playback.plan import RenderPlan
from musicgen_desktop.playback.sources import FramedPipe
from musicgen_desktop.timing import MeterMap

from ._messages import (
    NEW_PROCESS,
    Close,
    Command,
    Event,
    Locate,
    OpenSpeaker,
    Play,
    Problem,
    Refused,
    Scrub,
    SetLive,
    SetLoop,
    SetMetronome,
    SetRecording,
    SpeakerOpened,
    StateChanged,
    Stop,
    decode_event,
    encode_message,
)
from ._plan_message import PlanSender

_MOST_DEATHS, _WITHIN_S = 4, 20.0
_CLOSE_S = 3.0


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
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: FramedPipe | None = None
        self._listener: threading.Thread | None = None
        self._closing = False
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        self._folder = Path(tempfile.mkdtemp(prefix="musicgen-playback-"))
        self._board = Board.create(self._folder / "board")
        self._plan = PlanSender()
        self._known: dict[type[Command], Command] = {}
        """The last of each lasting wish, for the next process."""
        self._playing: Play | None = None
        self._rate = 0
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The playback process; None before `start` and after `close`."""
        process = self._process
        return process.pid if process is not None else None

    def start(self, speaker: OpenSpeaker | None = None) -> None:
        """Start the process and have it open a device; None opens none.

        Raises:
            PlaybackDiedError: when it cannot be started.
        """
        with self._lock:
            self._spawn()
        if speaker is not None:
            self.send(speaker)

    def open_speaker(self, speaker: OpenSpeaker) -> None:
        """Change to another device; playing stops."""
        self.send(speaker)

    def set_plan(self, plan: RenderPlan, meter_map: MeterMap) -> int:
        """Let this be what sounds; only what changed since the last plan travels. Returns its number."""
        with self._lock:
            message = self._plan.changes(plan, meter_map)
            self._say(message)
            return message.number

    def send(self, command: Command) -> None:
        """Say something. What a dead process misses it is told when it runs again."""
        with self._lock:
            if isinstance(command, OpenSpeaker | SetLoop | SetMetronome | SetRecording | SetLive):
                self._known[type(command)] = command
            elif isinstance(command, Play):
                self._playing = command
            elif isinstance(command, Stop | Scrub):
                self._playing = None
            elif isinstance(command, Locate):
                self._known[Locate] = command
            self._say(command)

    def reading(self) -> BoardReading:
        """Meters, place and state, as they are heard just now; at most 1/30 s old."""
        return self._board.read()

    def close(self) -> None:
        """End the process. May be called again."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            process = self._process
            self._say(Close())
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_CLOSE_S)
            if process.poll() is None:
                process.kill()
                process.wait()
        if self._listener is not None and self._listener is not threading.current_thread():
            self._listener.join(_CLOSE_S)
        self._board.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _spawn(self) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [*own_program(), "playback-process", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        except OSError as error:
            raise PlaybackDiedError(error.strerror or str(error)) from error
        if process.stdin is None or process.stdout is None:
            raise PlaybackDiedError("the system gave it no pipes")
        self._process = process
        self._pipe = FramedPipe(process.stdout, process.stdin)
        self._listener = threading.Thread(
            target=self._listen, args=(process, self._pipe), name="playback events", daemon=True
        )
        self._listener.start()

    def _say(self, command: Command) -> None:
        if self._pipe is None:
            return
        with suppress(OSError, ValueError):  # the listener notices that it died
            self._pipe.send(encode_message(command))

    def _listen(self, process: subprocess.Popen[bytes], pipe: FramedPipe) -> None:
        with suppress(OSError, ValueError):
            while (data := pipe.receive()) is not None:
                event = decode_event(data)
                if isinstance(event, SpeakerOpened):
                    self._rate = event.rate
                elif isinstance(event, StateChanged) and event.state == "stopped":
                    with self._lock:
                        self._playing = None
                self._on_event(event)
        status = process.wait()
        pipe.close()
        if not self._closing:
            self._start_again(status)

    def _start_again(self, status: int) -> None:
        """The process ended: another one takes over, with all that this one knew."""
        now = time.monotonic()
        died = status != NEW_PROCESS
        if died:
            self._deaths.append(now)
        if len(self._deaths) == _MOST_DEATHS and now - self._deaths[0] < _WITHIN_S:
            self._give_up(PlaybackDiedError(f"its process ended with status {status} again and again"))
            return
        with self._lock:
            if self._closing:
                return
            place = self._board.read()
            try:
                self._spawn()
            except PlaybackDiedError as error:
                self._give_up(error)
                return
            self.restarts += 1
            self._brief(place, died=died)
        if died:
            self._on_event(Problem("The playback process ended unexpectedly and was started again."))

    def _brief(self, place: BoardReading, *, died: bool) -> None:
        """Tell a new process all that the one before knew; the lock is held."""
        for kind in (OpenSpeaker, SetLoop, SetMetronome, SetRecording, SetLive):
            wish = self._known.get(kind)
            if isinstance(wish, OpenSpeaker):
                wish = msgspec.structs.replace(wish, is_patient=not died)
            if wish is not None:
                self._say(wish)
        plan = self._plan.whole()
        if plan is None:
            return
        self._say(plan)
        tick = plan.tempo_map.tick_at(max(place.place, 0) / plan.rate)
        if self._playing is not None:
            self._say(Play(tick, record=self._playing.record, until_end=self._playing.until_end))
        else:
            self._say(Locate(tick))

    def _give_up(self, error: PlaybackDiedError) -> None:
        self._on_event(StateChanged("stopped", 0.0))
        self._on_event(Refused(str(error)))
