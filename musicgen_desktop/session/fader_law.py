"""Where a level stands on a fader's way: for hands, and for the faders of a MIDI controller."""

import math

TOP_DB = 6.0
"""The upper end of every fader."""
BOTTOM_DB = -72.0
"""The lowest level a hand can set; below it the fader is shut."""
SHUT_DB = -144.0
"""What a shut fader is stored as."""

# The gain is a power of the way: 0 dB lies at three quarters of it, so that the levels that are mixed
# with, +6 to −20 dB, have most of the way, and every fader and meter of a row shares one scale.
DB_PER_DECADE = TOP_DB / -math.log10(0.75)


def position_of(gain_db: float) -> float:
    """How high a level stands: 0 is the lower end (silence), 0.75 is 0 dB, 1 is +6 dB and more."""
    if gain_db <= BOTTOM_DB:
        return 0.0
    return float(10.0 ** ((min(gain_db, TOP_DB) - TOP_DB) / DB_PER_DECADE))


def gain_at(position: float) -> float:
    """The level at a height, in dB; `SHUT_DB` at the lower end. Inverse of `position_of`."""
    if position <= 0.0:
        return SHUT_DB
    gain_db = TOP_DB + DB_PER_DECADE * math.log10(min(1.0, position))
    return SHUT_DB if gain_db < BOTTOM_DB else gain_db


def held(gain_db: float) -> float:
    """A level inside the fader's range."""
    return SHUT_DB if gain_db < BOTTOM_DB else min(TOP_DB, gain_db)
