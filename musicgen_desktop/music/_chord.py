"""Chords and their symbols."""

import re
from functools import cached_property, lru_cache

import msgspec

from musicgen_desktop.foundation import UserInputError

from ._chord_quality import quality_name, read_quality
from ._pitch import ACCIDENTALS, BLACK_KEYS, LETTERS, PitchClass, pitch_class_name, quoted

_LONGEST = 32
_WRITTEN = re.compile(r"([A-Ga-g])([#b♯♭]?)(.*?)(?:\s*/\s*([A-Ga-g])([#b♯♭]?))?", re.ASCII)


class Chord(msgspec.Struct, frozen=True, dict=True):
    """A chord symbol: a root, what stands on it, and perhaps another bass. Make one with `parse` or `of`.

    Attributes:
        root: pitch class.
        quality: canonical text behind the root: `""`, `m7b5`, `maj9`, `7sus4` …
        intervals: semitones above the root, ascending from 0, at most 24.
        bass: pitch class under the slash, None without one.
        prefer_flats: root and bass are written with flats; always False when neither is a black key.

    Raises:
        ValueError: when quality and intervals do not belong together, or a pitch class is out of range.
    """

    root: PitchClass
    quality: str
    intervals: tuple[int, ...]
    bass: PitchClass | None = None
    prefer_flats: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.root <= 11 or not (self.bass is None or 0 <= self.bass <= 11):
            raise ValueError("a pitch class lies between 0 and 11")
        if _intervals_of(self.quality) != self.intervals:
            raise ValueError(f"not a canonical chord quality: {self.quality!r} {self.intervals}")
        # One way to write a chord, so that equal chords are equal values.
        if self.prefer_flats and self.root not in BLACK_KEYS and self.bass not in BLACK_KEYS:
            msgspec.structs.force_setattr(self, "prefer_flats", False)  # noqa: FBT003

    @classmethod
    def of(
        cls,
        root: PitchClass,
        quality: str = "",
        *,
        bass: PitchClass | None = None,
        prefer_flats: bool = False,
    ) -> "Chord":
        """A chord from its parts; the quality may be written in any way `parse` reads.

        >>> str(Chord.of(5, "min7")), str(Chord.of(10, "", bass=2, prefer_flats=True))
        ('Fm7', 'Bb/D')

        Raises:
            UserInputError: when the quality is unknown.
        """
        tones = read_quality(quality)
        name = None if tones is None else quality_name(tones)
        if tones is None or name is None:
            raise _unknown(quality)
        lowered = None if bass is None else bass % 12
        return cls(root % 12, name, tuple(sorted(tones)), lowered, prefer_flats)

    @classmethod
    def parse(cls, text: str) -> "Chord":
        """Read a chord symbol, however it is written.

        >>> str(Chord.parse("F#m7b5/C")), str(Chord.parse("B♭Δ9")), str(Chord.parse("C-7"))
        ('F#m7b5/C', 'Bbmaj9', 'Cm7')

        Raises:
            UserInputError: when it is no chord symbol.
        """
        return _parse(text)

    def __str__(self) -> str:
        symbol = pitch_class_name(self.root, prefer_flats=self.prefer_flats) + self.quality
        if self.bass is None:
            return symbol
        return f"{symbol}/{pitch_class_name(self.bass, prefer_flats=self.prefer_flats)}"

    @cached_property
    def pitch_classes(self) -> tuple[PitchClass, ...]:
        """The chord tones from the root up, each once; a slash bass is not among them unless it is one.

        >>> Chord.parse("Am7/D").pitch_classes
        (9, 0, 4, 7)
        """
        return tuple(dict.fromkeys((self.root + interval) % 12 for interval in self.intervals))

    @property
    def bass_pitch_class(self) -> PitchClass:
        """What the bass plays: the note under the slash, else the root."""
        return self.root if self.bass is None else self.bass

    @property
    def is_minor(self) -> bool:
        """Whether the third is minor."""
        return 3 in self.intervals

    @property
    def is_dominant(self) -> bool:
        """Whether it wants to fall a fifth: major third and minor seventh."""
        return {4, 10} <= set(self.intervals)

    def contains(self, pitch: int) -> bool:
        """Whether a pitch or pitch class is a chord tone."""
        return pitch % 12 in self.pitch_classes

    def transposed(self, semitones: int) -> "Chord":
        """The same chord elsewhere.

        >>> str(Chord.parse("Bb7/D").transposed(-3))
        'G7/B'
        """
        bass = None if self.bass is None else (self.bass + semitones) % 12
        root = (self.root + semitones) % 12
        return msgspec.structs.replace(self, root=root, bass=bass)

    def spelled(self, *, prefer_flats: bool) -> "Chord":
        """The same chord written with flats, or with sharps."""
        return msgspec.structs.replace(self, prefer_flats=prefer_flats)


@lru_cache(maxsize=1024)
def _intervals_of(quality: str) -> tuple[int, ...] | None:
    """The intervals of a canonical quality; None for text that is not canonical."""
    tones = read_quality(quality)
    return tuple(sorted(tones)) if tones is not None and quality_name(tones) == quality else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Chord:
    symbol = text.strip()
    match = _WRITTEN.fullmatch(symbol) if len(symbol) <= _LONGEST else None
    if match is None:
        raise _unknown(text)
    letter, accidental, quality, bass_letter, bass_accidental = match.groups()
    tones = read_quality(quality)
    name = None if tones is None else quality_name(tones)
    if tones is None or name is None:
        raise _unknown(text)
    root = (LETTERS[letter.upper()] + ACCIDENTALS[accidental]) % 12
    bass = None
    if bass_letter is not None:
        bass = (LETTERS[bass_letter.upper()] + ACCIDENTALS[bass_accidental]) % 12
    signs = accidental or bass_accidental or ""
    return Chord(root, name, tuple(sorted(tones)), bass, prefer_flats=signs in ("b", "♭"))


def _unknown(text: str) -> UserInputError:
    return UserInputError(
        f"The chord {quoted(text)} is unknown: write a root and a quality, like Am7, F#m7b5 or Gsus4/D."
    )
