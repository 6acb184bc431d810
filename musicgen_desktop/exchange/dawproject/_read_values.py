"""Attributes of strangers as numbers and words, and what a whole reading knows."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from musicgen_desktop.timing import PPQ, TempoMap

from ._remarks import Remarks

LAST_TICK = 1 << 30
"""Half of what a project can hold, so that it can be put anywhere in one: twelve days at 60 BPM."""

_LARGEST = 1e12
_LONGEST_NAME = 200
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FOREVER = 1e9  # seconds, or beats


class BadNumberError(ValueError):
    """A number that is none, or that no song has."""


class Ruler(NamedTuple):
    """Where the times of a timeline lie in the song.

    Attributes:
        unit: “beats” or “seconds”.
        tick: of the song, not rounded, for a time in that unit.
    """

    unit: str
    tick: Callable[[float], float]


@dataclass
class Reading:
    """What is known while a file is read."""

    tempo_map: TempoMap
    remarks: Remarks
    by_id: dict[str, Element] = field(default_factory=dict)

    def ruler(self, unit: str) -> Ruler:
        """The song's own, in a unit."""
        if unit == "seconds":
            return Ruler(unit, lambda seconds: self.tempo_map.tick_at(_bounded(seconds)))
        return Ruler(unit, lambda beats: _bounded(beats) * PPQ)

    def ruler_from(self, unit: str, tick: float, time: float) -> Ruler:
        """One on which `time` lies at a tick of the song: that of what is inside a clip."""
        if unit == "seconds":
            start_s = self.tempo_map.seconds_at(tick) - time
            return Ruler(unit, lambda seconds: self.tempo_map.tick_at(_bounded(start_s + seconds)))
        return Ruler(unit, lambda beats: tick + _bounded(beats - time) * PPQ)


def real(element: Element, name: str, default: float | None = None) -> float:
    """An attribute as a number.

    Args:
        element: that has it.
        name: of the attribute.
        default: when it is not there; None says that it must be.

    Raises:
        BadNumberError: no number, not finite, or larger than anything in a song.
    """
    text = element.get(name)
    if text is None:
        if default is None:
            raise BadNumberError(name)
        return default
    try:
        value = float(text)
    except ValueError:
        raise BadNumberError(name) from None
    if not abs(value) <= _LARGEST:
        raise BadNumberError(name)
    return value


def optional_real(element: Element, name: str) -> float | None:
    """An attribute as a number; None when it is not there.

    Raises:
        BadNumberError: as `real`.
    """
    return real(element, name) if name in element.attrib else None


def whole(element: Element, name: str, default: int | None = None) -> int:
    """An attribute as a whole number.

    Raises:
        BadNumberError: as `real`.
    """
    return round(real(element, name, default))


def truth(element: Element | None, name: str, *, default: bool = False) -> bool:
    """An attribute as yes or no."""
    text = "" if element is None else element.get(name, "").strip().lower()
    return default if text not in ("true", "false", "1", "0") else text in ("true", "1")


def tick_of(tick: float) -> int:
    """A whole tick.

    Raises:
        BadNumberError: no song lasts so long.
    """
    if not abs(tick) <= LAST_TICK:
        raise BadNumberError("time")
    return math.floor(tick + 0.5)


def name_of(element: Element, default: str = "") -> str:
    """What an element is called, on one line."""
    text = element.get("name", "") or default
    return clean(text)


def clean(text: str, longest: int = _LONGEST_NAME) -> str:
    """Text as a line can hold it."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:1_000]).strip()[:longest]


def colour_of(element: Element) -> str:
    """Its colour, opaque; empty when it has none that we know."""
    found = _COLOUR.match(element.get("color", ""))
    return found[0] if found else ""


def _bounded(value: float) -> float:
    if not abs(value) <= _FOREVER:
        raise BadNumberError("time")
    return value
