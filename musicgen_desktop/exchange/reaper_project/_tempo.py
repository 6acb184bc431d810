"""Tempo and meter as points of REAPER's tempo envelope."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from musicgen_desktop.document import Project
from musicgen_desktop.timing import PPQ, Meter, TempoMap

from ._text import Block, guid

_ERROR_S = 4e-6
"""How late or early a piece of a ramp may end before it is set right: a fifth of a frame at 48 kHz."""

_LINEAR, _SQUARE = 0, 1


class Point(NamedTuple):
    """From here on: a tempo held, or moving in a straight line *in seconds* to the next point's."""

    seconds: float
    bpm: float
    moves: bool
    meter: Meter | None


def write_tempo(into: Block, project: Project) -> None:
    """Add the envelope."""
    envelope = into.block("TEMPOENVEX")
    envelope.line("EGUID", guid(project, "tempo"))
    envelope.line("ACT", 1, -1)
    envelope.line("VIS", 1, 0, 1)
    envelope.line("LANEHEIGHT", 0, 0)
    envelope.line("ARM", 0)
    envelope.line("DEFSHAPE", _SQUARE, -1, -1)
    for point in tempo_points(project):
        shape = _LINEAR if point.moves else _SQUARE
        if point.meter is None:
            envelope.line("PT", point.seconds, point.bpm, shape)
        else:
            signature = point.meter.numerator | point.meter.denominator << 16
            envelope.line("PT", point.seconds, point.bpm, shape, signature, 0, 1)


def tempo_points(project: Project) -> Iterator[Point]:
    """The song's tempo and meter, in time.

    A ramp of ours is straight in ticks, so it bends in seconds, and REAPER's do not: it becomes as many
    straight pieces as keep every beat where it is. Where the ramp ends nothing is left of the difference.
    """
    tempo, meters = project.tempo_map, project.meter_map
    changes = {meters.tick_of_bar(change.bar): change.meter for change in meters.changes}
    ramps = {point.tick: point.ramp for point in tempo.points[:-1]}
    ticks = sorted({point.tick for point in tempo.points} | changes.keys())
    moves = False
    for tick, after in pairwise([*ticks, None]):
        assert tick is not None  # noqa: S101 - only the last is
        moves = ramps.get(tick, moves and tick < tempo.points[-1].tick)
        first, last = tempo.bpm_at(tick), tempo.bpm_at(tick if after is None else after)
        if after is None or not moves or first == last:
            yield Point(tempo.seconds_at(tick), first, moves=False, meter=changes.get(tick))
        else:
            yield from _ramp(tempo, tick, after, changes.get(tick))


def _ramp(tempo: TempoMap, tick: int, after: int, meter: Meter | None) -> Iterator[Point]:
    """The points of a ramp, without its last one."""
    start, length = tempo.seconds_at(tick), tempo.seconds_between(tick, after)
    first, last = tempo.bpm_at(tick), tempo.bpm_at(after)
    growth = math.log(last / first)
    # In seconds the tempo is an exponential. A chord over a piece of it is off by length · growth² / 12.
    pieces = max(2, math.ceil((length * growth * growth / (12.0 * _ERROR_S)) ** (1 / 3)))
    inner = [first * math.exp(growth * step / pieces) for step in range(1, pieces)]
    beats = (after - tick) / PPQ
    # The pieces' areas are the beats passed. All inner points give way a little, so that the sum is exact.
    share = (120.0 * beats * pieces / length - first - last) / (2.0 * sum(inner))
    yield Point(start, first, moves=True, meter=meter)
    for step, bpm in enumerate(inner, start=1):
        yield Point(start + length * step / pieces, bpm * share, moves=True, meter=None)
