"""MIDI clock and time code from a port."""

import threading
import time
from typing import Any, Protocol

from musicgen_desktop.foundation import (
    JACK,
    MIDI_CLIENT_NAME,
    midi_api_of,
    midi_systems,
    rtmidi_module,
)
from musicgen_desktop.timing import MasterClock

from ._clock_follower import ClockFollower
from ._jack_master import has_jack_module, jack_module, open_client
from ._master import FollowWish, SyncError
from ._timecode_follower import TimecodeFollower

_PORT_NAME = "sync"


class _Follower(Protocol):
    def hear(self, data: bytes, at_s: float) -> None: ...

    def look(self, now_s: float) -> MasterClock: ...


def midi_master(wish: FollowWish) -> "RtMidiMaster | JackMidiMaster":
    """Follow what comes from a MIDI port; through JACK itself where it can, which tells times to the sample.

    Raises:
        SyncError: when there is no such port.
        NoMidiError: when there is no library for MIDI.
    """
    module = rtmidi_module()
    systems = [name for name, _ in midi_systems(module)]
    system = wish.system or next((each for each in systems if _has(module, each, wish.port)), "")
    system = system or next(iter(systems), "")
    if not system:
        raise no_port(wish.port, [])
    if system == JACK and has_jack_module():
        return JackMidiMaster(wish)
    return RtMidiMaster(wish, system)


def _has(module: Any, system: str, port: str) -> bool:
    """Whether the system has the port, or one of our own is asked for."""
    if not port:
        return True
    client = None
    try:
        client = module.MidiIn(midi_api_of(module, system), name=f"{MIDI_CLIENT_NAME} looks")
        names = [str(name) for name in client.get_ports()]
    except (module.RtMidiError, SystemError, UnicodeDecodeError):
        return False
    finally:
        if client is not None:
            client.delete()
    return any(port.casefold() in name.casefold() for name in names)


def _follower_of(wish: FollowWish) -> _Follower:
    offset_s = wish.offset_ms / 1000.0
    if wish.kind == "timecode":
        return TimecodeFollower(wish.start_s, offset_s)
    return ClockFollower(wish.port or f"{MIDI_CLIENT_NAME}:{_PORT_NAME}", offset_s)


class RtMidiMaster:
    """Follows a MIDI input of the system, or a virtual one of our own.

    Args:
        wish: the port.
        system: through which.

    Raises:
        SyncError: when there is no such port.
    """

    def __init__(self, wish: FollowWish, system: str) -> None:
        self.is_gone = False
        """The system does not tell: a port that is unplugged falls silent."""
        self._follower = _follower_of(wish)
        self._lock = threading.Lock()
        module = rtmidi_module()
        names: list[str] = []
        self._client: Any = None
        try:
            self._client = module.MidiIn(midi_api_of(module, system), name=MIDI_CLIENT_NAME)
            names = self._client.get_ports()
            self._client.ignore_types(sysex=False, timing=False, active_sense=True)
            if wish.port:
                self._client.open_port(names.index(_named(wish.port, names)), name=_PORT_NAME)
            else:
                self._client.open_virtual_port(_PORT_NAME)
            self._client.set_callback(self._on_message)
        except (module.RtMidiError, ValueError, StopIteration, SystemError) as error:
            self.close()  # a client that nobody closes stays until the process ends
            raise _not_opened(wish.port, names) from error

    def look(self, now_s: float) -> MasterClock:
        """What is known at this moment."""
        with self._lock:
            return self._follower.look(now_s)

    def close(self) -> None:
        """Listen no longer."""
        client, self._client = self._client, None
        if client is not None:
            client.cancel_callback()
            client.close_port()
            client.delete()

    def _on_message(self, message: tuple[list[int], float], _data: object = None) -> None:
        at_s = time.monotonic()
        with self._lock:
            self._follower.hear(bytes(message[0]), at_s)


class JackMidiMaster:
    """Follows a port of a JACK server, on which every message has its frame.

    Args:
        wish: the port.

    Raises:
        SyncError: when there is no server, or no such port.
    """

    def __init__(self, wish: FollowWish) -> None:
        self._follower = _follower_of(wish)
        self._lock = threading.Lock()
        module = jack_module()
        self._client: Any = open_client(module, "sync")
        self._port = self._client.midi_inports.register(_PORT_NAME)
        self.is_gone = False
        """The server ended, or shut us out."""
        self._client.set_process_callback(self._on_process)
        self._client.set_shutdown_callback(self._on_shutdown)
        self._client.activate()
        if wish.port:
            try:
                ports = self._client.get_ports(is_midi=True, is_output=True)
                names = [port.name for port in ports]
                self._client.connect(_named(wish.port, names), self._port)
            except (module.JackError, StopIteration) as error:
                self.close()
                raise _not_opened(wish.port, names) from error

    def look(self, now_s: float) -> MasterClock:
        """What is known at this moment."""
        with self._lock:
            return self._follower.look(now_s)

    def close(self) -> None:
        """Listen no longer."""
        client, self._client = self._client, None
        if client is not None:
            if not self.is_gone:
                client.deactivate()
            client.close()

    def _on_process(self, _frames: int) -> None:
        events = [(offset, bytes(data)) for offset, data in self._port.incoming_midi_events()]
        if not events:
            return
        client = self._client
        now_s, now_frame = time.monotonic(), client.frame_time
        first = client.last_frame_time
        with self._lock:
            for offset, data in events:
                self._follower.hear(data, now_s + (first + offset - now_frame) / client.samplerate)

    def _on_shutdown(self, _status: object, _reason: str) -> None:
        self.is_gone = True


def _named(wanted: str, names: list[str]) -> str:
    """The port of this name, or the only one with a part of it; StopIteration without one."""
    if wanted in names:
        return wanted
    found = [name for name in names if wanted.casefold() in name.casefold()]
    return next(iter(found if len(found) == 1 else []))


def _not_opened(wanted: str, names: list[str]) -> SyncError:
    """Why an input is not followed: it is not there, or others have it; Windows opens one only once."""
    try:
        name = _named(wanted, names) if wanted else ""
    except StopIteration:
        name = ""
    if not name:
        return no_port(wanted, names)
    return SyncError(
        f"The MIDI input “{name}” is there but does not open to be followed: another program, or this one,"
        " may be using it. End the other program, or leave the input out in Settings ▸ MIDI, then follow it"
        " again."
    )


def no_port(wanted: str, names: list[str]) -> SyncError:
    """What is told when a MIDI input is not there."""
    if not wanted:
        return SyncError("There is no virtual MIDI input here; choose an input to follow, by its name.")
    there = ", ".join(f"“{name}”" for name in names) or "none at all"
    return SyncError(f"There is no MIDI input “{wanted}” to follow. There are: {there}.")
