"""Sound that followed the tempo → which seconds of it are to lie where, for a file of its own."""

from itertools import pairwise
from typing import NamedTuple

from musicgen_desktop.timing import PPQ, TempoMap

from ._read_sounds import Anchors, WarpMap
from ._read_spans import Span
from ._stretch import MOST_STRETCH

_HEARD_S = 0.005
_STRAIGHT_S = 0.001
_RAMP_STEPS = 32
_MOST_ANCHORS = 2_000


class Stretch(NamedTuple):
    """How a sound is heard in a span.

    Attributes:
        anchors: of what there is of the sound; none when nothing of it is heard.
        silence_s: before it begins.
        is_other: whether somewhere it is more than 5 ms from where it would be at its own speed.
        is_possible: whether it can be played so.
    """

    anchors: Anchors
    silence_s: float
    is_other: bool
    is_possible: bool


def stretch_of(span: Span, unit: str, warps: WarpMap, tempo: TempoMap, sound_s: float) -> Stretch:
    """How a sound is heard in a span of a clip.

    Args:
        span: of the song.
        unit: of the clip's content.
        warps: which second of the sound lies where in the content.
        tempo: of the song.
        sound_s: how long the sound is.
    """
    start_s = tempo.seconds_at(span.start)

    def content_at(tick: float) -> float:
        if unit == "seconds":
            return span.content + tempo.seconds_at(tick) - start_s
        return span.content + (tick - span.start) / PPQ

    def tick_of(content: float) -> float:
        if unit == "seconds":
            return tempo.tick_at(start_s + content - span.content)
        return span.start + (content - span.content) * PPQ

    ticks = {span.start, span.end}
    ticks.update(tick_of(time) for time in warps.times_between(span.content, content_at(span.end)))
    ticks.update(_tempo_ticks(span, tempo))
    told = [
        (tempo.seconds_at(tick) - start_s, warps.seconds_at(content_at(tick)))
        for tick in sorted(tick for tick in ticks if span.start <= tick <= span.end)
    ]
    bent_s = max(abs(second - told[0][1] - time) for time, second in told)
    is_other = bent_s > _HEARD_S
    cut = _cut(_straightened(told), sound_s)
    if not cut:
        return Stretch((), 0.0, is_other, is_possible=True)
    silence_s = cut[0][0]
    anchors = tuple((round(time - silence_s, 6), round(second, 6)) for time, second in cut)
    is_possible = len(anchors) <= _MOST_ANCHORS and all(
        high > low and 1.0 / MOST_STRETCH <= (until - begin) / (high - low) <= MOST_STRETCH
        for (low, begin), (high, until) in pairwise(anchors)
    )
    return Stretch(anchors, silence_s, is_other, is_possible)


def _tempo_ticks(span: Span, tempo: TempoMap) -> set[float]:
    """Where the tempo changes in a span, and places on the way where it does so slowly."""
    ticks: set[float] = set()
    ends = [*(float(point.tick) for point in tempo.points[1:]), span.end]
    for point, end in zip(tempo.points, ends, strict=True):
        low, high = max(span.start, float(point.tick)), min(span.end, end)
        if low >= high:
            continue
        ticks.add(low)
        if point.ramp:
            ticks.update(low + (high - low) * step / _RAMP_STEPS for step in range(_RAMP_STEPS))
    return ticks


def _straightened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without those between others where the line is straight anyway."""
    kept = points[:1]
    for point, after in pairwise(points[1:]):
        (low, begin), (high, until) = kept[-1], after
        if high - low < _STRAIGHT_S or point[0] - low < _STRAIGHT_S:
            continue
        straight = begin + (point[0] - low) * (until - begin) / (high - low)
        if abs(point[1] - straight) > _STRAIGHT_S:
            kept.append(point)
    return [*kept, points[-1]]


def _cut(points: list[tuple[float, float]], sound_s: float) -> list[tuple[float, float]]:
    """What lies inside the sound."""
    cut: list[tuple[float, float]] = []
    for (low, begin), (high, until) in pairwise(points):
        if until <= 0.0 or begin >= sound_s or until <= begin or high <= low:
            continue
        slope = (high - low) / (until - begin)
        first, last = max(begin, 0.0), min(until, sound_s)
        if not cut:
            cut.append((low + (first - begin) * slope, first))
        cut.append((low + (last - begin) * slope, last))
    return cut
