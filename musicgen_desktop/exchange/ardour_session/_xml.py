"""Elements of a session file, and the forms of its numbers."""

import xml.etree.ElementTree as ET

from musicgen_desktop.document import SILENT_DB
from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.timing import Tick

SUPERCLOCK = 282_240_000
"""Ardour's ticks per second, a whole number of which is a frame at every usual rate."""

TICKS = 2
"""Ardour counts 1920 ticks per quarter note: two for each of ours."""

Value = str | int | float


class Ids:
    """Numbers for things of a session, none twice."""

    def __init__(self) -> None:
        self.last = 0
        self._known: dict[str, str] = {}

    def new(self) -> str:
        """The next one."""
        self.last += 1
        return str(self.last)

    def of(self, name: str) -> str:
        """Always the same one for a name."""
        if name not in self._known:
            self._known[name] = self.new()
        return self._known[name]


def add(into: ET.Element, tag: str, **values: Value) -> ET.Element:
    """Add an element. Underscores of names become hyphens; one at a name's end is dropped."""
    return ET.SubElement(into, tag, attributes(values))


def attributes(values: dict[str, Value]) -> dict[str, str]:
    """Values as the file has them."""
    return {name.rstrip("_").replace("_", "-"): text(value) for name, value in values.items()}


def text(value: Value) -> str:
    """A value as the file has it; what XML cannot hold of a person's text becomes a space."""
    if isinstance(value, float):
        return repr(value)
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def at_frame(frame: int, rate: int) -> str:
    """A place or a length in sound."""
    return f"a{frame * (SUPERCLOCK // rate)}"


def at_seconds(seconds: float) -> str:
    """A place between frames."""
    return f"a{round(seconds * SUPERCLOCK)}"


def at_tick(tick: Tick) -> str:
    """A place or a length in music."""
    return f"b{tick * TICKS}"


def beats(tick: Tick) -> str:
    """Quarter notes and 1920ths of one."""
    whole, rest = divmod(tick * TICKS, 1_920)
    return f"{whole}:{rest}"


def gain(gain_db: float) -> float:
    """A level in dB as a factor; nothing at all where a fader is shut."""
    return 0.0 if gain_db <= SILENT_DB else db_to_gain(gain_db)
