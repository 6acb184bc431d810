"""Automation, tempo and meter as lines of points."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from musicgen_desktop.document import Automation, AutomationPoint, Project, Track

from ._numbers import beats, gain_of, normalized_pan, number
from ._remarks import Remarks
from ._write_ids import Ids
from ._write_structure import folded_trim_db

TEMPO, METER = "tempo", "meter"

_STEP_DB = 1.0
"""Our slopes run straight in dB, the format's in linear gain: between points this far apart the two differ by
less than 0.02 dB."""
_FLOOR_DB = -72.0  # below, one step is enough: nobody hears its shape


def tempo_points(project: Project) -> Element | None:
    """The tempo of a song that has more than one."""
    points = project.tempo_map.points
    if len(points) == 1:
        return None
    element = Element("TempoAutomation", timeUnit="beats", unit="bpm", id="tempo-points")
    SubElement(element, "Target", parameter=TEMPO)
    for point in points:
        _add_real(element, point.tick, point.bpm, linear=point.ramp)
    return element


def meter_points(project: Project) -> Element | None:
    """The meters of a song that has more than one."""
    changes = project.meter_map.changes
    if len(changes) == 1:
        return None
    element = Element("TimeSignatureAutomation", timeUnit="beats", id="meter-points")
    SubElement(element, "Target", parameter=METER)
    for change in changes:
        SubElement(
            element,
            "TimeSignaturePoint",
            time=beats(project.meter_map.tick_of_bar(change.bar)),
            numerator=str(change.meter.numerator),
            denominator=str(change.meter.denominator),
        )
    return element


def curves_of(track: Track, ids: Ids, remarks: Remarks) -> Iterator[Element]:
    """Everything that moves in a strip, by itself."""
    for curve in track.automation:
        parameter = ids.moved_by(track.id, curve.target)
        if not curve.enabled:
            remarks.add("Automation that is switched off stays behind on", track.name)
        elif parameter is not None and curve.points:
            yield _curve(curve, parameter, trim_db=folded_trim_db(track))


def _curve(curve: Automation, parameter: str, *, trim_db: float) -> Element:
    element = Element("Points", id=f"{parameter}-points", timeUnit="beats")
    SubElement(element, "Target", parameter=parameter)
    if curve.target == "muted":
        for point in curve.points:
            SubElement(
                element,
                "BoolPoint",
                time=beats(point.tick),
                value="true" if point.value >= 0.5 else "false",
            )
        return element
    if curve.target.endswith("gain_db") and not curve.target.startswith("insert:"):
        element.set("unit", "linear")
        added_db = trim_db if curve.target == "gain_db" else 0.0
        for tick, gain_db, linear in _in_steps(curve.points):
            _add_real(element, tick, gain_of(gain_db + added_db), linear=linear)
        return element
    is_pan = curve.target == "pan"
    element.set("unit", "normalized" if is_pan else "linear")
    for point in curve.points:
        value = normalized_pan(point.value) if is_pan else point.value
        _add_real(element, point.tick, value, linear=point.curve == "linear")
    return element


def _in_steps(points: Sequence[AutomationPoint]) -> Iterator[tuple[float, float, bool]]:
    """(tick, dB, whether a slope follows), with more points on slopes in dB."""
    for point, after in pairwise(points):
        yield point.tick, point.value, point.curve == "linear"
        start, end = max(_FLOOR_DB, point.value), max(_FLOOR_DB, after.value)
        if point.curve == "hold" or after.tick == point.tick or abs(end - start) <= _STEP_DB:
            continue
        steps = math.ceil(abs(end - start) / _STEP_DB)
        for step in range(steps + 1):
            value = start + (end - start) * step / steps
            share = (value - point.value) / (after.value - point.value)
            if 0.0 < share < 1.0:
                yield point.tick + share * (after.tick - point.tick), value, True
    last = points[-1]
    yield last.tick, last.value, last.curve == "linear"


def _add_real(element: Element, tick: float, value: float, *, linear: bool) -> None:
    SubElement(
        element,
        "RealPoint",
        time=beats(tick),
        value=number(value),
        interpolation="linear" if linear else "hold",
    )
