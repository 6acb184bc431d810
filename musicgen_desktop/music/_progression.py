"""Several chords in one line of text."""

import re

from musicgen_desktop.foundation import UserInputError

from ._chord import Chord
from ._key import Key
from ._pitch import quoted
from ._roman import roman_chord

_LONGEST = 8192
_MOST_CHORDS = 1024
# A dash before a capital joins two chords (“Am-F-C-G”); before a number it is part of one (“C-7”).
_BREAK = re.compile(r"[\s,;]+|[-–—]+>?(?=\s*(?:[A-G]|[b#]?[IViv]))|→")
_SILENT = frozenset({"", "-", "–", "—", "->", ":"})
_REPEATS = frozenset({"%", "/"})


def parse_progression(text: str, key: Key | None = None) -> tuple[Chord, ...]:
    """All chords in order, whether bar lines stand between them or not.

    >>> [str(chord) for chord in parse_progression("Am F | C G")]
    ['Am', 'F', 'C', 'G']
    >>> [str(chord) for chord in parse_progression("i VI V7", Key.parse("A minor"))]
    ['Am', 'F', 'E7']

    Args:
        text: chord symbols, parted by spaces, commas, dashes or bar lines.
        key: with a key, roman numerals are read as well.

    Raises:
        UserInputError: when one is no chord, or there is none, or there are more than 1024.
    """
    return tuple(chord for bar in parse_progression_bars(text, key) for chord in bar)


def parse_progression_bars(text: str, key: Key | None = None) -> tuple[tuple[Chord, ...], ...]:
    """The chords of each bar: `|` and line ends part bars; without any `|`, every chord has its own bar.

    `%` alone in a bar repeats the bar before; among chords, `%` and `/` repeat the chord before.

    >>> [[str(chord) for chord in bar] for bar in parse_progression_bars("Am F | % | C")]
    [['Am', 'F'], ['Am', 'F'], ['C']]

    Raises:
        UserInputError: as `parse_progression`.
    """
    if len(text) > _LONGEST:
        raise UserInputError(f"These are too many chords: {_MOST_CHORDS} are the most.")
    has_lines = "|" in text
    written = re.split(r"[|\n]", text) if has_lines else _BREAK.split(text)
    bars: list[tuple[Chord, ...]] = []
    for part in written:
        symbols = [symbol.strip(":") for symbol in _BREAK.split(part)]
        symbols = [symbol for symbol in symbols if symbol not in _SILENT]
        if not symbols:
            continue
        if symbols == ["%"] and bars:
            bars.append(bars[-1])
        else:
            bars.append(_bar(symbols, key, before=bars[-1][-1] if bars else None))
    if not bars:
        raise UserInputError("There are no chords: write some, like “Am F C G”.")
    if sum(map(len, bars)) > _MOST_CHORDS:
        raise UserInputError(f"These are too many chords: {_MOST_CHORDS} are the most.")
    return tuple(bars)


def _bar(symbols: list[str], key: Key | None, before: Chord | None) -> tuple[Chord, ...]:
    chords: list[Chord] = []
    for symbol in symbols:
        if symbol in _REPEATS:
            if before is None:
                raise UserInputError(f"{quoted(symbol)} repeats the chord before it, and there is none yet.")
        else:
            before = _chord(symbol, key)
        chords.append(before)
    return tuple(chords)


def _chord(symbol: str, key: Key | None) -> Chord:
    """No chord symbol looks like a numeral: those begin with a letter from A to G."""
    if key is not None and symbol.lstrip("b#♭♯")[:1] in ("I", "V", "i", "v"):
        return roman_chord(symbol, key)
    return Chord.parse(symbol)
