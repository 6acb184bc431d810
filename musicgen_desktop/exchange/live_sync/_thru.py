"""What comes in at an input is sent on at once."""

import time
from collections.abc import Callable
from typing import Any

from musicgen_desktop.foundation import (
    MIDI_CLIENT_NAME,
    MusicgenDesktopError,
    midi_systems,
    rtmidi_module,
)

from ._messages import MidiProblem, SetThru
from ._ports import output_names
from ._score import is_note_off, is_note_on
from ._sender import Sender

_SYSTEM, _NOTE_OFF, _CONTROL = 0xF0, 0x80, 0xB0
_SUSTAIN, _PEDAL_DOWN = 64, 64
_RETRY_S = 2.0


class Thru:
    """One input and the port that it is sent on to. Belongs to the control thread.

    When it ends, or its input goes away, keys and pedals that are down are let go.

    Args:
        sender: sends.
        tell: told when the input is not there.
    """

    def __init__(self, sender: Sender, tell: Callable[[MidiProblem], None]) -> None:
        self._sender, self._tell = sender, tell
        self._wish = SetThru()
        self._module: Any = None
        self._client: Any = None
        self._name = ""
        self._down: set[tuple[int, int]] = set()
        self._pedals: set[int] = set()
        self._retry_at = 0.0
        self._is_told = False

    def set(self, wish: SetThru) -> None:
        """Send on from this input, to this port; an empty input ends it."""
        self.close()
        self._wish, self._is_told, self._retry_at = wish, False, 0.0
        self.look_around()

    def look_around(self) -> None:
        """Open the input when it is there, and notice when it is gone."""
        now = time.monotonic()
        if not self._wish.input or now < self._retry_at:
            return
        self._retry_at = now + _RETRY_S
        if self._client is not None:
            if self._name in output_names(self._module, self._client):
                return
            self.close()
        try:
            self._open()
        except MusicgenDesktopError as error:
            self._problem(str(error))

    def close(self) -> None:
        """Send nothing on any more."""
        client, self._client = self._client, None
        if client is not None:
            client.cancel_callback()
            client.close_port()
            client.delete()
        down, self._down = self._down, set()
        for channel, pitch in sorted(down):
            self._post(bytes((_NOTE_OFF | channel, pitch, 64)))
        pedals, self._pedals = self._pedals, set()
        for channel in sorted(pedals):
            self._post(bytes((_CONTROL | channel, _SUSTAIN, 0)))

    def _open(self) -> None:
        self._module = rtmidi_module()
        taken = ""
        for _, api in midi_systems(self._module):
            client = None
            try:
                client = self._module.MidiIn(api, name=f"{MIDI_CLIENT_NAME} thru")
                names = output_names(self._module, client)
                found = [name for name in names if name == self._wish.input] or [
                    name for name in names if self._wish.input.casefold() in name.casefold()
                ]
                if len(found) == 1:
                    client.ignore_types(sysex=True, timing=True, active_sense=True)
                    client.set_callback(self._on_message)
                    taken = found[0]
                    client.open_port(names.index(taken), name="thru")
                    self._client, self._name, self._is_told = client, found[0], False
                    return
            except self._module.RtMidiError:
                pass
            if client is not None:
                client.delete()
        self._problem(
            # Windows opens an input only once, and who plays from it has it open already.
            f"The MIDI input “{taken}” is there but does not open to be sent on: another program, or this"
            " one, may be using it. End the other program, or share the input through loopMIDI or the Windows"
            " MIDI Services."
            if taken
            else f"There is no MIDI input “{self._wish.input}” to send on from."
        )

    def _problem(self, sentence: str) -> None:
        if not self._is_told:
            self._is_told = True
            self._tell(MidiProblem(sentence))

    def _on_message(self, message: tuple[list[int], float], _data: object = None) -> None:
        """On a thread of the library's."""
        data = bytes(message[0])
        if not 2 <= len(data) <= 3 or not 0x80 <= data[0] < _SYSTEM:
            return
        if self._wish.channel is not None:
            data = bytes((data[0] & 0xF0 | self._wish.channel, *data[1:]))
        key = data[0] & 0x0F, data[1]
        if is_note_on(data):
            self._down.add(key)
        elif is_note_off(data):
            self._down.discard(key)
        elif data[:2] == bytes((_CONTROL | key[0], _SUSTAIN)):
            (self._pedals.add if data[2] >= _PEDAL_DOWN else self._pedals.discard)(key[0])
        self._post(data)

    def _post(self, data: bytes) -> None:
        port = self._wish.port
        self._sender.post(lambda: self._sender.send(port, data))
