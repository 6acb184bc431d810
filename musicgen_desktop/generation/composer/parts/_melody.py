"""The melody: themes of motifs, one theme per letter of the form, in phrases that breathe."""

from functools import partial

import msgspec

from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import MelodyStyle
from ._beats import pulse_ticks, strong_ticks
from ._fit import Wanted, fit_line
from ._hands import Hands, tidy
from ._motifs import (
    Motif,
    MotifNote,
    breathed,
    closed,
    displaced,
    inverted,
    make_motif,
    ornamented,
    sequenced,
    thinned,
)
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import chord_scale, pitches_in, reach

ROLE = "melody"

# Four units make a phrase: which motif, what is done to it, how it ends.
_FORMS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("a", "same", "open"), ("a", "step", "half"), ("a", "same", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("b", "same", "half"), ("a", "vary", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("a", "vary", "half"), ("b", "same", "open"), ("a", "same", "close")),
    (("a", "same", "open"), ("a", "step", "open"), ("a", "step2", "half"), ("b", "same", "close")),
    (("a", "same", "half"), ("a", "invert", "half"), ("a", "same", "open"), ("b", "vary", "close")),
)
_RIFF_FORMS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("a", "same", "open"), ("a", "same", "half"), ("a", "same", "open"), ("b", "same", "close")),
    (("a", "same", "open"), ("a", "same", "half"), ("a", "same", "open"), ("a", "vary", "half")),
)
# How high each unit stands over the first, in scale steps: one peak, in the third or second.
_ARCHES = ((0, 1, 3, 0), (0, 2, 1, -1), (0, 0, 3, 1), (0, 1, 4, 1))


class Theme(msgspec.Struct, frozen=True):
    """The material of one letter."""

    motifs: dict[str, Motif]
    form: tuple[tuple[str, str, str], ...]
    arch: tuple[int, ...]


class LineNote(msgspec.Struct, frozen=True):
    """A note of the line before it is played: straight ticks from the song's start."""

    tick: int
    length: int
    rise: int
    accent: bool
    swings: bool
    closes: bool = False


def write_melody(song: Song, others: Others, seed: int) -> PartNotes:
    """The lead line."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.melody
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    last: int | None = None
    for run in song.runs_of(ROLE):
        theme = theme_of(song, style, run[0], dice)
        line = _line_of(song, style, run, theme, dice)
        if not line:
            continue
        pitches = fit_line(_wants(song, style, line, run, low, high), low, high, last)
        last = pitches[-1]
        notes += _played(song, style, hands, run, line, pitches, dice)
    return PartNotes(tidy(notes, song.end))


def theme_of(song: Song, style: MelodyStyle, bar: Bar, dice: Dice) -> Theme:
    """The theme of a letter; its second motif grows out of the song's first, so that all is of one piece."""
    letter = dice.child("theme", bar.section.letter)
    level = song.intensity(bar)
    make = partial(make_motif, song.meter, style, level)
    a = make(letter.child("a"))
    germ = make_motif(song.meter, style, level, dice.child("germ"))
    b = inverted(germ) if letter.chance(0.4) else germ if letter.chance(0.4) else make(letter.child("b"))
    forms = _RIFF_FORMS if letter.chance(style.repeat * style.repeat) else _FORMS
    return Theme({"a": a, "b": b}, letter.choice(forms), letter.choice(_ARCHES))


