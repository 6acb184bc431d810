"""Linear levels in decibels."""

import math


def decibels(level: float) -> float:
    """20 log10 of a linear level; −inf for silence."""
    return 20.0 * math.log10(level) if level > 0.0 else -math.inf
