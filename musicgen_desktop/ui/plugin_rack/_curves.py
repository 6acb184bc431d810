"""What an equalizer and a compressor do, as curves."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]

_RATE = 48_000
_SHELF_Q = math.sqrt(0.5)
_CUT_IS_ON_HZ, _CUT_IS_OFF_HZ = 10.0, 20_000.0
# Each cut is two first-order stages; they are 3 dB down together at the place that is set.
_STAGE = math.sqrt(10.0**0.15 - 1.0)


def equalizer_db(values: Mapping[str, float], hz: Curve, rate: int = _RATE) -> Curve:
    """The gain of the equalizer at frequencies, in dB.

    Args:
        values: every parameter of the effect “equalizer”.
        hz: frequencies below half the rate.
        rate: frames per second.

    Source: the filters of R. Bristow-Johnson's “Audio EQ Cookbook”; the cuts are bilinear first-order stages.
    """
    turn = np.exp(-2j * np.pi * hz / rate)
    gain: NDArray[np.complex128] = np.ones_like(turn)
    for band in ("low_shelf", "peak1", "peak2", "peak3", "high_shelf"):
        if values[f"{band}_db"] != 0.0:
            gain = gain * _band(band, values, turn, rate)
    found: Curve = 20.0 * np.log10(np.maximum(np.abs(gain), 1e-9))
    low, high = values["low_cut_hz"], values["high_cut_hz"]
    if low >= _CUT_IS_ON_HZ:
        ratio = np.tan(np.pi * hz / rate) / math.tan(math.pi * low * _STAGE / rate)
        found = found + 20.0 * np.log10(ratio**2 / (1.0 + ratio**2))
    if _CUT_IS_ON_HZ <= high < _CUT_IS_OFF_HZ:
        corner = min(high / _STAGE, 0.49 * rate)
        ratio = np.tan(np.pi * hz / rate) / math.tan(math.pi * corner / rate)
        found = found - 20.0 * np.log10(1.0 + ratio**2)
    return found


def compressor_db(values: Mapping[str, float], level_db: Curve) -> Curve:
    """What comes out of the compressor for steady levels that go in, both in dBFS.

    Args:
        values: every parameter of the effect “compressor”.
        level_db: what goes in.
    """
    over = np.maximum(0.0, level_db - values["threshold_db"])
    gain_db = values["makeup_db"] - over * (1.0 - 1.0 / values["ratio"])
    wet = values["wet"]
    mixed = wet * 10.0 ** (gain_db / 20.0) + (1.0 - wet)
    found: Curve = level_db + 20.0 * np.log10(np.maximum(mixed, 1e-6))
    return found


def _band(
    band: str, values: Mapping[str, float], turn: NDArray[np.complex128], rate: int
) -> NDArray[np.complex128]:
    """The complex gain of a shelf or a peak; `turn` is e to the −iω."""
    angle = 2.0 * math.pi * min(values[f"{band}_hz"], 0.49 * rate) / rate
    amount = 10.0 ** (values[f"{band}_db"] / 40.0)
    cos, alpha = math.cos(angle), math.sin(angle) / (2.0 * values.get(f"{band}_q", _SHELF_Q))
    if band.startswith("peak"):
        above = (1.0 + alpha * amount, -2.0 * cos, 1.0 - alpha * amount)
        below = (1.0 + alpha / amount, -2.0 * cos, 1.0 - alpha / amount)
    else:
        side = 1.0 if band == "low_shelf" else -1.0
        more, less = amount + 1.0, amount - 1.0
        root = 2.0 * math.sqrt(amount) * alpha
        above = (
            amount * (more - side * less * cos + root),
            side * 2.0 * amount * (less - side * more * cos),
            amount * (more - side * less * cos - root),
        )
        below = (
            more + side * less * cos + root,
            -side * 2.0 * (less + side * more * cos),
            more + side * less * cos - root,
        )
    top = above[0] + above[1] * turn + above[2] * turn**2
    bottom = below[0] + below[1] * turn + below[2] * turn**2
    return np.asarray(top / bottom, np.complex128)
