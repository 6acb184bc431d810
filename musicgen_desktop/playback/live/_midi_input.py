"""An open MIDI input."""

import ctypes
import time
from collections.abc import Callable
from typing import Any

from ._jack_server import JackServerWatch
from ._midi_event import CONTROL, NOTE_OFF, NOTE_ON, MidiEvent
from ._midi_parser import MidiParser
from ._midi_ports import (
    CLIENT_NAME,
    JACK,
    MidiPort,
    MidiPortLostError,
    NoSuchMidiPortError,
    api_of,
    names_of_ports,
    rtmidi_module,
)

_SUSTAIN, _PEDAL_DOWN = 64, 64
_MOST_BYTES = 1 << 16
_PORT_NAME = "keys"


class MidiInput:
    """Hands on every channel message with the time at which it came.

    When it is closed or lost, all keys and pedals that are down are told to come up, so no note stays.

    Args:
        port: which.
        hear: gets each message, on the MIDI system's thread; it must be quick.
        now: the clock.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
        NoSuchMidiPortError: when the port is not there, or does not open.
    """

    def __init__(
        self, port: MidiPort, hear: Callable[[MidiEvent], None], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.port = port
        self._hear = hear
        self._now = now
        self._parser = MidiParser()
        self._down: dict[tuple[int, int], None] = {}
        self._pedals: set[int] = set()
        self._module = rtmidi_module()
        self._api = api_of(self._module, port.system)
        self._server = JackServerWatch() if port.system == JACK else None
        self._client: Any = self._opened()

    @property
    def is_open(self) -> bool:
        """Whether messages can come."""
        return self._client is not None

    def check(self) -> None:
        """See whether the port is still there; worth doing every few seconds, and never on the audio path.

        Raises:
            MidiPortLostError: it is not; the input is closed.
        """
        if self._client is None:
            return
        if self._server is not None and self._server.is_gone():
            self._abandon()
            raise MidiPortLostError(self.port.name)
        if self.port.name not in names_of_ports(self._module, self._client):
            self.close()
            raise MidiPortLostError(self.port.name)

    def neighbours(self) -> tuple[MidiPort, ...]:
        """All inputs of its system that are there now, our own left out; nobody waits for the answer."""
        names = [] if self._client is None else names_of_ports(self._module, self._client)
        return tuple(MidiPort(self.port.system, name) for name in names if not name.startswith(CLIENT_NAME))

    def close(self) -> None:
        """No more messages; also twice."""
        client, self._client = self._client, None
        if client is None:
            return
        client.cancel_callback()
        client.close_port()
        client.delete()
        self.let_go()

    def _abandon(self) -> None:
        # Once another client was opened, the library has freed what belonged to the dead server's: to close
        # this one then, or to let Python do it at its end, is a crash. So it is never freed.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._client))
        self._client = None
        self.let_go()

    def _opened(self) -> Any:
        ports: list[str] = []
        try:
            client = self._module.MidiIn(self._api, name=CLIENT_NAME)
            ports = client.get_ports()
            client.ignore_types(sysex=True, timing=True, active_sense=True)
            client.set_callback(self._on_message)
            client.open_port(ports.index(self.port.name), name=_PORT_NAME)
        except (self._module.RtMidiError, ValueError) as error:
            others = [MidiPort(self.port.system, name) for name in ports]
            raise NoSuchMidiPortError(self.port.name, others) from error
        return client

    def _on_message(self, message: tuple[list[int], float], _data: object = None) -> None:
        at = self._now()
        for data in self._parser.feed(bytes(message[0][:_MOST_BYTES])):
            event = MidiEvent(at, data)
            self._remember(event)
            self._hear(event)

    def _remember(self, event: MidiEvent) -> None:
        key = event.channel, event.data[1]
        if event.kind == NOTE_ON:
            self._down[key] = None
        elif event.kind == NOTE_OFF:
            self._down.pop(key, None)
        elif event.kind == CONTROL and event.data[1] == _SUSTAIN:
            if event.data[2] >= _PEDAL_DOWN:
                self._pedals.add(event.channel)
            else:
                self._pedals.discard(event.channel)

    def let_go(self) -> None:
        """All keys and pedals that are down are told to come up; from any thread."""
        at = self._now()
        for channel, pitch in list(self._down):
            self._hear(MidiEvent(at, bytes((NOTE_OFF | channel, pitch, 64))))
        for channel in sorted(self._pedals):
            self._hear(MidiEvent(at, bytes((CONTROL | channel, _SUSTAIN, 0))))
        self._down.clear()
        self._pedals.clear()
