"""Which MIDI outputs there are, and what may be wrong with one."""

import sys
from collections.abc import Sequence
from typing import Any, Protocol

from musicgen_desktop.foundation import (
    MIDI_CLIENT_NAME,
    MidiPort,
    UserInputError,
    midi_systems,
    rtmidi_module,
)
from musicgen_desktop.timing import ClockReading


class NoSuchMidiOutputError(UserInputError):
    """A MIDI output that was asked for by name and is not there."""

    def __init__(self, wanted: str, ports: Sequence[MidiPort]) -> None:
        names = ", ".join(f"“{port.name}”" for port in ports) or "none at all"
        super().__init__(f"There is no MIDI output “{wanted}”. There are: {names}.")


class NoVirtualPortsError(UserInputError):
    """This system lets no program offer a port of its own."""

    def __init__(self) -> None:
        super().__init__(
            "Windows gives programs no MIDI ports of their own: make one with loopMIDI or the Windows MIDI"
            " Services, and choose it as the output."
            if sys.platform == "win32"
            else "No MIDI system runs here: start JACK or PipeWire, or load the ALSA sequencer"
            " (modprobe snd-seq)."
        )


class MidiOutputLostError(UserInputError):
    """A port that was unplugged, or whose sound system ended."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The MIDI output “{name}” is gone; it is used again as soon as it is back.")


class OutputPort(Protocol):
    """An open output. All methods but `close` are called by the sending thread.

    Attributes:
        name: as others see it.
        system: what it is reached through.
        lead_s: how long before it is due a message is handed over; 0 when `send` sends at once.
        lost: messages that there was no room for.
    """

    @property
    def name(self) -> str: ...
    @property
    def system(self) -> str: ...
    @property
    def lead_s(self) -> float: ...
    @property
    def lost(self) -> int: ...

    def keep(self, reading: ClockReading) -> None:
        """Keep time with the song by this reading from now on."""

    def send(self, at_s: float, data: bytes) -> None:
        """Have a message leave at a moment; those of one port are handed over in order."""

    def check(self) -> None:
        """See whether it is still there; worth doing every second or so.

        Raises:
            MidiOutputLostError: it is not.
        """

    def close(self) -> None:
        """Let go of it when all has left that was handed over; may be called again."""


def list_midi_outputs(*, but: str = "") -> tuple[MidiPort, ...]:
    """All MIDI outputs of all systems that answer, our own left out.

    Args:
        but: a system that is not asked.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
    """
    module = rtmidi_module()
    ports: list[MidiPort] = []
    for system, api in midi_systems(module):
        if system == but:
            continue
        try:
            client = module.MidiOut(api, name=f"{MIDI_CLIENT_NAME} looks")
        except module.RtMidiError:
            continue
        names = output_names(module, client)
        client.delete()
        ports += [MidiPort(system, name) for name in names if not name.startswith(MIDI_CLIENT_NAME)]
    return tuple(ports)


def find_midi_output(wanted: str, system: str = "", ports: Sequence[MidiPort] | None = None) -> MidiPort:
    """An output by its name, or by a part of it that no other has.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
        NoSuchMidiOutputError: when there is none, or more than one that is called so.
    """
    if ports is None:
        ports = list_midi_outputs()
    fitting = [port for port in ports if system in ("", port.system)]
    found = [port for port in fitting if port.name == wanted]
    if not found and wanted:
        found = [port for port in fitting if wanted.casefold() in port.name.casefold()]
        if len(found) > 1:
            raise NoSuchMidiOutputError(wanted, found)
    if not found:
        raise NoSuchMidiOutputError(wanted, fitting)
    return found[0]


def output_names(module: Any, client: Any) -> list[str]:
    """What a client of the library can send to now."""
    try:
        return [str(name) for name in client.get_ports()]
    except (module.RtMidiError, UnicodeDecodeError):
        return []
