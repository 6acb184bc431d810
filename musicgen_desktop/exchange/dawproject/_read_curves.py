"""Lines of points → automation of ours."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from musicgen_desktop.document import Automation, AutomationPoint
from musicgen_desktop.foundation import new_id

from ._numbers import db_of
from ._read_structure import Moved, pan_in
from ._read_values import BadNumberError, Reading, Ruler, real, tick_of, truth
from ._seen import mark_left_out

_STEP_DB = 1.5
_MOST_STEPS = 48
_MOST_POINTS = 100_000
_MOST_SLOPES = 10_000  # with points between them; nobody hears more
_LOUDEST_DB = 24.0
_FLOOR = 10.0 ** (-72.0 / 20.0)


class _Point(NamedTuple):
    tick: int
    value: float
    linear: bool


def read_curve(element: Element, moved: Moved, ruler: Ruler, reading: Reading) -> None:
    """Give a strip what moves one of its parameters.

    Args:
        element: Points, whose target is that parameter.
        moved: the parameter.
        ruler: of the points' times.
        reading: told what cannot be read.
    """
    strip, target, own_unit = moved
    if any(curve.target == target for curve in strip.automation):
        reading.remarks.add("Of two curves for one parameter the first was kept", strip.name)
        mark_left_out(element)
        return
    points = sorted(_points(element, ruler, reading, strip.name), key=lambda point: point.tick)
    if len(points) > _MOST_POINTS:
        reading.remarks.add(f"Of a curve the first {_MOST_POINTS:,} points were kept", strip.name)
        points = points[:_MOST_POINTS]
    if not points:
        return
    unit = element.get("unit", own_unit)
    if target == "muted":
        told = [AutomationPoint(tick, 1.0 if value >= 0.5 else 0.0, "hold") for tick, value, _ in points]
    elif target == "pan":
        told = [_point(tick, pan_in(value, unit), linear=linear) for tick, value, linear in points]
    elif target.startswith("insert:"):
        told = [_point(tick, value, linear=linear) for tick, value, linear in points]
    elif unit == "decibel":
        told = [_point(tick, _held_db(value), linear=linear) for tick, value, linear in points]
    else:
        told = [*_in_db(points)]
    strip.automation.append(Automation(new_id("curve"), target, tuple(told)))


def _points(element: Element, ruler: Ruler, reading: Reading, name: str) -> Iterator[_Point]:
    for point in element:
        if point.tag not in ("RealPoint", "BoolPoint", "IntegerPoint", "EnumPoint"):
            continue
        try:
            tick = max(0, tick_of(ruler.tick(real(point, "time"))))
            if point.tag == "RealPoint":
                yield _Point(tick, real(point, "value"), point.get("interpolation", "linear") == "linear")
            elif point.tag == "BoolPoint":
                yield _Point(tick, 1.0 if truth(point, "value") else 0.0, linear=False)
            else:
                yield _Point(tick, real(point, "value"), linear=False)
        except BadNumberError:
            reading.remarks.add("A point of a curve cannot be read and was left out", name)
            mark_left_out(point)


def _point(tick: int, value: float, *, linear: bool) -> AutomationPoint:
    curve: Literal["hold", "linear"] = "linear" if linear else "hold"
    return AutomationPoint(tick, value, curve)


def _in_db(points: list[_Point]) -> Iterator[AutomationPoint]:
    """Slopes of linear gain, with points between where ours, straight in dB, would sound otherwise."""
    for point, after in pairwise(points):
        yield _point(point.tick, _held_db(db_of(point.value)), linear=point.linear)
        low, high = sorted((max(_FLOOR, point.value), max(_FLOOR, after.value)))
        steps = min(_MOST_STEPS, math.ceil(20.0 * math.log10(high / low) / _STEP_DB))
        if not point.linear or after.tick - point.tick <= steps or len(points) > _MOST_SLOPES:
            continue
        start, end = max(_FLOOR, point.value), max(_FLOOR, after.value)
        for step in range(1, steps):
            value = start * (end / start) ** (step / steps)
            share = (value - point.value) / (after.value - point.value)
            tick = point.tick + round(share * (after.tick - point.tick))
            yield _point(tick, _held_db(db_of(value)), linear=True)
    last = points[-1]
    yield _point(last.tick, _held_db(db_of(last.value)), linear=last.linear)


def _held_db(value: float) -> float:
    return min(_LOUDEST_DB, max(-144.0, value))
