"""The systems that carry live MIDI. python-rtmidi is asked; where it is not installed there is none."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ._errors import UserInputError
from ._machine import mending

MIDI_CLIENT_NAME = "MusicGen Desktop"
"""How we are called among the ports of others."""

JACK = "JACK"
ALSA = "ALSA"
CORE_MIDI = "Core MIDI"
WINDOWS = "Windows MM"


class NoMidiError(UserInputError):
    """The library for live MIDI is not there."""

    def __init__(self) -> None:
        why = (
            "python-rtmidi has no ready-made package for this Python"
            if sys.version_info >= (3, 13)
            else mending("pip install python-rtmidi")
        )
        super().__init__(f"MIDI ports cannot be used: {why}. MIDI files work all the same.")


class MidiPort(msgspec.Struct, frozen=True):
    """A MIDI input or output.

    Attributes:
        system: what it is reached through: “ALSA”, “JACK”, “Core MIDI” or “Windows MM”.
        name: as the system tells it.
    """

    system: str
    name: str


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


def midi_systems(module: Any) -> Iterator[tuple[str, int]]:
    """Name and the library's number of each system that may answer here, the usual one first."""
    compiled = set(module.get_compiled_api())
    for name, api in _names(module):
        if api in compiled and _may_answer(name):
            yield name, api


def midi_api_of(module: Any, system: str) -> int:
    """The library's number of a system."""
    return next(api for name, api in _names(module) if name == system)


def _names(module: Any) -> list[tuple[str, int]]:
    return [
        (ALSA, module.API_LINUX_ALSA),
        (JACK, module.API_UNIX_JACK),
        (CORE_MIDI, module.API_MACOSX_CORE),
        (WINDOWS, module.API_WINDOWS_MM),
    ]


def _may_answer(system: str) -> bool:
    """Whether it is worth asking: on Linux the libraries fill the terminal with complaints when it is not."""
    if not sys.platform.startswith("linux"):
        return True
    if system == ALSA:
        return Path("/dev/snd/seq").exists()
    return is_jack_there()


def is_jack_there() -> bool:
    """Whether the usual JACK server left traces of itself; only on Linux can that be told."""
    if not sys.platform.startswith("linux"):
        return True
    server = os.environ.get("JACK_DEFAULT_SERVER", "default")
    places = Path("/dev/shm")  # noqa: S108 - where its servers tell of themselves, JACK2 and JACK1
    return any(places.glob(f"jack_{server}_*")) or any(places.glob(f"jack-*/{server}"))
