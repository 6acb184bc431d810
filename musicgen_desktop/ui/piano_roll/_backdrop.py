"""What lies behind the notes in the visible part: grid lines, keys, chords, the clip's ends, the loop."""

from bisect import bisect_left, bisect_right
from functools import lru_cache

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord, Key
from musicgen_desktop.timing import MeterMap, grid_lines

from ._geometry import RollGeometry
from ._view_model import RollModel

_CLOSEST_PX = 5.0
_CLOSEST_BARS_PX = 9.0


class ChordSpan(msgspec.Struct, frozen=True):
    """A chord while it sounds, in ticks of the song."""

    start: int
    end: int
    symbol: str
    pitch_classes: frozenset[int]


class KeySpan(msgspec.Struct, frozen=True):
    """A key while it holds, in ticks of the song."""

    start: float
    end: float
    key: Key


class Backdrop(msgspec.Struct, frozen=True):
    """The picture behind the notes. All ticks are the song's.

    Attributes:
        steps: grid lines that are neither beats nor bars.
        beats: beats that begin no bar.
        bars: (tick, bar number) of bar lines; when they lie close, of every second, fourth, … bar.
        clip: first and last tick of what is heard.
        loop: the transport's loop while it is on.
    """

    geometry: RollGeometry
    steps: tuple[int, ...]
    beats: tuple[int, ...]
    bars: tuple[tuple[int, int], ...]
    keys: tuple[KeySpan, ...]
    chords: tuple[ChordSpan, ...]
    clip: tuple[int, int]
    loop: tuple[int, int] | None


def backdrop_of(model: RollModel, first_x: float = 0.0, last_x: float | None = None) -> Backdrop:
    """The backdrop of the visible part, or of a stripe of it."""
    geometry, project = model.geometry, model.project
    start = geometry.tick_at(first_x)
    end = geometry.right_tick if last_x is None else geometry.tick_at(last_x)
    bars, beats, steps = _lines(model, start, end)
    keys, chords = (_keys(model, start, end), _chords(model, start, end)) if model.shows_scale else ((), ())
    loop = project.loop
    return Backdrop(
        geometry=geometry,
        steps=steps,
        beats=beats,
        bars=bars,
        keys=keys,
        chords=chords,
        clip=(model.zero + model.content_start, model.zero + model.content_end),
        loop=(loop.start_ticks, loop.end_ticks) if loop.enabled else None,
    )


_Lines = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]


def _lines(model: RollModel, start: float, end: float) -> _Lines:
    """Bars, beats and steps from one tick to another."""
    meters, scale = model.project.meter_map, model.geometry.px_per_tick
    begin, last = max(0, int(start)), int(end)
    meter = meters.meter_at(begin)
    # Made for more than is seen: scrolling finds most of its lines there already.
    room = max(1, (last - begin) // (2 * meter.bar_ticks)) * meter.bar_ticks
    step = 0 if model.bridges.snap.choice == "off" else model.step_at(start)
    bars, beats, steps = _made_lines(meters, scale, begin // room * room, -(-(last + 1) // room) * room, step)
    first = max(0, bisect_right(bars, begin, key=lambda line: line[0]) - 1)
    return (
        bars[first : bisect_right(bars, last, key=lambda line: line[0])],
        beats[bisect_left(beats, begin) : bisect_right(beats, last)],
        steps[bisect_left(steps, begin) : bisect_right(steps, last)],
    )


@lru_cache(maxsize=64)
def _made_lines(meters: MeterMap, scale: float, begin: int, end: int, step: int) -> _Lines:
    first = meters.bar_of(begin)
    every = 1
    meter = meters.meter_at(begin)
    while meter.bar_ticks * every * scale < _CLOSEST_BARS_PX:
        every *= 2
    # Counted from bar 1, so that the same bars are shown wherever the roll is scrolled to.
    bar = first - (first - 1) % every
    bars: list[tuple[int, int]] = []
    while (tick := meters.tick_of_bar(bar)) <= end:
        bars.append((tick, bar))
        bar += every
    if meter.beat_ticks * scale < _CLOSEST_PX:
        return tuple(bars), (), ()
    at_bars = {tick for tick, _ in bars}
    beats = set(grid_lines(meters, begin, end + 1, meter.beat_ticks)) - at_bars
    if step * scale < _CLOSEST_PX or step >= meter.beat_ticks:
        return tuple(bars), tuple(sorted(beats)), ()
    steps = [
        tick for tick in grid_lines(meters, begin, end + 1, step) if tick not in beats and tick not in at_bars
    ]
    return tuple(bars), tuple(sorted(beats)), tuple(steps)


def _keys(model: RollModel, start: float, end: float) -> tuple[KeySpan, ...]:
    changes = sorted(model.project.keys, key=lambda change: change.tick)
    spans: list[KeySpan] = []
    for place, change in enumerate(changes):
        until = changes[place + 1].tick if place + 1 < len(changes) else float("inf")
        # What lies before the first key is painted as if it were there already.
        since = change.tick if place else float("-inf")
        if since >= end or until <= start:
            continue
        try:
            spans.append(KeySpan(max(start, since), min(end, until), Key.parse(change.key)))
        except UserInputError:
            continue
    return tuple(spans)


def _chords(model: RollModel, start: float, end: float) -> tuple[ChordSpan, ...]:
    changes = model.project.chords
    first = max(0, bisect_right(changes, start, key=lambda change: change.tick) - 1)
    spans: list[ChordSpan] = []
    for change in changes[first:]:
        if change.tick >= end:
            break
        try:
            chord = Chord.parse(change.symbol)
        except UserInputError:
            continue
        tones = frozenset((*chord.pitch_classes, chord.bass_pitch_class))
        spans.append(ChordSpan(change.tick, change.tick + change.length_ticks, change.symbol, tones))
    return tuple(spans)
