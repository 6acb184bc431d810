"""Automation as Ardour's lists of places and values, straight in time between them."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from musicgen_desktop.document import Automation, AutomationPoint, Track
from musicgen_desktop.timing import PPQ, TempoMap

from ._xml import Ids, add, at_seconds, gain, text

_GAIN_STEP_DB = 1.0
"""A straight line of factors over this many dB is nowhere further than 0.01 dB from one of dB."""
_SILENT_ENOUGH_DB = -96.0
_MOST_PIECES = 1_000

Place = tuple[float, float]
"""(tick, value)"""


def curves_of(track: Track) -> dict[str, Automation]:
    """The curves that move something, by what they move."""
    return {curve.target: curve for curve in track.automation if curve.enabled and curve.points}


def add_list(
    into: ET.Element, ids: Ids, what: str, places: Iterable[tuple[str, float]], *, stepped: bool = False
) -> None:
    """Add a list of (place, value) that plays."""
    events = "\n".join(f"{place} {text(float(value))}" for place, value in places)
    each = add(
        into,
        "AutomationList",
        automation_id=what,
        id=ids.new(),
        interpolation_style="Discrete" if stepped else "Linear",
        time_domain="AudioTime",
        state="Play",
    )
    add(each, "events").text = f"{events}\n"


def gain_events(curve: Automation, tempo: TempoMap, factor: float = 1.0) -> Iterator[tuple[str, float]]:
    """A curve of dB as factors, multiplied by another one."""

    def pieces(left: float, right: float) -> int:
        low, high = sorted((max(left, _SILENT_ENOUGH_DB), max(right, _SILENT_ENOUGH_DB)))
        return math.ceil((high - low) / _GAIN_STEP_DB)

    return _events(_places(curve.points, tempo, pieces), tempo, lambda level_db: gain(level_db) * factor)


def pan_events(curve: Automation, tempo: TempoMap) -> Iterator[tuple[str, float]]:
    """A curve of pan from 0 (left) to 1 (right)."""
    return _events(_places(curve.points, tempo, lambda _left, _right: 1), tempo, azimuth)


def mute_events(curve: Automation, tempo: TempoMap) -> Iterator[tuple[str, float]]:
    """1 where the track is silent."""
    return _events(_mute_places(curve.points), tempo, lambda value: 1.0 if value >= 0.5 else 0.0)


def azimuth(pan: float) -> float:
    """Our −1 … 1 as Ardour's 0 … 1."""
    return (max(-1.0, min(1.0, pan)) + 1.0) / 2.0


def _events(
    places: Iterable[Place], tempo: TempoMap, written: Callable[[float], float]
) -> Iterator[tuple[str, float]]:
    last = ""
    for tick, value in places:
        place = at_seconds(tempo.seconds_at(tick))
        if place == last:  # Ardour keeps one value a place: a jump takes the next tick of its clock
            place = f"a{int(place[1:]) + 1}"
        last = place
        yield place, written(value)


def _places(
    points: tuple[AutomationPoint, ...], tempo: TempoMap, pieces: Callable[[float, float], int]
) -> Iterator[Place]:
    """The curve's points, and between them those that keep straight lines in ticks where they are."""
    for left, right in pairwise(points):
        yield left.tick, left.value
        if left.tick == right.tick or left.value == right.value:
            continue
        if left.curve == "hold":
            # Up to where it jumps: Ardour draws a line from each point to the next.
            yield right.tick - 1e-3, left.value
            continue
        count = max(1, pieces(left.value, right.value), _pieces_of_ramps(left.tick, right.tick, tempo))
        span = right.tick - left.tick
        inner = {left.tick + span * step / count for step in range(1, count)}
        inner |= {point.tick for point in tempo.points if left.tick < point.tick < right.tick}
        for tick in sorted(inner):
            yield tick, left.value + (tick - left.tick) / span * (right.value - left.value)
    if points:
        yield points[-1].tick, points[-1].value


def _pieces_of_ramps(start: int, end: int, tempo: TempoMap) -> int:
    """A line in ticks is none in seconds while the tempo moves: a piece for each beat then."""
    moving = any(
        point.ramp and point.tick < end and after.tick > start for point, after in pairwise(tempo.points)
    )
    return min(_MOST_PIECES, math.ceil((end - start) / PPQ)) if moving else 1


def _mute_places(points: tuple[AutomationPoint, ...]) -> Iterator[Place]:
    """The points, and the places where a line from one to the next passes the half."""
    for left, right in pairwise(points):
        yield left.tick, left.value
        if left.curve == "linear" and (left.value >= 0.5) != (right.value >= 0.5):
            share = (0.5 - left.value) / (right.value - left.value)
            yield left.tick + share * (right.tick - left.tick), right.value
    if points:
        yield points[-1].tick, points[-1].value
