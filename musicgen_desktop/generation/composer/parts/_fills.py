"""Fills: what leads out of a section, written in the style or made up by rule."""

import msgspec

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import DrumsStyle, steps_of
from musicgen_desktop.timing import PPQ, Meter

_TOMS = ("high_tom", "mid_tom", "low_tom", "low_floor_tom")
_SIXTEENTH = PPQ // 4
_SOUND = {"X": 116.0, "x": 100.0, "o": 80.0, "g": 50.0, "?": 70.0, "r": 88.0, "t": 84.0}


class Hit(msgspec.Struct, frozen=True):
    """A drum struck, in straight ticks from the start of its bar."""

    tick: int
    drum: str
    velocity: float
    swings: bool = True


def fill_start(meter: Meter, beats: int) -> int:
    """Where a fill of so many quarter notes begins; in an odd meter it may take the last group."""
    if meter.is_compound:
        pulses = max(1, min(len(meter.groups), beats // 2 if beats > 1 else 1))
        return meter.bar_ticks - pulses * meter.pulse_ticks
    return max(0, meter.bar_ticks - beats * PPQ)


def written_or_made_fill(meter: Meter, style: DrumsStyle, start: int, level: float, dice: Dice) -> list[Hit]:
    """A fill from `start` (ticks in the bar) to the bar line."""
    if style.fills and not meter.is_compound and dice.chance(style.written_fills):
        hits = _written(meter, style, start, dice)
        if hits:
            return hits
    return made_fill(dice.choice(style.fill_kinds or ("snare",)), start, meter.bar_ticks, level, dice)


def _written(meter: Meter, style: DrumsStyle, start: int, dice: Dice) -> list[Hit]:
    """The tail of a written fill, as much as the place takes."""
    hits = []
    for drum, text in dice.choice(style.fills).items():
        steps = steps_of(text)
        begin = meter.bar_ticks - len(steps) * _SIXTEENTH
        for index, sign in enumerate(steps):
            tick = begin + index * _SIXTEENTH
            if sign != "." and tick >= start:
                pieces = {"r": 2, "t": 3}.get(sign, 1)
                hits += [
                    Hit(tick + piece * _SIXTEENTH // pieces, drum, _SOUND[sign], pieces == 1)
                    for piece in range(pieces)
                ]
    return hits


def made_fill(kind: str, start: int, end: int, level: float, dice: Dice) -> list[Hit]:
    """A fill by rule: which sixteenths sound is thrown, the last two always lead to the bar line."""
    count = (end - start) // _SIXTEENTH
    if kind == "stop":
        return [Hit(start, "kick", 108.0), Hit(start, "snare", 100.0)] + (
            [Hit(end - _SIXTEENTH, "snare", 92.0)] if dice.chance(0.5) else []
        )
    if kind == "roll":
        return [
            Hit(start + i * 120, "snare", 52.0 + 60.0 * i / max(1, 2 * count - 1), swings=False)
            for i in range(2 * count)
        ]
    hits = [Hit(start, "kick", 100.0)]
    dense = 0.45 + 0.5 * level
    for i in range(count):
        strong = i % 4 == 0
        if not (strong or i >= count - 2 or dice.chance(dense if i % 2 == 0 else dense * 0.8)):
            continue
        rise = 14.0 * i / count
        velocity = (96.0 if strong else 84.0) + rise
        tick = start + i * _SIXTEENTH
        if kind == "toms":
            drum = "snare" if i == 0 and dice.chance(0.5) else _TOMS[min(3, i * 4 // max(1, count))]
            hits.append(Hit(tick, drum, velocity))
        elif kind == "snare":
            soft = not strong and dice.chance(0.35)
            hits.append(Hit(tick, "snare", velocity - (34.0 if soft else 0.0)))
        elif kind == "kick":
            hits.append(Hit(tick, "kick" if dice.chance(0.5) else "snare", velocity))
        else:
            hits.append(Hit(tick, "open_hat" if i == count - 2 else "closed_hat", velocity - 8.0))
            if i >= count - 2 or (strong and i > 0):
                hits.append(Hit(tick, "snare", velocity))
    return hits
