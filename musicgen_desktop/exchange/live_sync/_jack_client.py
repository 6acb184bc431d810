"""Outputs as one JACK client: every message leaves at its frame, whatever the process is at just then."""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from musicgen_desktop.foundation import JACK, MIDI_CLIENT_NAME, MidiPort, hurry, is_jack_there
from musicgen_desktop.timing import ClockReading

from ._messages import PortWish
from ._ports import MidiOutputLostError, NoSuchMidiOutputError
from ._side_by_side import SideBySide

_WRAP = 1 << 32
_QUICK_S = 0.00005
_CLOSE_S = 0.5
_SLACK_S = 0.004
_abandoned: list[Any] = []
"""Clients whose server died: to let Python free them would reach into memory that is gone."""


def jack_module() -> Any | None:
    """The library for JACK, where it and a server are; None where they are not."""
    if not is_jack_there():
        return None
    try:
        import jack  # noqa: PLC0415 - optional, and it looks for JACK itself
    except (ImportError, OSError):
        return None
    return jack


class JackOutputs:
    """A client of the JACK server with any number of MIDI outputs.

    Args:
        module: the library.
        on_lost: called once when the server ends, on a thread of JACK's.

    Raises:
        OSError: when no server answers.
    """

    def __init__(self, module: Any, on_lost: Callable[[], None] = lambda: None) -> None:
        self._module = module
        self._on_lost = on_lost
        self._ports: tuple[JackPort, ...] = ()
        self._cycle = threading.Event()
        self._is_hurried = False
        self.is_lost = False
        for complain in (module.set_error_function, module.set_info_function):
            complain(lambda _: None)
        try:
            self._client: Any = module.Client(MIDI_CLIENT_NAME, no_start_server=True)
        except module.JackError as error:
            raise ConnectionError(str(error)) from error
        self.rate = int(self._client.samplerate)
        self.period = int(self._client.blocksize)
        self._song = SideBySide(self.frame_of, self.rate)
        self._client.set_shutdown_callback(self._lose)
        self._client.set_process_callback(self._process)
        self._client.set_blocksize_callback(self._resize)
        self._client.activate()

    @property
    def lead_s(self) -> float:
        """How long before it is due a message must be known."""
        return self.period / self.rate + _SLACK_S

    def keep(self, reading: ClockReading) -> None:
        """Keep time with the song by this reading from now on."""
        if not self.is_lost:
            self._song.keep(reading)

    def song_frame_of(self, at_s: float) -> int:
        """The server's frame at which a moment of the song is heard."""
        return self._song.frame_of(at_s)

    def open(self, wish: PortWish) -> "JackPort":
        """A port of our own; connected to the one that is wished for when that is another's.

        Raises:
            NoSuchMidiOutputError: when that is not there.
        """
        target = None
        if not wish.is_virtual:
            names = [port.name for port in self._client.get_ports(is_midi=True, is_input=True)]
            others = [MidiPort(JACK, name) for name in names if not name.startswith(MIDI_CLIENT_NAME)]
            fitting = [name for name in names if name == wish.name] or [
                name for name in names if wish.name.casefold() in name.casefold()
            ]
            if len(fitting) != 1:
                raise NoSuchMidiOutputError(wish.name, others)
            target = fitting[0]
        taken = {port.shortname for port in self._client.midi_outports}
        name = free = wish.name.replace(":", "-")[:100] or "song"
        number = 1
        while free in taken:
            number += 1
            free = f"{name} {number}"
        port = JackPort(self, self._client.midi_outports.register(free), target)
        if target is not None:
            try:
                self._client.connect(port.own, target)
            except self._module.JackError as error:
                port.own.unregister()
                raise NoSuchMidiOutputError(wish.name, ()) from error
        self._ports = (*self._ports, port)
        return port

    def drop(self, port: "JackPort") -> None:
        """Let go of a port when all has left that was handed over."""
        if port not in self._ports:
            return
        give_up = time.monotonic() + _CLOSE_S
        while not self.is_lost and port.waiting and time.monotonic() < give_up:
            self.wait_for_cycle()
        self.wait_for_cycle()  # what was written in the last one is being heard
        self._ports = tuple(each for each in self._ports if each is not port)
        self.wait_for_cycle()
        if not self.is_lost:
            with suppress(self._module.JackError):
                port.own.unregister()

    def is_there(self, name: str) -> bool:
        """Whether another's port exists."""
        if self.is_lost:
            return False
        return any(port.name == name for port in self._client.get_ports(is_midi=True, is_input=True))

    def wait_for_cycle(self) -> None:
        """Until the server has asked for messages once more."""
        if not self.is_lost:
            self._cycle.clear()
            self._cycle.wait(_CLOSE_S)

    def frame_of(self, at_s: float) -> int:
        """The server's frame at a moment of `time.monotonic()`, not wrapped."""
        for _ in range(5):
            before = time.monotonic()
            frame = int(self._client.frame_time)
            after = time.monotonic()
            if after - before < _QUICK_S:
                break
        return frame + round((at_s - (before + after) / 2.0) * self.rate)

    def close(self) -> None:
        """Let go of the server."""
        if self.is_lost:
            return
        self.is_lost = True
        with suppress(self._module.JackError):
            self._client.deactivate()
            self._client.close()

    def _lose(self, _status: object, _reason: str) -> None:
        _abandoned.append(self._client)
        self.is_lost = True
        self._cycle.set()
        self._on_lost()

    def _resize(self, frames: int) -> None:
        self.period = frames

    def _process(self, frames: int) -> None:
        """Runs on the server's thread for every period."""
        if not self._is_hurried:
            self._is_hurried = True
            hurry()
        first = self._client.last_frame_time
        for port in self._ports:
            port.write(first, frames)
        self._cycle.set()


class JackPort:
    """One of the client's outputs."""

    system = JACK

    def __init__(self, client: JackOutputs, own: Any, target: str | None) -> None:
        self.own = own
        self.lost = 0
        self._client = client
        self._target = target
        self._queue: deque[tuple[int, bytes]] = deque()

    @property
    def name(self) -> str:
        """As others see it."""
        return str(self._target or self.own.name)

    @property
    def lead_s(self) -> float:
        """How long before it is due a message must be known."""
        return self._client.lead_s

    @property
    def waiting(self) -> int:
        """Messages that have not left."""
        return len(self._queue)

    def keep(self, reading: ClockReading) -> None:
        """Keep time with the song by this reading from now on."""
        self._client.keep(reading)

    def send(self, at_s: float, data: bytes) -> None:
        """Have it leave at the frame that plays at this moment."""
        self._queue.append((self._client.song_frame_of(at_s), data))

    def check(self) -> None:
        """See whether it is still there.

        Raises:
            MidiOutputLostError: it is not.
        """
        if self._client.is_lost or (self._target is not None and not self._client.is_there(self._target)):
            raise MidiOutputLostError(self.name)

    def close(self) -> None:
        """Let go of it when all has left."""
        self._client.drop(self)

    def write(self, first: int, frames: int) -> None:
        """Put what is due into this period; on the server's thread."""
        self.own.clear_buffer()
        queue, last = self._queue, 0
        while queue:
            at, data = queue[0]
            ahead = (at - first + _WRAP // 2) % _WRAP - _WRAP // 2
            if ahead >= frames:
                return
            last = max(ahead, last)
            queue.popleft()
            try:
                self.own.write_midi_event(last, data)
            except Exception:  # noqa: BLE001 - the buffer is full; nothing may leave this thread
                self.lost += 1
