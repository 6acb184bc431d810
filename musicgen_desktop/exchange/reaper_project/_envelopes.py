"""Automation as envelopes of a track or a send."""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from musicgen_desktop.document import Automation, AutomationPoint
from musicgen_desktop.timing import PPQ, TempoMap

from ._text import Block, gain

_LINEAR, _SQUARE = 0, 1
_GAIN_STEP_DB = 1.5
"""A straight line of factors over this many dB is nowhere further than 0.02 dB from one of dB."""
_SILENT_ENOUGH_DB = -96.0
_MOST_PIECES = 1_000


class _Place(NamedTuple):
    """From here on: a value held, or moving straight to the next one's."""

    tick: float
    value: float
    moves: bool


def write_gain(into: Block, tag: str, guid: str, curve: Automation, tempo: TempoMap, trim_db: float) -> None:
    """Add an envelope of factors; the fader beside it stands at 0 dB, since REAPER multiplies the two."""
    trim = gain(trim_db)
    places = _gain_places(curve.points, tempo)
    _write(into, tag, guid, places, tempo, lambda value: gain(value) * trim)


def write_pan(into: Block, tag: str, guid: str, curve: Automation, tempo: TempoMap) -> None:
    """Add an envelope of places between right (−1) and left (1): REAPER's pan envelopes count that way."""
    places = _places(curve.points, tempo, lambda _left, _right: 1)
    _write(into, tag, guid, places, tempo, lambda value: -max(-1.0, min(1.0, value)))


def write_mute(into: Block, tag: str, guid: str, curve: Automation, tempo: TempoMap) -> None:
    """Add an envelope of 1 where the track is heard and 0 where it is not."""
    _write(into, tag, guid, _mute_places(curve.points), tempo, lambda value: 0.0 if value >= 0.5 else 1.0)


def _write(
    into: Block,
    tag: str,
    guid: str,
    places: Iterable[_Place],
    tempo: TempoMap,
    written: Callable[[float], float],
) -> None:
    envelope = into.block(tag)
    envelope.line("EGUID", guid)
    envelope.line("ACT", 1, -1)
    envelope.line("VIS", 1, 1, 1)
    envelope.line("LANEHEIGHT", 0, 0)
    envelope.line("ARM", 0)
    envelope.line("DEFSHAPE", _LINEAR, -1, -1)
    for tick, value, moves in places:
        envelope.line("PT", tempo.seconds_at(tick), written(value), _LINEAR if moves else _SQUARE)


def _gain_places(points: tuple[AutomationPoint, ...], tempo: TempoMap) -> Iterator[_Place]:
    def pieces(left: float, right: float) -> int:
        low, high = sorted((max(left, _SILENT_ENOUGH_DB), max(right, _SILENT_ENOUGH_DB)))
        return math.ceil((high - low) / _GAIN_STEP_DB)

    return _places(points, tempo, pieces)


def _places(
    points: tuple[AutomationPoint, ...], tempo: TempoMap, pieces: Callable[[float, float], int]
) -> Iterator[_Place]:
    """The curve's points, and between them those that keep straight lines in ticks where they are."""
    for left, right in pairwise(points):
        if left.curve == "hold" or left.value == right.value or left.tick == right.tick:
            yield _Place(left.tick, left.value, moves=False)
            continue
        count = max(1, pieces(left.value, right.value), _pieces_of_ramps(left.tick, right.tick, tempo))
        span = right.tick - left.tick
        inner = {left.tick + span * step / count for step in range(count)}
        inner |= {point.tick for point in tempo.points if left.tick < point.tick < right.tick}
        for tick in sorted(inner):
            share = (tick - left.tick) / span
            yield _Place(tick, left.value + share * (right.value - left.value), moves=True)
    if points:
        yield _Place(points[-1].tick, points[-1].value, moves=False)


def _pieces_of_ramps(start: int, end: int, tempo: TempoMap) -> int:
    """A line in ticks is none in seconds while the tempo moves: a piece for each beat then."""
    moving = any(
        point.ramp and point.tick < end and after.tick > start for point, after in pairwise(tempo.points)
    )
    return min(_MOST_PIECES, math.ceil((end - start) / PPQ)) if moving else 1


def _mute_places(points: tuple[AutomationPoint, ...]) -> Iterator[_Place]:
    """The points, and the places where a line from one to the next passes the half."""
    for left, right in pairwise(points):
        yield _Place(left.tick, left.value, moves=False)
        if left.curve == "linear" and (left.value >= 0.5) != (right.value >= 0.5):
            share = (0.5 - left.value) / (right.value - left.value)
            yield _Place(left.tick + share * (right.tick - left.tick), right.value, moves=False)
    if points:
        yield _Place(points[-1].tick, points[-1].value, moves=False)
