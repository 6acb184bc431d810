"""How a parameter of an effect lies on its knob."""

import math

from ._effects import EffectParameter

_OFF_SHARE = 0.04
"""So much of a knob's way is “off”, where a logarithmic parameter begins at 0."""
_HZ_FLOOR = 20.0


def is_off_at_top(parameter: EffectParameter) -> bool:
    """A high cut that is off lets everything through: its knob is then at the upper end."""
    return has_off(parameter) and parameter.id.startswith("high_cut")


def has_off(parameter: EffectParameter) -> bool:
    """Whether 0 switches it off."""
    return parameter.scale == "logarithmic" and parameter.low == 0.0


def share_of(parameter: EffectParameter, value: float) -> float:
    """Where a value lies on the knob: 0 is the left end, 1 the right one."""
    value = min(parameter.high, max(parameter.low, value))
    if parameter.scale != "logarithmic":
        return (value - parameter.low) / (parameter.high - parameter.low)
    if not has_off(parameter):
        return math.log(value / parameter.low) / math.log(parameter.high / parameter.low)
    at_top = is_off_at_top(parameter)
    if value <= 0.0:
        return 1.0 if at_top else 0.0
    floor = _floor(parameter)
    way = max(0.0, math.log(max(value, floor) / floor) / math.log(parameter.high / floor))
    return way * (1.0 - _OFF_SHARE) + (0.0 if at_top else _OFF_SHARE)


def value_at(parameter: EffectParameter, share: float) -> float:
    """The inverse of `share_of`."""
    share = min(1.0, max(0.0, share))
    if parameter.scale != "logarithmic":
        return parameter.low + share * (parameter.high - parameter.low)
    if not has_off(parameter):
        return float(parameter.low * (parameter.high / parameter.low) ** share)
    if is_off_at_top(parameter):
        if share > 1.0 - _OFF_SHARE:
            return 0.0
    elif share < _OFF_SHARE:
        return 0.0
    else:
        share -= _OFF_SHARE
    floor = _floor(parameter)
    return min(parameter.high, float(floor * (parameter.high / floor) ** (share / (1.0 - _OFF_SHARE))))


def rounded(parameter: EffectParameter, value: float) -> float:
    """A value as fine as it is written, so that what is shown is what is stored."""
    if parameter.unit == "%":
        return round(value, 3)
    if parameter.unit in ("bits", "") and parameter.scale == "choice":
        return float(round(value))
    held = round(value, 4 if parameter.unit == "beats" else 1 if abs(value) >= 10.0 else 2)
    return min(parameter.high, max(parameter.low, held))


def _floor(parameter: EffectParameter) -> float:
    return _HZ_FLOOR if parameter.unit == "Hz" else parameter.high / 1000.0
