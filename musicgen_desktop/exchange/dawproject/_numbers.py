"""Our numbers as the format writes them: beats, seconds, linear gain, and places between 0 and 1."""

import math

from musicgen_desktop.document import SILENT_DB
from musicgen_desktop.timing import PPQ

_LOWEST_DB = -144.0
_DIGITS = 9  # of decibels and places: a factor and its logarithm undo each other to more than that


def number(value: float) -> str:
    """A number with all its digits, whole ones without a point."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def beats(ticks: float) -> str:
    """Ticks in quarter notes."""
    return number(ticks / PPQ)


def gain_of(gain_db: float) -> float:
    """Linear gain; 0 where we hear nothing."""
    return 0.0 if gain_db <= SILENT_DB else 10.0 ** (gain_db / 20.0)


def db_of(gain: float) -> float:
    """Decibels of a linear gain, −144 for silence; the inverse of `gain_of` to nine digits."""
    return _LOWEST_DB if gain <= 0.0 else max(_LOWEST_DB, round(20.0 * math.log10(gain), _DIGITS))


def normalized_pan(pan: float) -> float:
    """0 is left, 1 is right."""
    return (pan + 1.0) / 2.0


def pan_of(normalized: float) -> float:
    """The inverse of `normalized_pan`, to nine digits."""
    return round(2.0 * normalized - 1.0, _DIGITS)
