"""Which chord sounds when: progressions in roman numerals become chords on the timeline."""

from collections.abc import Sequence

import msgspec

from musicgen_desktop.generation.result import PlacedChord
from musicgen_desktop.music import SCALES, Chord, Key, parse_progression_bars, roman_chord
from musicgen_desktop.timing import Meter

from ._colour import borrowed_chord, coloured
from ._dice import Dice
from ._plan import SectionPlan
from ._style import HarmonyStyle

Bars = tuple[tuple[Chord, ...], ...]

_BLUES = "I7 | IV7 | I7 | % | IV7 | % | I7 | % | V7 | IV7 | I7 | V7"
_MINOR_BLUES = "i7 | % | % | % | iv7 | % | i7 | % | bVI7 | V7 | i7 | V7"
_KIN = {
    "intro": "verse",
    "outro": "verse",
    "loop": "verse",
    "solo": "verse",
    "drop": "chorus",
    "build": "prechorus",
    "breakdown": "bridge",
    "prechorus": "bridge",
}
_ROLE_OF_LETTER = {"A": "verse", "B": "chorus"}


class Colouring(msgspec.Struct, frozen=True):
    """What is done to plain triads; a flavour of the prompt may change it."""

    colour: str
    chance: float


def given_chords(bars_of_chords: Bars, bars: int, meter: Meter) -> tuple[PlacedChord, ...]:
    """The user's chords, exactly as they are, repeated to fill the song."""
    filled = [bars_of_chords[i % len(bars_of_chords)] for i in range(bars)]
    return placed(filled, meter)


def placed(filled: Sequence[Sequence[Chord]], meter: Meter) -> tuple[PlacedChord, ...]:
    """Chords of bars on the timeline; an empty bar holds the chord before it."""
    out: list[PlacedChord] = []
    before = next(chord for bar in filled for chord in bar)
    for i, bar in enumerate(filled):
        chords = tuple(bar) or (before,)
        starts = chord_starts(meter, len(chords))
        for chord, start, end in zip(chords, starts, (*starts[1:], meter.bar_ticks), strict=True):
            at = i * meter.bar_ticks
            out.append(PlacedChord(start_ticks=at + start, length_ticks=end - start, chord=chord))
        before = chords[-1]
    return tuple(out)


