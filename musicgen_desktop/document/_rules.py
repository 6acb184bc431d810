"""The small rules that `check_project` is made of. Each raises `BadProjectError`."""

import re
import sys
from collections.abc import Iterable
from typing import Any

from musicgen_desktop.foundation import UserInputError

_MOST = {
    "tracks": 1_000,
    "clips": 200_000,
    "notes": 2_000_000,
    "inserts": 64,
    "sends": 64,
    "curves": 1_000,
    "points": 1_000_000,
    "sources": 100_000,
    "files of origin": 1_000,
    "takes": 100_000,
    "chords": 100_000,
    "keys": 10_000,
    "sections": 10_000,
    "markers": 10_000,
    "tempo points": 10_000,
    "meter changes": 10_000,
    "learned controllers": 10_000,
}
LONGEST_NAME = 1_000
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST = sys.float_info.max
_DEEPEST = 32


class BadProjectError(UserInputError):
    """A project that contradicts itself. The sentence names the place."""


def require_range(where: str, what: str, value: float, low: float, high: float) -> None:
    """A number lies between two others, ends included."""
    if not low <= value <= high:  # so written, “not a number” is refused too
        raise BadProjectError(
            f"{where}: the {what} {_number(value)} does not lie between {low:g} and {high:g}."
        )


def _number(value: float) -> str:
    try:
        return f"{value:g}"
    except OverflowError:  # a whole number of hundreds of digits
        return "that was given"


def require_count(where: str, what: str, count: int) -> None:
    """Not too many of something."""
    if count > _MOST[what]:
        raise BadProjectError(f"{where} has {count} {what}, more than the {_MOST[what]} allowed.")


def require_unique(what: str, ids: Iterable[str], where: str = "The project") -> None:
    """Ids are fit to be ids, and no two are the same."""
    listed = list(ids)
    if len(set(listed)) != len(listed):
        raise BadProjectError(f"{where} has two {what} with one id.")
    for each in listed:
        require_id(where, each)


def require_id(where: str, text: str) -> None:
    """An id is neither empty nor endless."""
    if not 0 < len(text) <= 200:
        raise BadProjectError(f"{where} has an id that is empty or longer than 200 characters.")


def require_name(where: str, text: str) -> None:
    """A name that fits a line and can be written."""
    if len(text) > LONGEST_NAME:
        raise BadProjectError(f"{where} has a name longer than {LONGEST_NAME} characters.")
    require_text(where, text)


def require_text(where: str, text: str) -> None:
    """Text that UTF-8 can hold: a file name with broken letters cannot be written."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadProjectError(
            f"{where} has a name with letters that cannot be written; rename it."
        ) from error


def require_json(where: str, what: str, value: Any, depth: int = 0) -> None:
    """Values that JSON can hold and give back: finite numbers of 64 bits, text, lists, objects."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        require_text(where, value)
    elif isinstance(value, int):
        require_range(where, f"number in its {what}", value, -(2**63), 2**64 - 1)
    elif isinstance(value, float):
        require_range(where, f"number in its {what}", value, -_LARGEST, _LARGEST)
    elif isinstance(value, list | tuple | dict) and depth < _DEEPEST:
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
            raise BadProjectError(f"{where} has {what} that a project file cannot hold.")
        for each in inner:
            require_json(where, what, each, depth + 1)
    else:
        raise BadProjectError(f"{where} has {what} that a project file cannot hold.")


def require_color(where: str, text: str) -> None:
    """Nothing, or a color like #3388ff."""
    if text and not _COLOR.fullmatch(text):
        raise BadProjectError(f"{where} has the color “{short(text)}”; a color is written like #3388ff.")


def short(text: str) -> str:
    """A name as it stands in a sentence: printable, at most 60 letters."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text[:61])
    return clean if len(clean) <= 60 else clean[:59] + "…"
