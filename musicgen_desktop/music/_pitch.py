"""Pitches and their names. A pitch is a MIDI number, 0 … 127; middle C is 60 and is written C4."""

import re
from typing import Protocol

from musicgen_desktop.foundation import UserInputError

PitchClass = int
"""0 … 11; C is 0."""

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
BLACK_KEYS = frozenset({1, 3, 6, 8, 10})
SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

_WRITTEN = re.compile(r"\s*([A-Ga-g])([#b♯♭]?)(-?[0-9]{1,2})\s*", re.ASCII)


class SpelledKey(Protocol):
    """What a name needs to know of a key."""

    @property
    def prefer_flats(self) -> bool:
        """Whether black keys are written with flats."""
        ...


def pitch_class_name(pitch_class: PitchClass, *, prefer_flats: bool = False) -> str:
    """The name of a pitch class.

    >>> pitch_class_name(10), pitch_class_name(10, prefer_flats=True)
    ('A#', 'Bb')
    """
    return (FLAT_NAMES if prefer_flats else SHARP_NAMES)[pitch_class % 12]


def pitch_name(midi: int, key: SpelledKey | None = None, *, octave: bool = True) -> str:
    """The name of a pitch, with flats where the key is written with flats.

    >>> pitch_name(60), pitch_name(54), pitch_name(54, octave=False)
    ('C4', 'F#3', 'F#')
    """
    name = pitch_class_name(midi, prefer_flats=key is not None and key.prefer_flats)
    return f"{name}{midi // 12 - 1}" if octave else name


def parse_pitch(text: str) -> int:
    """Read “C#3” as a MIDI number.

    >>> parse_pitch("C4"), parse_pitch("Bb-1"), parse_pitch("Cb4")
    (60, 10, 59)

    Raises:
        UserInputError: when it is no pitch, or lies outside C-1 … G9.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise UserInputError("A pitch is written as letter and octave, like C4, F#3 or Bb2.")
    pitch = LETTERS[match[1].upper()] + ACCIDENTALS[match[2]] + 12 * (int(match[3]) + 1)
    if not 0 <= pitch <= 127:
        raise UserInputError(f"The pitch {text.strip()} is out of reach: pitches go from C-1 to G9.")
    return pitch


def quoted(text: str, *, most: int = 24) -> str:
    """What the user typed, safe and short enough to stand inside a sentence."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text.strip()[: most + 1])
    return f"“{shown[:most]}…”" if len(shown) > most else f"“{shown}”"
