"""Motifs: a short rhythm with a contour, and what composers do to one when it returns."""

import msgspec

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import MelodyStyle, StepPattern
from musicgen_desktop.timing import PPQ, Meter

from ._beats import Step, pulse_ticks, steps_in_bar, strong_ticks


class MotifNote(msgspec.Struct, frozen=True):
    """A note of a motif: ticks from the motif's start; `rise` in scale steps above its first note."""

    tick: int
    length: int
    rise: int
    accent: bool = False
    swings: bool = True


Motif = tuple[MotifNote, ...]


def make_motif(meter: Meter, style: MelodyStyle, level: float, dice: Dice) -> Motif:
    """A motif of one or two bars, from the style's rhythm cells or a rhythm of its density."""
    steps: list[Step] = []
    first: StepPattern | None = None
    for bar in range(style.motif_bars):
        cell = _cell(meter, style, level, dice, first)
        first = first or cell
        if cell is None:
            bar_steps = made_rhythm(meter, style, level, dice)
        else:
            bar_steps = list(steps_in_bar(cell.steps, cell.bars, cell.meter, meter, bar % cell.bars))
        offset = bar * meter.bar_ticks
        steps += [Step(step.tick + offset, step.length, step.sign, step.swings) for step in bar_steps]
    span = meter.bar_ticks * style.motif_bars
    rises = contour(len(steps), style.leaps, dice)
    notes = []
    for at, step in enumerate(steps):
        end = steps[at + 1].tick if at + 1 < len(steps) else span
        length = min(step.length, end - step.tick)
        notes.append(MotifNote(step.tick, max(60, length), rises[at], step.sign == "X", step.swings))
    return tuple(notes)


def _cell(
    meter: Meter, style: MelodyStyle, level: float, dice: Dice, first: StepPattern | None
) -> StepPattern | None:
    own = [cell for cell in style.cells if cell.meter == str(meter)] or [
        cell for cell in style.cells if cell.meter == "4/4"
    ]
    fitting = [cell for cell in own if cell.low <= level <= cell.high] or own
    if not fitting:
        return None
    if first is not None and dice.chance(0.3):
        return first
    return dice.choice(fitting)


