"""Decibels, pan and balance."""

import math


def db_to_gain(db: float) -> float:
    """The linear gain of a level in dB; −inf gives 0."""
    return float(10.0 ** (db / 20.0))


def gain_to_db(gain: float) -> float:
    """The level in dB of a linear gain (its sign does not matter); 0 gives −inf."""
    return 20.0 * math.log10(abs(gain)) if gain else -math.inf


def pan_gains(pan: float) -> tuple[float, float]:
    """Gains that place a mono source: equal power, −3 dB each in the centre.

    Args:
        pan: −1 (left) … 1 (right); what lies outside is held at the edge.

    Returns:
        (left, right), with left² + right² = 1.
    """
    place = _held(pan)
    # The ends are exact: cos(π/2) is not quite 0 in floating point.
    if place <= -1.0:
        return 1.0, 0.0
    if place >= 1.0:
        return 0.0, 1.0
    angle = (place + 1.0) * math.pi / 4.0
    return math.cos(angle), math.sin(angle)


def balance_gains(pan: float) -> tuple[float, float]:
    """Gains that balance a stereo source: unity in the centre, the far side falls linearly to silence.

    Args:
        pan: −1 (left only) … 1 (right only); what lies outside is held at the edge.

    Returns:
        (left, right), the nearer of them always 1.
    """
    place = _held(pan)
    return min(1.0, 1.0 - place), min(1.0, 1.0 + place)


def _held(pan: float) -> float:
    if math.isnan(pan):
        raise ValueError("Pan is not a number.")
    return max(-1.0, min(1.0, pan))