def _line_of(song: Song, style: MelodyStyle, run: list[Bar], theme: Theme, dice: Dice) -> list[LineNote]:
    """The rhythm and contour of a whole run, unit by unit."""
    line: list[LineNote] = []
    unit_bars = style.motif_bars
    for number, first in enumerate(range(0, len(run), unit_bars)):
        bars = run[first : first + unit_bars]
        die = dice.child("unit", bars[0].section.letter, bars[0].within)
        motif = _unit(song, style, theme, number, bars, len(run) - first <= unit_bars, die)
        if song.ends_here(bars[-1]):
            span = (len(bars) - 1) * song.meter.bar_ticks
            motif = (
                *breathed(motif, span, 0),
                MotifNote(span, song.meter.bar_ticks * 3 // 4, 0, accent=True, swings=False),
            )
        start = bars[0].start
        arch = theme.arch[number % 4] + (1 if number // 4 % 2 else 0)
        _, _, ending = theme.form[number % 4]
        for at, note in enumerate(motif):
            closes = at == len(motif) - 1 and (ending != "open" or song.ends_here(bars[-1]))
            line.append(
                LineNote(start + note.tick, note.length, note.rise + arch, note.accent, note.swings, closes)
            )
    return _with_pickups(song, style, run, line, dice)


def _unit(
    song: Song,
    style: MelodyStyle,
    theme: Theme,
    number: int,
    bars: list[Bar],
    is_last: bool,
    die: Dice,  # noqa: FBT001
) -> Motif:
    name, change, ending = theme.form[number % 4]
    if is_last:
        ending = "close" if not song.plan.loop or bars[-1].end < song.end else "half"
    motif = theme.motifs[name]
    span = len(bars) * song.meter.bar_ticks
    motif = breathed(motif, span, 0)
    if not motif:
        return motif
    if change == "vary":
        change = die.choice(
            ("ornament", "displace", "thin", "invert"), (4.0, 1.0 + 2 * style.syncopation, 1.5, 1.5)
        )
    if change == "step":
        motif = sequenced(motif, die.choice((1, -1, 2)))
    elif change == "step2":
        motif = sequenced(motif, 2)
    elif change == "invert":
        motif = inverted(motif)
    elif change == "ornament":
        motif = ornamented(motif, die)
    elif change == "displace":
        motif = displaced(motif, PPQ // 2, span)
    elif change == "thin":
        motif = thinned(motif, song.meter)
    if "sparse" in song.plan.hints and len(motif) > 4 and die.chance(0.5):
        motif = thinned(motif, song.meter)
    if ending == "close":
        return closed(motif, song.meter, len(bars), die)
    if ending == "half":
        if number % 4 and die.chance(style.rests * 0.35):
            return ()
        return breathed(motif, span, round((0.5 + 2.0 * style.rests) * 2) * PPQ // 2)
    return breathed(motif, span, PPQ // 2 if die.chance(style.rests) else 0)


def _with_pickups(
    song: Song, style: MelodyStyle, run: list[Bar], line: list[LineNote], dice: Dice
) -> list[LineNote]:
    """Short notes that lead into a unit out of the rest before it."""
    unit_ticks = style.motif_bars * song.meter.bar_ticks
    out: list[LineNote] = []
    for at, note in enumerate(line):
        before = line[at - 1] if at else None
        if (
            before is not None
            and (note.tick - run[0].start) % unit_ticks == 0
            and note.tick - before.tick - before.length >= PPQ
            and dice.child("pickup", run[0].section.letter, note.tick - run[0].start).chance(
                0.2 + style.syncopation
            )
        ):
            side = dice.child("side", run[0].section.letter, at).choice((-1, -1, 1))
            for back in (2, 1) if style.density > 0.3 else (1,):
                out.append(
                    LineNote(
                        note.tick - back * PPQ // 2, PPQ // 2, note.rise + side * back, False, note.swings
                    )  # noqa: FBT003
                )
        out.append(note)
    return out


def _wants(
    song: Song, style: MelodyStyle, line: list[LineNote], run: list[Bar], low: int, high: int
) -> list[Wanted]:
    """What each note of the line should be: the contour on the key's ladder, the chord where it counts."""
    key = song.plan.key
    ladder = pitches_in(frozenset(key.pitch_classes), low, high)
    room = high - low
    centre = low + room * 0.38 + min(5.0, room * 0.25) * song.intensity(run[0])
    middle = min(range(len(ladder)), key=lambda at: (abs(ladder[at] - centre), at))
    bar_ticks = song.meter.bar_ticks
    strong, pulses = set(strong_ticks(song.meter)), set(pulse_ticks(song.meter))
    tonic_home = frozenset((key.tonic, (key.tonic + (3 if key.is_minor else 4)) % 12))
    wants = []
    for note in line:
        place = note.tick % bar_ticks
        heard = _heard_at(song, note, strong)
        chord = song.chord_at(heard)
        tones = frozenset(chord.pitch_classes)
        target = ladder[max(0, min(len(ladder) - 1, middle + note.rise))]
        if place in strong or heard != note.tick:
            outside = 60
        elif note.closes:
            outside = 40
        elif place in pulses:
            outside = 8
        elif note.length >= PPQ:
            outside = 16
        else:
            outside = 3
        goal = (tonic_home & tones or tones) if note.closes else frozenset[int]()
        wants.append(Wanted(target, chord_scale(key, chord, style.scale), tones, outside, (), goal))
    return wants


def _heard_at(song: Song, note: LineNote, strong: set[int]) -> int:
    """An off-beat note held into a strong beat belongs to the chord there."""
    bar_ticks = song.meter.bar_ticks
    place = note.tick % bar_ticks
    base = note.tick - place
    for tick in (*sorted(strong), bar_ticks):
        if place < tick <= place + PPQ // 2 and place + note.length >= tick + PPQ // 4:
            return base + tick
    return note.tick


def _played(
    song: Song,
    style: MelodyStyle,
    hands: Hands,
    run: list[Bar],
    line: list[LineNote],
    pitches: list[int],
    dice: Dice,
) -> list[Note]:
    notes = []
    level = 0.84 + 0.16 * song.intensity(run[0])
    top = max(pitches)
    gate = style.gate * (0.6 if "staccato" in song.plan.hints else 1.0)
    for at, (note, pitch) in enumerate(zip(line, pitches, strict=True)):
        bar = song.bars[note.tick // song.meter.bar_ticks]
        die = dice.child("ornament", bar.section.letter, bar.within, note.tick - bar.start)
        start = hands.placed(note.tick, bar, swings=note.swings)
        following = line[at + 1].tick if at + 1 < len(line) else song.end
        end = min(note.tick + note.length, following, song.end)
        length = max(60, round((end - note.tick) * gate))
        velocity = 86.0 + (8.0 if note.accent else 0.0) + (6.0 if pitch == top else 0.0)
        velocity = (velocity - (8.0 if note.closes else 0.0)) * level
        pieces = [Note(start, length, pitch, hands.velocity(velocity))]
        if die.chance(style.ornaments):
            pieces = _ornament(song, style, bar, pieces[0], note, die)
        notes += pieces
    return notes


def _ornament(
    song: Song, style: MelodyStyle, bar: Bar, note: Note, planned: LineNote, dice: Dice
) -> list[Note]:
    """A grace note before the beat, or a turn inside a long note, with the scale's neighbours."""
    chord = song.chord_at(planned.tick)
    scale = chord_scale(song.plan.key, chord, "key" if style.scale == "chord" else style.scale)
    above = next((note.pitch + step for step in (1, 2, 3) if (note.pitch + step) % 12 in scale), note.pitch)
    below = next((note.pitch - step for step in (1, 2, 3) if (note.pitch - step) % 12 in scale), note.pitch)
    if note.length_ticks >= PPQ * 3 // 2 and dice.chance(0.6):
        turn = dice.choice((above, below))
        last = note.length_ticks - PPQ // 2
        return [
            Note(note.start_ticks, last, note.pitch, note.velocity),
            Note(note.start_ticks + last, PPQ // 4, turn, max(1, note.velocity - 14)),
            Note(note.start_ticks + last + PPQ // 4, PPQ // 4, note.pitch, max(1, note.velocity - 10)),
        ]
    grace = song.ticks_of_ms(55.0)
    if note.start_ticks - grace > bar.start:
        return [Note(note.start_ticks - grace, grace, below, max(1, note.velocity - 22)), note]
    return [note]
