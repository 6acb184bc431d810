"""Where a level stands on a slider or in an automation lane."""

import math

TOP_DB, BOTTOM_DB, SHUT_DB = 6.0, -72.0, -144.0
"""The upper end, the lowest level a hand sets, and what a shut fader is stored as."""

# The gain is a power of the way, so that the levels one mixes with have most of it: 0 dB lies at three
# quarters.
_DB_PER_DECADE = TOP_DB / -math.log10(0.75)


def position_of(gain_db: float) -> float:
    """How far along a level stands: 0 is silence, 0.75 is 0 dB, 1 is +6 dB and more."""
    if gain_db <= BOTTOM_DB:
        return 0.0
    return float(10.0 ** ((min(gain_db, TOP_DB) - TOP_DB) / _DB_PER_DECADE))


def gain_at(position: float) -> float:
    """The inverse of `position_of`, in dB; `SHUT_DB` at 0 and below."""
    if position <= 0.0:
        return SHUT_DB
    gain_db = TOP_DB + _DB_PER_DECADE * math.log10(min(1.0, position))
    return SHUT_DB if gain_db < BOTTOM_DB else gain_db


def stepped(gain_db: float, by_db: float) -> float:
    """Louder or softer by a step, within the slider."""
    if gain_db <= BOTTOM_DB:
        return BOTTOM_DB if by_db > 0.0 else SHUT_DB
    to = round(gain_db + by_db, 1)
    return SHUT_DB if to < BOTTOM_DB else min(TOP_DB, to)