def chord_starts(meter: Meter, count: int) -> list[int]:
    """Where in a bar its chords begin: at the groups that are felt, at notes when those are too few.

    >>> chord_starts(Meter(7, 8), 2), chord_starts(Meter(3, 4), 2), chord_starts(Meter(6, 8), 2)
    ([0, 1920], [0, 1920], [0, 1440])
    """
    groups = meter.groups
    if count <= len(groups):
        edges = [0]
        for group in groups[:-1]:
            edges.append(edges[-1] + group * meter.beat_ticks)
        # The nearest edge at or after the even share: the longer half comes first, as in 3/4 and 7/8.
        return [edges[-(-i * len(edges) // count)] for i in range(count)]
    if count <= meter.numerator:
        return [-(-i * meter.numerator // count) * meter.beat_ticks for i in range(count)]
    return [i * meter.bar_ticks // count for i in range(count)]


def make_chords(
    harmony: HarmonyStyle,
    key: Key,
    meter: Meter,
    sections: tuple[SectionPlan, ...],
    dice: Dice,
    *,
    colouring: Colouring,
    numerals: str = "",
    blues: bool = False,
    loop: bool = False,
) -> tuple[PlacedChord, ...]:
    """The harmony of a song whose chords nobody has given."""
    progressions = _progressions(harmony, key, sections, dice, colouring, numerals=numerals, blues=blues)
    filled: list[list[Chord]] = []
    into = 0
    for i, section in enumerate(sections):
        bars = progressions[section.letter]
        # A run of one letter goes on in a progression that is longer than its sections.
        before = sections[i - 1] if i else section
        into = into if (before.letter, before.name) == (section.letter, section.name) else 0
        local = [list(bar) for bar in _cut(bars, section.bars, into)]
        into = (into + section.bars) % len(bars)
        if not numerals:
            die = dice.child("phrase", i)
            following = progressions[sections[(i + 1) % len(sections)].letter][0][0]
            is_last = i + 1 == len(sections)
            if len(bars) < 12:
                _seasoned(local, harmony, key, following, die)
                if not is_last or loop:
                    _led_on(local, harmony, key, following, die)
            if is_last and not loop and section.bars > 1:
                local[-1] = [_home(key, local, colouring, dice)]
        filled.extend(local)
    return placed(filled, meter)


def _progressions(
    harmony: HarmonyStyle,
    key: Key,
    sections: tuple[SectionPlan, ...],
    dice: Dice,
    colouring: Colouring,
    *,
    numerals: str,
    blues: bool,
) -> dict[str, Bars]:
    """One progression per letter, all different as far as the style has enough."""
    if numerals or blues:
        text = numerals or (_MINOR_BLUES if key.is_minor else _BLUES)
        bars = _spelled(parse_progression_bars(text, key), key)
        return {section.letter: bars for section in sections}
    table = _table(harmony, key)
    out: dict[str, Bars] = {}
    used: list[str] = []
    for letter in sorted({section.letter for section in sections}):
        kind = _ROLE_OF_LETTER.get(letter)
        if kind is None:
            kind = next(s.name for s in sections if s.letter == letter)
        elif letter == "B" and any(s.name == "drop" for s in sections):
            kind = "drop"
        texts = _unused(table, kind, used)
        if letter == "A":  # the first material says where home is
            texts = tuple(text for text in texts if _visits_home(text, key)) or texts
        pulls = [_pull_home(text, key) for text in texts]
        text = dice.child("progression", letter).choice(texts, pulls)
        used.append(text)
        die = dice.child("colour", letter)
        bars = _spelled(parse_progression_bars(text, key), key)
        # One throw per chord, not per bar: a held chord does not change its colour.
        colours = {
            chord: coloured(chord, key, colouring.colour) if die.chance(colouring.chance) else chord
            for chord in dict.fromkeys(chord for bar in bars for chord in bar)
        }
        out[letter] = tuple(tuple(colours[chord] for chord in bar) for bar in bars)
    return out


def _spelled(bars: Bars, key: Key) -> Bars:
    """Roots of the key written as in the key: bVII in G# minor is F#, not Gb."""
    return tuple(
        tuple(
            chord.spelled(prefer_flats=key.prefer_flats)
            if key.contains(chord.root) and chord.bass is None
            else chord
            for chord in bar
        )
        for bar in bars
    )


def _visits_home(text: str, key: Key) -> bool:
    return any(chord.root == key.tonic for bar in parse_progression_bars(text, key) for chord in bar)


def _pull_home(text: str, key: Key) -> float:
    """How clearly a progression says what its key is: its weight when one is drawn.

    The chord at the beginning counts most, then the one at the end, then how many bars are at home.
    """
    bars = parse_progression_bars(text, key)
    home = [any(_is_tonic(chord, key) for chord in bar) for bar in bars]
    first, last = _is_tonic(bars[0][0], key), _is_tonic(bars[-1][-1], key)
    return 0.25 + 2.0 * first + 1.0 * last + 2.0 * sum(home) / len(home)


def _is_tonic(chord: Chord, key: Key) -> bool:
    return chord.root == key.tonic and chord.is_minor == key.is_minor


def _table(harmony: HarmonyStyle, key: Key) -> dict[str, tuple[str, ...]]:
    """The progressions for a key's scale, or for the scale most like it."""
    for scale in (key.scale, "minor" if key.is_minor else "major", *harmony.progressions):
        if scale in harmony.progressions:
            return harmony.progressions[scale]
    raise ValueError("a style has progressions")


def _unused(table: dict[str, tuple[str, ...]], kind: str, used: Sequence[str]) -> tuple[str, ...]:
    """What suits a kind of section and was not taken yet: its own, those of its kin, those for any."""
    name: str | None = kind
    while name:
        if fresh := tuple(text for text in table.get(name, ()) if text not in used):
            return fresh
        name = _KIN.get(name)
    plain = table.get("any") or next(iter(table.values()))
    return tuple(text for text in plain if text not in used) or plain


def _cut(bars: Bars, count: int, into: int) -> list[tuple[Chord, ...]]:
    """So many bars of a progression; a blues that is cut short keeps its turnaround."""
    if len(bars) == 12 and count < 12 and into == 0:
        return (
            list(bars[: count - 4] + bars[-4:])
            if count >= 8
            else list(bars[-count:] if count > 2 else bars[:count])
        )
    if len(bars) == 12 and count > 12:
        return [*bars, *(bars[-1:] * (count - 12))] if count < 16 else [bars[i % 12] for i in range(count)]
    return [bars[(into + i) % len(bars)] for i in range(count)]


def _seasoned(local: list[list[Chord]], harmony: HarmonyStyle, key: Key, following: Chord, die: Dice) -> None:
    """A borrowed chord here, a secondary dominant there; phrase by phrase of four bars."""
    for start in range(0, len(local), 4):
        end = min(start + 4, len(local))
        if end - start < 2:
            continue
        if die.chance(harmony.borrowed):
            at = die.between(start + 1, end - 1)
            swapped = borrowed_chord(local[at][-1], key)
            if swapped is not None:
                local[at][-1] = swapped
        if die.chance(harmony.secondary):
            at = die.between(start, end - 1)
            target = local[at + 1][0] if at + 1 < len(local) else following
            dominant = _dominant_of(target, key)
            if dominant is not None and local[at][-1].root not in (dominant.root, target.root):
                local[at] = [local[at][0], dominant]


def _dominant_of(target: Chord, key: Key) -> Chord | None:
    """V7 of a chord of the key other than the first; None where there is no such thing."""
    if target.root == key.tonic or not key.contains(target.root) or 7 not in target.intervals:
        return None
    root = (target.root + 7) % 12
    return (
        Chord.of(root, "7", prefer_flats=key.prefer_flats)
        if 3 in target.intervals or 4 in target.intervals
        else None
    )


def _led_on(local: list[list[Chord]], harmony: HarmonyStyle, key: Key, following: Chord, die: Dice) -> None:
    """Sometimes a dominant at the end of a section whose successor begins at home."""
    if len(local) < 2 or not die.chance(harmony.cadence) or following.root != key.tonic:
        return
    last = local[-1][-1]
    if last.root == (key.tonic + 7) % 12 or last.is_dominant:
        return
    dominant = roman_chord(_home_dominant(key), key)
    local[-1] = [local[-1][0], dominant] if local[-1][0].root != dominant.root else [dominant]


def _home_dominant(key: Key) -> str:
    """What leads home: the dominant, or in modes without one the chord below the tonic."""
    return {"mixolydian": "bVII", "dorian": "bVII", "phrygian": "bII", "locrian": "bII"}.get(key.scale, "V7")


def _home(key: Key, local: list[list[Chord]], colouring: Colouring, dice: Dice) -> Chord:
    """The last chord of a song, coloured as the tonic is coloured elsewhere."""
    for bar in local:
        if bar[0].root == key.tonic and not bar[0].is_dominant:
            return bar[0]
    third = 3 in SCALES[key.scale].steps and 4 not in SCALES[key.scale].steps
    chord = Chord.of(key.tonic, "m" if third else "", prefer_flats=key.prefer_flats)
    return coloured(chord, key, colouring.colour) if dice.child("home").chance(colouring.chance) else chord
