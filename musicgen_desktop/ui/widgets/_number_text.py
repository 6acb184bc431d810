"""Numbers as the window writes them, and as people type them."""

import math
import re

_NUMBER = re.compile(r"[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_SILENT_DB = -120.0


def plain(value: float, digits: int = 1) -> str:
    """A number with a true minus; never “−0.0”.

    >>> plain(-6.04), plain(-0.01), plain(3.0, 0)
    ('−6.0', '0.0', '3')
    """
    text = f"{value:.{digits}f}"
    if float(text) == 0.0:
        text = text.removeprefix("-")
    return text.replace("-", "−")


def signed(value: float, digits: int = 1) -> str:
    """As `plain`, with a plus where there is more than nothing.

    >>> signed(2.5), signed(-2.5), signed(0.0)
    ('+2.5', '−2.5', '0.0')
    """
    text = plain(value, digits)
    return f"+{text}" if float(f"{value:.{digits}f}") > 0.0 else text


def decibels(value: float, unit: str = "dB") -> str:
    """A level or a gain; what is silent is −∞.

    >>> decibels(-6.0), decibels(1.5), decibels(-144.0), decibels(-14.0, "LUFS")
    ('−6.0 dB', '+1.5 dB', '−∞ dB', '−14.0 LUFS')
    """
    if not math.isfinite(value) or value <= _SILENT_DB:
        return f"−∞ {unit}"
    return f"{signed(value)} {unit}"


def typed_number(text: str) -> float:
    """The number that a text begins with, whatever unit stands behind it.

    >>> typed_number("−6,5 dB"), typed_number("+3")
    (-6.5, 3.0)

    Raises:
        ValueError: when there is none.
    """
    if "∞" in text or text.strip().lower().lstrip("-−").startswith("inf"):
        return -math.inf
    found = _NUMBER.match(text.strip())
    if found is None:
        raise ValueError(f"no number in {text!r}")
    return float(found[0].replace(",", ".").replace("−", "-"))


def typed_decibels(text: str) -> float:
    """As `typed_number`; −∞ is the lowest gain that a project stores.

    >>> typed_decibels("−∞ dB"), typed_decibels("-3")
    (-144.0, -3.0)
    """
    return max(-144.0, typed_number(text))


def pan_text(pan: float) -> str:
    """Where between left (−1) and right (1).

    >>> pan_text(0.0), pan_text(-0.5), pan_text(1.0)
    ('C', '50 L', '100 R')
    """
    share = round(abs(pan) * 100.0)
    if share == 0:
        return "C"
    return f"{share} {'L' if pan < 0.0 else 'R'}"


def typed_pan(text: str) -> float:
    """The inverse of `pan_text`; “-30” is left, “30” right.

    >>> typed_pan("30 L"), typed_pan("c"), typed_pan("-25")
    (-0.3, 0.0, -0.25)

    Raises:
        ValueError: when it says no place.
    """
    word = text.strip().upper()
    if word in ("C", "CENTRE", "CENTER"):
        return 0.0
    if word[:1] in ("L", "R"):
        word = f"{word[1:].strip()} {word[0]}"
    share = typed_number(word) / 100.0
    return -abs(share) if word.endswith("L") else share
