"""Which MIDI inputs there are. python-rtmidi is asked; where it is not installed there is no live MIDI."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.foundation import UserInputError, mending

CLIENT_NAME = "MusicGen Desktop"
JACK = "JACK"
_ALSA = "ALSA"


class NoMidiError(UserInputError):
    """The library for live MIDI is not there."""

    def __init__(self) -> None:
        why = (
            "python-rtmidi has no ready-made package for this Python"
            if sys.version_info >= (3, 13)
            else mending("pip install python-rtmidi")
        )
        super().__init__(f"MIDI keyboards cannot be used: {why}. MIDI files work all the same.")


class NoSuchMidiPortError(UserInputError):
    """A MIDI input that was asked for by name and is not there."""

    def __init__(self, wanted: str, ports: "Sequence[MidiPort]") -> None:
        names = ", ".join(f"“{port.name}”" for port in ports) or "none at all"
        super().__init__(f"There is no MIDI input “{wanted}”. There are: {names}.")


class MidiPortLostError(UserInputError):
    """A keyboard that was pulled out, or whose sound system ended."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The MIDI input “{name}” is gone. Plug it in again and choose it anew.")


class MidiPort(msgspec.Struct, frozen=True):
    """A MIDI input.

    Attributes:
        system: what it is reached through: “ALSA”, “JACK”, “Core MIDI” or “Windows MM”.
        name: as the system tells it.
    """

    system: str
    name: str


def list_midi_inputs() -> tuple[MidiPort, ...]:
    """All MIDI inputs of all systems that answer, our own left out.

    JACK lets all its clients wait meanwhile: not to be asked every second while something sounds.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
    """
    module = rtmidi_module()
    ports: list[MidiPort] = []
    for system, api in _systems(module):
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


def rtmidi_module() -> Any:
    """The library.

    Raises:
        NoMidiError: when it is not installed.
    """
    try:
        import rtmidi  # noqa: PLC0415 - optional
    except ImportError as error:
        raise NoMidiError from error
    return rtmidi


def api_of(module: Any, system: str) -> int:
    """The library's number of a system."""
    return next(api for name, api in _names(module) if name == system)


def names_of_ports(module: Any, client: Any) -> list[str]:
    """What a client can listen to now."""
    try:
        return [str(name) for name in client.get_ports()]
    except (module.RtMidiError, UnicodeDecodeError):
        return []


def _names(module: Any) -> list[tuple[str, int]]:
    return [
        (_ALSA, module.API_LINUX_ALSA),
        (JACK, module.API_UNIX_JACK),
        ("Core MIDI", module.API_MACOSX_CORE),
        ("Windows MM", module.API_WINDOWS_MM),
    ]


def _systems(module: Any) -> Iterator[tuple[str, int]]:
    compiled = set(module.get_compiled_api())
    for name, api in _names(module):
        if api in compiled and _may_answer(name):
            yield name, api


def _may_answer(system: str) -> bool:
    """Whether it is worth asking: on Linux the libraries fill the terminal with complaints when it is not."""
    if not sys.platform.startswith("linux"):
        return True
    if system == _ALSA:
        return Path("/dev/snd/seq").exists()
    return any(Path("/dev/shm").glob("jack*"))  # noqa: S108 - where its servers tell of themselves
