"""Themes: motifs arranged in phrases, one theme per letter of the form; the rhythm and contour of a line."""

from functools import partial
from itertools import pairwise

import msgspec

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import MelodyStyle
from musicgen_desktop.timing import PPQ

from ._motifs import (
    Motif,
    MotifNote,
    breathed,
    centred,
    closed,
    displaced,
    inverted,
    make_motif,
    ornamented,
    sequenced,
    thinned,
)
from ._song import Bar, Song

Unit = tuple[str, str, str]

# Four units make a phrase: which motif, what is done to it, how it ends.
_FORMS: tuple[tuple[Unit, ...], ...] = (
    (("a", "same", "open"), ("a", "step", "half"), ("a", "same", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("b", "same", "half"), ("a", "vary", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("a", "vary", "half"), ("b", "same", "open"), ("a", "same", "close")),
    (("a", "same", "open"), ("a", "step", "open"), ("a", "step2", "half"), ("b", "same", "close")),
    (("a", "same", "half"), ("a", "invert", "half"), ("a", "same", "open"), ("b", "vary", "close")),
)
_RIFF_FORMS: tuple[tuple[Unit, ...], ...] = (
    (("a", "same", "open"), ("a", "same", "half"), ("a", "same", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("a", "same", "half"), ("a", "same", "open"), ("a", "vary", "half")),
)
# How high each unit stands over the first, in scale steps: one peak, in the third or second.
_ARCHES = ((0, 1, 3, 0), (0, 2, 1, -1), (0, 0, 3, 1), (0, 1, 4, 1))
_LIFTED = frozenset({"chorus", "drop", "solo"})


class Theme(msgspec.Struct, frozen=True):
    """The material of one letter."""

    motifs: dict[str, Motif]
    form: tuple[Unit, ...]
    arch: tuple[int, ...]


class LineNote(msgspec.Struct, frozen=True):
    """A note of a line before it has a pitch: straight ticks from the song's start, rise in scale steps."""

    tick: int
    length: int
    rise: int
    accent: bool = False
    swings: bool = True
    closes: bool = False


def theme_of(song: Song, style: MelodyStyle, bar: Bar, dice: Dice) -> Theme:
    """The theme of a letter; its second motif often grows out of the song's first: all is one piece."""
    letter = dice.child("theme", bar.section.letter)
    level = song.intensity(bar)
    make = partial(make_motif, song.meter, style, level)
    germ = make(dice.child("germ"))
    a = make(letter.child("a"))
    b = inverted(germ) if letter.chance(0.35) else germ if letter.chance(0.3) else make(letter.child("b"))
    forms = _RIFF_FORMS if letter.chance(style.repeat * style.repeat) else _FORMS
    return Theme({"a": centred(a), "b": centred(b)}, letter.choice(forms), letter.choice(_ARCHES))


class Phrases:
    """Lays a theme out over a run of bars."""

    def __init__(self, song: Song, style: MelodyStyle, dice: Dice) -> None:
        self._song = song
        self._style = style
        self._dice = dice

    def line(self, run: list[Bar], theme: Theme, first_unit: int, *, goes_on: bool) -> list[LineNote]:
        """The rhythm and contour of a whole run, unit by unit.

        `first_unit` is where in its phrase the run begins; `goes_on` says that the next run answers it.
        """
        song, line = self._song, list[LineNote]()
        bar_ticks = song.meter.bar_ticks
        lift = 2 if run[0].section.name in _LIFTED else 0
        for number, first in enumerate(range(0, len(run), self._style.motif_bars), first_unit):
            bars = run[first : first + self._style.motif_bars]
            last = ("half" if goes_on else "close") if bars[-1] is run[-1] else ""
            motif, ending = self._unit(theme, number, bars, last)
            if song.ends_here(bars[-1]):
                span = (len(bars) - 1) * bar_ticks
                ending = "close"
                final = MotifNote(span, bar_ticks * 3 // 4, 0, accent=True, swings=False)
                motif = (*breathed(motif, span, 0), final)
            rise = lift + theme.arch[number % 4] + (1 if number // 4 % 2 else 0)
            line += [
                LineNote(
                    bars[0].start + note.tick,
                    note.length,
                    note.rise + rise,
                    note.accent,
                    note.swings,
                    closes=at == len(motif) - 1 and ending != "open",
                )
                for at, note in enumerate(motif)
            ]
        return self._with_pickups(run, line)

    def _unit(self, theme: Theme, number: int, bars: list[Bar], last: str) -> tuple[Motif, str]:
        """One unit: the motif with what is done to it, and how it ends; `last` is how the run must end."""
        song, rests = self._song, self._style.rests
        name, change, ending = theme.form[number % 4]
        if last:
            ending = "half" if song.plan.loop and bars[-1].end == song.end else last
        die = self._dice.child("unit", bars[0].section.letter, number)
        span = len(bars) * song.meter.bar_ticks
        motif = breathed(theme.motifs[name], span, 0)
        if not motif:
            return motif, ending
        motif = self._changed(motif, change, span, die)
        if "sparse" in song.plan.hints and len(motif) > 4 and die.chance(0.5):
            motif = thinned(motif, song.meter)
        if ending == "close":
            return closed(motif, song.meter, len(bars), die), ending
        if ending == "half":
            if number % 4 and not last and die.chance(rests * 0.35):
                return (), ending
            return breathed(motif, span, round((0.5 + 2.0 * rests) * 2) * PPQ // 2), ending
        return breathed(motif, span, PPQ // 2 if die.chance(rests) else 0), ending

    def _changed(self, motif: Motif, change: str, span: int, die: Dice) -> Motif:
        if change == "vary":
            weights = (4.0, 1.0 + 2 * self._style.syncopation, 1.5, 1.5)
            change = die.choice(("ornament", "displace", "thin", "invert"), weights)
        if change == "step":
            return sequenced(motif, die.choice((1, -1, 2)))
        if change == "step2":
            return sequenced(motif, 2)
        if change == "invert":
            return inverted(motif)
        if change == "ornament":
            return ornamented(motif, die)
        if change == "displace":
            return displaced(motif, PPQ // 2, span)
        return thinned(motif, self._song.meter) if change == "thin" else motif

    def _with_pickups(self, run: list[Bar], line: list[LineNote]) -> list[LineNote]:
        """Short notes that lead into a unit out of the rest before it."""
        style, letter = self._style, run[0].section.letter
        unit_ticks = style.motif_bars * self._song.meter.bar_ticks
        out = line[:1]
        for before, note in pairwise(line):
            within = note.tick - run[0].start
            opens = within % unit_ticks == 0 and note.tick - before.tick - before.length >= PPQ
            die = self._dice.child("pickup", letter, within)
            if opens and die.chance(0.15 + 0.7 * style.syncopation):
                side = die.choice((-1, -1, 1))
                out += [
                    LineNote(
                        note.tick - back * PPQ // 2, PPQ // 2, note.rise + side * back, swings=note.swings
                    )
                    for back in ((2, 1) if style.density > 0.3 else (1,))
                ]
            out.append(note)
        return out
