"""Typing slips: which unknown words are meant to be known ones."""

import difflib
from collections.abc import Collection, Iterable
from functools import lru_cache

# Words that stand beside numbers and letters; the others are looked up when the words are read.
_BESIDE_FIGURES = (
    "bpm",
    "tempo",
    "minor",
    "major",
    "bars",
    "measures",
    "seconds",
    "minutes",
    "sharp",
    "flat",
    "dorian",
    "phrygian",
    "lydian",
    "mixolydian",
    "chords",
    "progression",
    "intro",
    "verse",
    "chorus",
    "bridge",
    "outro",
    "without",  # misread, it would turn the wish round
)
_LIKENESS = 0.86
_LEAST, _LEAST_SWAPPED = 4, 3


def slips(words: Iterable[str], is_known: Collection[str]) -> dict[str, str]:
    """Misspelt words of music beside figures → what they should be.

    Args:
        words: in lower case.
        is_known: words that are right as they are.
    """
    found: dict[str, str] = {}
    for word in words:
        if word.isalpha() and word not in is_known and (right := near(word, _BESIDE_FIGURES, _LIKENESS)):
            found[word] = right
    return found


def near(word: str, known: tuple[str, ...], likeness: float) -> str | None:
    """The known word that a slip of the finger made this one: two letters swapped, or one or so amiss."""
    if len(word) >= _LEAST_SWAPPED and word.isascii():
        for i in range(len(word) - 1):
            swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            if swapped != word and swapped in _set_of(known):
                return swapped
    if len(word) < _LEAST:
        return None
    matches = difflib.get_close_matches(word, known, n=1, cutoff=likeness)
    return matches[0] if matches and matches[0][0] == word[0] else None


@lru_cache(maxsize=8)
def _set_of(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
