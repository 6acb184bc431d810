"""Where a level stands on a fader, and how levels are written and read."""

import re

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.document import SILENT_DB

TOP_DB = 6.0
"""The upper end of every fader."""
BOTTOM_DB = -72.0
"""The lowest level a hand can set; below it the fader is shut."""
SHUT_DB = -144.0
"""What a shut fader is stored as."""
SCALE_DB = (6, 0, -6, -12, -18, -24, -36, -48)
"""The lines of the scale beside a fader."""

# The gain is a power of the way: 0 dB lies at three quarters of it, so that the levels that are mixed
# with, +6 to −20 dB, have most of the way, and every fader and meter of a row shares one scale.
_DB_PER_DECADE = TOP_DB / -np.log10(0.75)
_INFINITE = re.compile(r"[-−]\s*(inf(inity)?|∞|oo)", re.IGNORECASE)


def position_of(gain_db: float) -> float:
    """How high a level stands: 0 is the lower end (silence), 0.75 is 0 dB, 1 is +6 dB and more."""
    if gain_db <= BOTTOM_DB:
        return 0.0
    return float(10.0 ** ((min(gain_db, TOP_DB) - TOP_DB) / _DB_PER_DECADE))


def positions_of(levels_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """`position_of` for many levels."""
    way: NDArray[np.float64] = 10.0 ** ((np.minimum(levels_db, TOP_DB) - TOP_DB) / _DB_PER_DECADE)
    return np.where(levels_db <= BOTTOM_DB, 0.0, way)


def gain_at(position: float) -> float:
    """The level at a height, in dB; `SHUT_DB` at the lower end. Inverse of `position_of`."""
    if position <= 0.0:
        return SHUT_DB
    gain_db = TOP_DB + _DB_PER_DECADE * float(np.log10(min(1.0, position)))
    return SHUT_DB if gain_db < BOTTOM_DB else gain_db


def stepped(gain_db: float, by_db: float) -> float:
    """A level some dB higher or lower, on the grid of tenths, within the fader."""
    if gain_db <= BOTTOM_DB:
        return BOTTOM_DB if by_db > 0.0 else SHUT_DB
    return held(round(gain_db + by_db, 1))


def held(gain_db: float) -> float:
    """A level inside the fader's range."""
    return SHUT_DB if gain_db < BOTTOM_DB else min(TOP_DB, gain_db)


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
