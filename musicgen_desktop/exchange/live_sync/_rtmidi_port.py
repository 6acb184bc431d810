"""An output through python-rtmidi: messages leave when they are sent, and carry no time."""

import sys
from typing import Any

from musicgen_desktop.foundation import (
    MIDI_CLIENT_NAME,
    WINDOWS,
    midi_api_of,
    midi_systems,
    rtmidi_module,
)
from musicgen_desktop.timing import ClockReading

from ._messages import PortWish
from ._ports import (
    MidiOutputLostError,
    NoSuchMidiOutputError,
    NoVirtualPortsError,
    find_midi_output,
    list_midi_outputs,
    output_names,
)


class RtMidiPort:
    """A port of our own, or one that exists.

    Args:
        wish: which.
        but: a system that was looked through already.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
        NoSuchMidiOutputError: when the port is not there, or does not open.
        NoVirtualPortsError: when the system knows no ports of our own.
    """

    lead_s = 0.0

    def __init__(self, wish: PortWish, *, but: str = "") -> None:
        self.lost = 0
        self._wish = wish
        self._module = rtmidi_module()
        if wish.is_virtual:
            self.system, self.name = self._best_system(), wish.name
            self._client: Any = self._opened_virtual()
        else:
            port = find_midi_output(wish.name, wish.system, list_midi_outputs(but=but))
            self.system, self.name = port.system, port.name
            self._client = self._opened_port()

    def keep(self, reading: ClockReading) -> None:
        """The system's clock is all that it goes by."""

    def send(self, at_s: float, data: bytes) -> None:
        """Send it at once."""
        del at_s
        if self._client is None:
            return
        try:
            self._client.send_message(data)
        except (self._module.RtMidiError, ValueError):
            self.lost += 1

    def check(self) -> None:
        """See whether it is still there.

        Raises:
            MidiOutputLostError: it is not.
        """
        if self._client is None or self._wish.is_virtual:
            return
        if self.name not in output_names(self._module, self._client):
            raise MidiOutputLostError(self.name)

    def close(self) -> None:
        """Let go of it; may be called again."""
        client, self._client = self._client, None
        if client is not None:
            client.close_port()
            client.delete()

    def _best_system(self) -> str:
        for system, _ in midi_systems(self._module):
            if self._wish.system in ("", system) and system != WINDOWS:
                return system
        raise NoVirtualPortsError

    def _opened_virtual(self) -> Any:
        try:
            client = self._module.MidiOut(midi_api_of(self._module, self.system), name=MIDI_CLIENT_NAME)
            client.open_virtual_port(self._wish.name)
        except (self._module.RtMidiError, NotImplementedError, SystemError) as error:
            raise NoVirtualPortsError from error
        return client

    def _opened_port(self) -> Any:
        try:
            client = self._module.MidiOut(midi_api_of(self._module, self.system), name=MIDI_CLIENT_NAME)
            client.open_port(
                output_names(self._module, client).index(self.name), name=self._wish.key or "song"
            )
        except (self._module.RtMidiError, ValueError, SystemError) as error:
            raise NoSuchMidiOutputError(self._wish.name, ()) from error
        return client


def are_virtual_ports_possible() -> bool:
    """Whether a port of our own can be offered on this kind of system at all."""
    return sys.platform != "win32"
