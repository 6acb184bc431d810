"""Automation in ticks becomes curves in frames."""

import numpy as np

from musicgen_desktop.document import Automation
from musicgen_desktop.playback.mixer import Curve
from musicgen_desktop.timing import PPQ, TempoMap

_STEP = PPQ // 4
_MOST_STEPS = 4096


def plan_curve(automation: Automation, tempo: TempoMap, rate: int) -> Curve | None:
    """The automation as a curve; None when it is switched off or empty.

    Straight in ticks is not straight in frames where the tempo changes: extra points lie at each change of
    tempo, and every sixteenth inside a ramp.
    """
    if not automation.enabled or not automation.points:
        return None
    ticks: list[float] = []
    values: list[float] = []
    held: list[bool] = []
    for index, point in enumerate(automation.points):
        after = automation.points[index + 1] if index + 1 < len(automation.points) else None
        is_held = after is None or point.curve == "hold"
        ticks.append(point.tick)
        values.append(point.value)
        held.append(is_held)
        if after is None or is_held or after.value == point.value:
            continue
        for tick in _between(point.tick, after.tick, tempo):
            ticks.append(tick)
            values.append(
                point.value + (after.value - point.value) * (tick - point.tick) / (after.tick - point.tick)
            )
            held.append(False)
    frames = tempo.frames_at(np.array(ticks, np.float64), rate).tolist()
    return Curve(tuple(frames), tuple(values), tuple(held))


def _between(start: int, end: int, tempo: TempoMap) -> list[int]:
    """Ticks strictly between two points at which the tempo bends."""
    found = {point.tick for point in tempo.points if start < point.tick < end}
    for index, point in enumerate(tempo.points):
        if not point.ramp or index + 1 == len(tempo.points):
            continue
        low, high = max(start, point.tick), min(end, tempo.points[index + 1].tick)
        if low < high:
            step = max(_STEP, -(-(high - low) // _MOST_STEPS))
            found.update(range(low + step, high, step))
    return sorted(found)
