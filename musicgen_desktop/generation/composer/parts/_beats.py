"""Step strings become events in a bar, also in a meter they were not written for."""

from functools import lru_cache

import msgspec

from musicgen_desktop.generation.composer._parts_style import steps_of
from musicgen_desktop.timing import PPQ, Meter

# A dotted quarter holds a beat of four sixteenths so that off-beats fall on its third eighth.
_DOTTED = (0, 480, 960, 1200)
_HELD = "-"
_REST = "."


class Step(msgspec.Struct, frozen=True):
    """One sign of a pattern, in ticks from the start of its bar; `swings` is false for triplets."""

    tick: int
    length: int
    sign: str
    swings: bool


class _Beat(msgspec.Struct, frozen=True):
    """A piece of a bar and which beat of a 4/4 pattern is laid there."""

    tick: int
    length: int
    source: int
    dotted: bool


@lru_cache(maxsize=4096)
def steps_in_bar(steps: str, bars: int, written_for: str, meter: Meter, bar: int) -> tuple[Step, ...]:
    """The events of one bar of a pattern, by tick; a hold may reach over the bar line.

    `steps` are signs over `bars` bars of the meter `written_for`; `meter` is the song's. `bar` counts from 0
    where the pattern begins; the pattern repeats.
    """
    signs = steps_of(steps)
    own = Meter.parse(written_for)
    span = own.bar_ticks * bars
    events = []
    for index, sign in enumerate(signs):
        if sign in (_REST, _HELD):
            continue
        last = index + 1
        while last < len(signs) and signs[last] == _HELD:
            last += 1
        tick = index * span // len(signs)
        # A sixteenth or a multiple of it swings with the song; triplets are already where they belong.
        swings = span % len(signs) == 0 and (span // len(signs)) % (PPQ // 8) == 0
        events.append(Step(tick, last * span // len(signs) - tick, sign, swings))
    if own == meter:
        start = (bar % bars) * own.bar_ticks
        return tuple(
            Step(event.tick - start, event.length, event.sign, event.swings)
            for event in events
            if start <= event.tick < start + own.bar_ticks
        )
    return _laid_out(events, bars * own.bar_ticks // PPQ, meter, bar)


def _laid_out(events: list[Step], beats: int, meter: Meter, bar: int) -> tuple[Step, ...]:
    """Beats of a pattern, laid onto the groups of another meter."""
    by_beat: dict[int, list[Step]] = {}
    for event in events:
        by_beat.setdefault(event.tick // PPQ, []).append(event)
    laid = []
    for beat in beats_of_bar(meter, bar):
        for event in by_beat.get(beat.source % beats, ()):
            within = event.tick % PPQ
            length = event.length
            if beat.dotted:
                place, rest = divmod(within, PPQ // 4)
                within = _DOTTED[place] if rest == 0 else within * 3 // 2
                length = length * 3 // 2
            if within < beat.length:
                laid.append(Step(beat.tick + within, length, event.sign, event.swings and not beat.dotted))
    return tuple(laid)


@lru_cache(maxsize=512)
def beats_of_bar(meter: Meter, bar: int) -> tuple[_Beat, ...]:
    """Which beat of a 4/4 bar stands at which place of this meter's bar, so that accents open its groups.

    A compound pulse takes one beat (two bars of 6/8 make one of 4/4); a group of three quarters is
    strong, weak, back-beat; a group of three eighths is one beat and a half.
    """
    if meter.is_compound:
        pulses = len(meter.groups)
        places = (0, 1, 3) if pulses == 3 else tuple((bar * pulses + i) % 4 for i in range(pulses))
        length = meter.pulse_ticks
        return tuple(_Beat(i * length, length, source, dotted=True) for i, source in enumerate(places))
    if meter.beat_ticks >= PPQ:
        sources = _sources_of_groups(meter)
        whole = meter.beat_ticks // PPQ
        return tuple(_Beat(i * PPQ, PPQ, source, dotted=False) for i, source in enumerate(sources * whole))
    beats = []
    tick, source = 0, 0
    groups = meter.groups if meter.denominator <= 8 else (meter.numerator,)
    for group in groups:
        left = group * meter.beat_ticks
        while left > 0:
            length = min(PPQ, left)
            beats.append(_Beat(tick, length, source % 4, dotted=False))
            tick, left, source = tick + length, left - length, source + 1
    return tuple(beats)


def _sources_of_groups(meter: Meter) -> tuple[int, ...]:
    if meter.numerator <= 4:
        return ((0,), (0, 1), (0, 1, 3), (0, 1, 2, 3))[meter.numerator - 1]
    sources: list[int] = []
    for number, group in enumerate(meter.groups):
        if group == 3:
            sources += (0, 2, 1) if number % 2 == 0 else (2, 0, 3)
        else:
            sources += (0, 1) if number % 2 == 0 else (2, 3)
    return tuple(sources)


@lru_cache(maxsize=64)
def strong_ticks(meter: Meter) -> tuple[int, ...]:
    """The accents of a bar in ticks from its start: where groups begin, and the middle of 4/4."""
    if meter.numerator <= 4:
        half = meter.bar_ticks // 2
        return (0, half) if meter.numerator % 2 == 0 and half >= PPQ else (0,)
    ticks = [0]
    for group in meter.groups[:-1]:
        ticks.append(ticks[-1] + group * meter.beat_ticks)
    return tuple(ticks)


@lru_cache(maxsize=64)
def pulse_ticks(meter: Meter) -> tuple[int, ...]:
    """All felt beats of a bar in ticks from its start."""
    if meter.is_compound or meter.beat_ticks >= PPQ:
        return tuple(range(0, meter.bar_ticks, meter.pulse_ticks))
    return tuple(beat.tick for beat in beats_of_bar(meter, 0))
