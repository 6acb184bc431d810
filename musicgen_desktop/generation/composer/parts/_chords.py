"""Comping: voice-led chords in the style's rhythm, struck, strummed or broken."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import ChordsStyle, StepPattern
from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from ._beats import Step, steps_in_bar
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import reach
from ._voicings import song_voicings

ROLE = "chords"
_LOUD = {"X": 106.0, "x": 92.0, "o": 74.0, "d": 92.0, "D": 106.0, "u": 78.0, "U": 94.0, "m": 56.0}
_PUSH = PPQ // 2


def write_chords(song: Song, others: Others, seed: int) -> PartNotes:
    """The comping instrument."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.chords
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    voicings = song_voicings(song, low, high, style.voices)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    for bar in song.bars_of(ROLE):
        again = dice.child("bar", bar.section.letter, bar.within)
        level = 0.82 + 0.18 * song.intensity(bar)
        pattern = song.pattern(style.patterns, bar, dice.child("pattern"))
        for step in _steps(song, style, pattern, bar, again):
            tick = bar.start + step.tick
            voicing = voicings[song.chord_index(_heard_at(tick, step, bar))]
            notes += _strike(song, style, hands, bar, step, voicing, level)
    return PartNotes(tidy(notes, song.end))


def _heard_at(tick: int, step: Step, bar: Bar) -> int:
    """A chord held over the bar line is already the next bar's."""
    pushed = bar.end - tick <= _PUSH and tick + step.length > bar.end
    return bar.end if pushed else tick


def _steps(song: Song, style: ChordsStyle, pattern: StepPattern | None, bar: Bar, dice: Dice) -> list[Step]:
    ticks = bar.end - bar.start
    if song.ends_here(bar) or pattern is None:
        return [Step(0, ticks, "x", swings=False)]
    steps = list(steps_in_bar(pattern.steps, pattern.bars, pattern.meter, song.meter, bar.within))
    if len(steps) > 2 and dice.chance(style.variation):
        weak = [step for step in steps if step.tick % PPQ and step.sign in "xoudt"]
        if weak:
            dropped = dice.choice(weak)
            steps = [step for step in steps if step is not dropped]
    if style.push > 0.0 and bar.end < song.end and dice.chance(style.push):
        steps = [step for step in steps if step.tick < ticks - _PUSH]
        steps.append(Step(ticks - _PUSH, _PUSH + 60, "x", swings=True))
    return _with_changes(bar, steps)


def _with_changes(bar: Bar, steps: list[Step]) -> list[Step]:
    """A chord that would be held through a change is struck again there."""
    for placed in bar.chords:
        change = placed.start_ticks - bar.start
        if change <= 0:
            continue
        out = []
        for step in steps:
            end = step.tick + step.length
            if step.tick < change < end:
                out.append(Step(step.tick, change - step.tick, step.sign, step.swings))
                out.append(Step(change, end - change, step.sign, step.swings))
            else:
                out.append(step)
        steps = out
    return steps


def _strike(
    song: Song,
    style: ChordsStyle,
    hands: Hands,
    bar: Bar,
    step: Step,
    voicing: tuple[int, ...],
    level: float,
) -> list[Note]:
    """The notes of one sign."""
    tick = bar.start + step.tick
    start = hands.placed(tick, bar, swings=step.swings)
    gate = style.gate * (0.6 if "staccato" in song.plan.hints else 1.0)
    length = max(60, min(round(step.length * gate), song.end - tick))
    pitches = _pitches(step.sign, voicing)
    velocity = (_LOUD.get(step.sign, 86.0) + hands.accent(tick, bar)) * level
    if step.sign == "m":
        length = 60
    gap = 0
    if len(pitches) > 1 and style.strum_ms > 0.0:
        # An up-strum is quicker than a down-strum, and reaches only the upper strings.
        gap = song.ticks_of_ms(style.strum_ms * (0.6 if step.sign in "uUm" else 1.0)) // (len(pitches) - 1)
    notes = []
    for order, pitch in enumerate(pitches):
        spread = min(order * gap, max(0, bar.end - 1 - start))
        notes.append(Note(start + spread, max(40, length - spread), pitch, hands.velocity(velocity)))
    return notes


def _pitches(sign: str, voicing: tuple[int, ...]) -> tuple[int, ...]:
    if sign.isdigit():
        number = int(sign) - 1
        # Where the chord has fewer voices than the figure, it goes on an octave higher.
        octave, voice = divmod(number, len(voicing))
        return (voicing[voice] + 12 * octave,)
    if sign == "b":
        return voicing[:1]
    if sign == "t":
        return voicing[1:]
    if sign in "uU":
        return tuple(reversed(voicing))[:3]
    return voicing
