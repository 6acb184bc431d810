"""A walking bass: a note on every beat, chord tones and steps on the way to the next root."""

from musicgen_desktop.timing import PPQ

from musicgen_desktop.generation.composer._dice import Dice
from ._beats import pulse_ticks
from ._root_line import BassEvent, RootLine
from ._song import Bar, Song
from ._tones import chord_scale, pitches_in


def walking_bar(song: Song, bar: Bar, line: RootLine, dice: Dice) -> list[BassEvent]:
    """One bar of quarter notes, sometimes a skipped eighth before the bar line."""
    ticks = [bar.start + tick for tick in pulse_ticks(song.meter)]
    ends = [*ticks[1:], bar.end]
    events: list[BassEvent] = []
    before = 0
    for at, (tick, end) in enumerate(zip(ticks, ends, strict=True)):
        index = song.chord_index(tick)
        root = line.roots[index]
        begins = song.chords[index].start_ticks
        target = line.at(end)
        changes = end % song.end == song.chords[song.chord_index(end)].start_ticks
        if tick == begins or at == 0:
            pitch = _opening(song, root, tick == begins, line, tick, dice)
        elif changes:
            pitch = _leading(song, tick, before, target, line, dice)
        else:
            pitch = _passing(song, tick, before, target, line, dice)
        length = end - tick
        if at == len(ticks) - 1 and length == PPQ and dice.chance(0.12):
            events.append(BassEvent(tick, 480, "1", pitch=pitch))
            pitch = _leading(song, tick, pitch, target, line, dice)
            events.append(BassEvent(tick + 480, 480, "1", pitch=pitch))
        else:
            events.append(BassEvent(tick, length, "1", pitch=pitch))
        before = pitch
    return events


def _opening(song: Song, root: int, fresh: bool, line: RootLine, tick: int, dice: Dice) -> int:  # noqa: FBT001
    if fresh or dice.chance(0.5):
        return root
    tones = [
        pitch
        for pitch in pitches_in(frozenset(song.chord_at(tick).pitch_classes), line.low, line.high)
        if abs(pitch - root) <= 9
    ]
    return dice.choice(tones) if tones else root


def _leading(song: Song, tick: int, before: int, target: int, line: RootLine, dice: Dice) -> int:
    scale = chord_scale(song.plan.key, song.chord_at(tick))
    options = [(target - 1, 3.0), (target + 1, 3.0), (target + 7, 1.0), (target - 5, 1.0)]
    options += [(target + step, 2.0) for step in (2, -2) if (target + step) % 12 in scale]
    usable = [
        (p, w) for p, w in options if line.low <= p <= line.high and p != before and abs(p - before) <= 9
    ]
    if not usable:
        return target
    # The nearer to where the hand is, the likelier.
    return dice.choice([p for p, _ in usable], [w / (1 + abs(p - before)) for p, w in usable])


def _passing(song: Song, tick: int, before: int, target: int, line: RootLine, dice: Dice) -> int:
    chord = song.chord_at(tick)
    tones = frozenset(chord.pitch_classes)
    options = [
        pitch
        for pitch in pitches_in(chord_scale(song.plan.key, chord), line.low, line.high)
        if 0 < abs(pitch - before) <= 7
    ]
    if not options:
        return before
    weights = []
    for pitch in options:
        weight = 3.0 if pitch % 12 in tones else 1.0
        weight *= 2.0 if abs(pitch - before) <= 4 else 0.7
        weight *= 1.5 if (pitch - before) * (target - before) > 0 else 1.0
        weights.append(weight)
    return dice.choice(options, weights)
