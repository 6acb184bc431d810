"""Where a level stands on a fader, and how levels are written and read."""

import re

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.document import SILENT_DB
from musicgen_desktop.session.fader_law import (
    BOTTOM_DB,
    DB_PER_DECADE,
    SHUT_DB,
    TOP_DB,
    gain_at,
    held,
    position_of,
)

__all__ = [
    "BOTTOM_DB",
    "SCALE_DB",
    "SHUT_DB",
    "TOP_DB",
    "gain_at",
    "held",
    "position_of",
    "positions_of",
    "read_db",
    "stepped",
    "text_of_db",
]

SCALE_DB = (6, 0, -6, -12, -18, -24, -36, -48)
"""The lines of the scale beside a fader."""

_INFINITE = re.compile(r"[-−]\s*(inf(inity)?|∞|oo)", re.IGNORECASE)


def positions_of(levels_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """`position_of` for many levels."""
    way: NDArray[np.float64] = 10.0 ** ((np.minimum(levels_db, TOP_DB) - TOP_DB) / DB_PER_DECADE)
    return np.where(levels_db <= BOTTOM_DB, 0.0, way)


def stepped(gain_db: float, by_db: float) -> float:
    """A level some dB higher or lower, on the grid of tenths, within the fader."""
    if gain_db <= BOTTOM_DB:
        return BOTTOM_DB if by_db > 0.0 else SHUT_DB
    return held(round(gain_db + by_db, 1))


def text_of_db(gain_db: float, *, unit: bool = True) -> str:
    """“−6.0 dB”, “+2.5 dB”, “0.0 dB”, “−∞”.

    >>> text_of_db(-6.04), text_of_db(3.0, unit=False), text_of_db(-0.01), text_of_db(-144.0)
    ('−6.0 dB', '+3.0', '0.0 dB', '−∞')
    """
    if gain_db <= SILENT_DB:
        return "−∞"
    tenths = round(gain_db * 10.0)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{abs(tenths) / 10.0:.1f}{' dB' if unit else ''}"


def read_db(text: str) -> float:
    """A level as a person types it: “-6”, “+1,5 dB”, “-inf”.

    Raises:
        ValueError: when it is no level.
    """
    shown = text.strip()
    if _INFINITE.fullmatch(shown):
        return SHUT_DB
    shown = re.sub(r"\s*db$", "", shown, flags=re.IGNORECASE)
    return held(_number(shown))


def _number(text: str) -> float:
    number = float(text.strip().replace("−", "-").replace(",", ".").replace(" ", ""))
    if not np.isfinite(number):
        raise ValueError(text)
    return number