def made_rhythm(meter: Meter, style: MelodyStyle, level: float, dice: Dice) -> list[Step]:
    """One bar of rhythm: onsets drawn by weight, beats before off-beats unless the style syncopates."""
    density = min(1.0, max(0.0, style.density + 0.3 * (level - 0.5)))
    grid = PPQ // 4 if density > 0.75 else PPQ // 2
    if meter.is_compound:
        grid = PPQ // 2
    strong, pulses = set(strong_ticks(meter)), set(pulse_ticks(meter))
    weights = {}
    for tick in range(0, meter.bar_ticks, grid):
        if tick in strong:
            weights[tick] = 1.0
        elif tick in pulses:
            weights[tick] = 0.75 - 0.35 * style.syncopation
        elif tick % (PPQ // 2) == 0:
            weights[tick] = 0.3 + 0.6 * style.syncopation
        else:
            weights[tick] = 0.12 + 0.3 * style.syncopation
    wanted = max(1, round((1.2 + 6.5 * density * density + 1.5 * density) * meter.bar_ticks / (4 * PPQ)))
    ticks: list[int] = []
    while weights and len(ticks) < wanted:
        options = list(weights)
        tick = dice.choice(options, [weights[option] for option in options])
        ticks.append(tick)
        del weights[tick]
    ticks.sort()
    ends = [*ticks[1:], meter.bar_ticks]
    steps = []
    for tick, end in zip(ticks, ends, strict=True):
        length = end - tick
        if length > PPQ and dice.chance(0.3):
            length = PPQ if dice.chance(0.5) else length - PPQ // 2
        steps.append(Step(tick, length, "X" if tick in strong else "x", swings=True))
    return steps


def contour(count: int, leaps: float, dice: Dice) -> list[int]:
    """Scale steps above the first note: mostly steps, a leap turns back, the line keeps near its start."""
    rises = [0]
    direction = dice.choice((1, -1))
    after_leap = False
    while len(rises) < count:
        here = rises[-1]
        if after_leap:
            direction, size, after_leap = -direction, 1, False
        elif dice.chance(0.13):
            size = 0
        elif dice.chance(leaps):
            size = dice.choice((2, 2, 3, 4))
            after_leap = size >= 3
        else:
            size = 1
        if size == 1 and dice.chance(0.28):
            direction = -direction
        if abs(here + direction * size) > 5:
            direction = -direction
        rises.append(here + direction * size)
    return rises


def centred(motif: Motif) -> Motif:
    """Moved so that its middle lies at 0: motifs of one song live in one register."""
    if not motif:
        return motif
    rises = sorted(note.rise for note in motif)
    return sequenced(motif, -(rises[0] + rises[-1]) // 2)


def inverted(motif: Motif) -> Motif:
    """Upside down."""
    return tuple(MotifNote(n.tick, n.length, -n.rise, n.accent, n.swings) for n in motif)


def sequenced(motif: Motif, steps: int) -> Motif:
    """The same, some scale steps higher or lower."""
    return tuple(MotifNote(n.tick, n.length, n.rise + steps, n.accent, n.swings) for n in motif)


def displaced(motif: Motif, ticks: int, span: int) -> Motif:
    """Later in the bar; what would fall out of the span is left away."""
    return tuple(
        MotifNote(n.tick + ticks, min(n.length, span - n.tick - ticks), n.rise, n.accent, n.swings)
        for n in motif
        if n.tick + ticks < span - 60
    )


def ornamented(motif: Motif, dice: Dice) -> Motif:
    """Its longest note is divided by the step above."""
    longest = max(range(len(motif)), key=lambda at: (motif[at].length, -at), default=-1)
    if longest < 0 or motif[longest].length < PPQ or motif[longest].length % 480:
        return motif
    note = motif[longest]
    part = note.length // 2 if note.length <= PPQ else note.length - PPQ // 2
    turn = MotifNote(
        note.tick + part, note.length - part, note.rise + dice.choice((1, -1)), swings=note.swings
    )
    head = MotifNote(note.tick, part, note.rise, note.accent, note.swings)
    return (*motif[:longest], head, turn, *motif[longest + 1 :])


def thinned(motif: Motif, meter: Meter) -> Motif:
    """Only what stands on beats, each held to the next."""
    pulses = set(pulse_ticks(meter))
    kept = [note for note in motif if note.tick % meter.bar_ticks in pulses] or list(motif[:1])
    ends = [*(note.tick for note in kept[1:]), motif[-1].tick + motif[-1].length if motif else 0]
    return tuple(
        MotifNote(n.tick, max(60, end - n.tick), n.rise, n.accent, n.swings)
        for n, end in zip(kept, ends, strict=True)
    )


def closed(motif: Motif, meter: Meter, bars: int, dice: Dice) -> Motif:
    """Ends on a beat of its last bar with a longer note, then a rest to breathe."""
    span = bars * meter.bar_ticks
    last = span - meter.bar_ticks
    pulses = pulse_ticks(meter)
    places = [last] if bars > 1 else []
    places += [last + pulse for pulse in strong_ticks(meter)[1:2]] or [last + pulses[len(pulses) // 2]]
    stop = dice.choice(places)
    kept = [note for note in motif if note.tick < stop]
    kept = [MotifNote(n.tick, min(n.length, stop - n.tick), n.rise, n.accent, n.swings) for n in kept]
    before = kept[-1].rise if kept else 0
    room = span - stop
    length = max(PPQ // 2, min(room - PPQ // 2, dice.choice((3, 4, 5)) * PPQ // 2))
    return (*kept, MotifNote(stop, length, before - 1 if before > 0 else before + (before < 0), accent=True))


def breathed(motif: Motif, span: int, rest: int) -> Motif:
    """Nothing sounds in the last `rest` ticks."""
    stop = span - rest
    return tuple(
        MotifNote(n.tick, min(n.length, stop - n.tick), n.rise, n.accent, n.swings)
        for n in motif
        if n.tick < stop - 60
    )
