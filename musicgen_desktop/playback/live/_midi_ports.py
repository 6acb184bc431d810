"""Which MIDI inputs there are."""

from collections.abc import Sequence
from typing import Any

from musicgen_desktop.foundation import (
    JACK,
    MIDI_CLIENT_NAME,
    MidiPort,
    NoMidiError,
    UserInputError,
    midi_systems,
    rtmidi_module,
)
from musicgen_desktop.foundation import midi_api_of as api_of

__all__ = [
    "CLIENT_NAME",
    "JACK",
    "MidiPort",
    "MidiPortLostError",
    "NoMidiError",
    "NoSuchMidiPortError",
    "api_of",
    "find_midi_input",
    "list_midi_inputs",
    "names_of_ports",
    "rtmidi_module",
]

CLIENT_NAME = MIDI_CLIENT_NAME


class NoSuchMidiPortError(UserInputError):
    """A MIDI input that was asked for by name and is not there."""

    def __init__(self, wanted: str, ports: "Sequence[MidiPort]") -> None:
        names = ", ".join(f"“{port.name}”" for port in ports) or "none at all"
        super().__init__(f"There is no MIDI input “{wanted}”. There are: {names}.")


class MidiPortLostError(UserInputError):
    """A keyboard that was pulled out, or whose sound system ended."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The MIDI input “{name}” is gone. Plug it in again and choose it anew.")


def list_midi_inputs(*, quietly: bool = False) -> tuple[MidiPort, ...]:
    """All MIDI inputs of all systems that answer, our own left out.

    Args:
        quietly: leave JACK out. It lets all its clients wait meanwhile, those of other programs too: not to
            be asked again and again.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
    """
    module = rtmidi_module()
    ports: list[MidiPort] = []
    for system, api in midi_systems(module):
        if quietly and system == JACK:
            continue
        try:
            client = module.MidiIn(api, name=f"{CLIENT_NAME} looks")
        except module.RtMidiError:
            continue
        names = names_of_ports(module, client)
        client.delete()
        ports += [MidiPort(system, name) for name in names if not name.startswith(CLIENT_NAME)]
    return tuple(ports)


def find_midi_input(wanted: str | None = None, ports: Sequence[MidiPort] | None = None) -> MidiPort:
    """An input by its name, or by a part of it that no other has; the first one for None.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
        NoSuchMidiPortError: when there is none, or more than one that is called so.
    """
    if ports is None:
        ports = list_midi_inputs()
    found = [port for port in ports if wanted is None or port.name == wanted]
    if not found and wanted:
        found = [port for port in ports if wanted.casefold() in port.name.casefold()]
        if len(found) > 1:
            raise NoSuchMidiPortError(wanted, found)
    if not found:
        raise NoSuchMidiPortError(wanted or "", ports)
    return found[0]


def names_of_ports(module: Any, client: Any) -> list[str]:
    """What a client can listen to now."""
    try:
        return [str(name) for name in client.get_ports()]
    except (module.RtMidiError, UnicodeDecodeError):
        return []
