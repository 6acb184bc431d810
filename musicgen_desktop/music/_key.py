"""Keys."""

import re
from functools import cached_property, lru_cache

import msgspec

from musicgen_desktop.foundation import UserInputError

from ._pitch import ACCIDENTALS, BLACK_KEYS, LETTERS, PitchClass, pitch_class_name, quoted
from ._scale import PARENT_STEPS, SCALE_SYNONYMS, SCALES

# A "b" is a flat only right behind its letter: "A blues" is no A flat.
_WRITTEN = re.compile(r"([A-Ga-g])([#b♯♭]|[ -]?(?i:sharp|flat)\b|)(.*)", re.ASCII | re.DOTALL)
_LONGEST = 40
_FLAT_MAJORS = frozenset({5, 10, 3, 8, 1})  # F, B flat, E flat, A flat, D flat; F sharp stays sharp


class Key(msgspec.Struct, frozen=True, dict=True):
    """A tonic and a scale.

    Attributes:
        tonic: pitch class, 0 … 11.
        scale: a name from `SCALES`.
        prefer_flats: black keys are written with flats. Only a tonic on a black key leaves the choice; for
            the others it is always what the signature asks for.

    Raises:
        ValueError: for an unknown scale or a tonic out of range.
    """

    tonic: PitchClass
    scale: str = "major"
    prefer_flats: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.tonic <= 11 or self.scale not in SCALES:
            raise ValueError(f"no such key: {self.tonic} {self.scale}")
        # One way to spell a key without an accidental in its name, so that equal keys are equal values.
        if self.tonic not in BLACK_KEYS:
            usual = _parent_major(self.tonic, self.scale) in _FLAT_MAJORS
            msgspec.structs.force_setattr(self, "prefer_flats", usual)

    @classmethod
    def of(cls, tonic: PitchClass, scale: str = "major") -> "Key":
        """A key spelled as usual, with the fewer accidentals.

        >>> str(Key.of(10)), str(Key.of(6, "minor"))
        ('Bb major', 'F# minor')
        """
        tonic %= 12
        return cls(tonic, scale, prefer_flats=_parent_major(tonic, scale) in _FLAT_MAJORS)

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read “F# minor”, “Am”, “Bb”, “D dorian”, “c minor”, “E flat major”.

        >>> str(Key.parse("f#m")), str(Key.parse("Bb")), str(Key.parse("D dorian"))
        ('F# minor', 'Bb major', 'D dorian')

        Raises:
            UserInputError: when it is no key we know.
        """
        return _parse(text)

    @cached_property
    def pitch_classes(self) -> tuple[PitchClass, ...]:
        """The scale, from the tonic up."""
        return tuple((self.tonic + step) % 12 for step in SCALES[self.scale].steps)

    @property
    def is_minor(self) -> bool:
        """Whether the third is minor, as in minor, dorian or phrygian."""
        return SCALES[self.scale].is_minor

    @property
    def tonic_name(self) -> str:
        """“F#”."""
        return pitch_class_name(self.tonic, prefer_flats=self.prefer_flats)

    @property
    def short(self) -> str:
        """“F#m” or “C”, for file names and tags, which know major and minor only."""
        return self.tonic_name + ("m" if self.is_minor else "")

    def __str__(self) -> str:
        return f"{self.tonic_name} {self.scale}"

    def relative(self) -> "Key":
        """The key of the other gender that is written with the same signature.

        >>> str(Key.parse("A minor").relative()), str(Key.parse("Eb").relative())
        ('C major', 'C minor')
        """
        parent = _parent_major(self.tonic, self.scale)
        if self.is_minor:
            return Key(parent, "major", self.prefer_flats)
        return Key((parent + 9) % 12, "minor", self.prefer_flats)

    def transposed(self, semitones: int) -> "Key":
        """The same scale elsewhere, spelled as usual."""
        return Key.of((self.tonic + semitones) % 12, self.scale)

    def contains(self, pitch: int) -> bool:
        """Whether a pitch or pitch class lies in the scale."""
        return (pitch - self.tonic) % 12 in SCALES[self.scale].steps

    def degree_of(self, pitch_class: PitchClass) -> int | None:
        """Which step of the scale this is, counted from 1; None outside it.

        >>> Key.parse("A minor").degree_of(4), Key.parse("A minor").degree_of(8)
        (5, None)
        """
        step = (pitch_class - self.tonic) % 12
        steps = SCALES[self.scale].steps
        return steps.index(step) + 1 if step in steps else None


def _parent_major(tonic: PitchClass, scale: str) -> PitchClass:
    """The tonic of the major key with the same signature."""
    return (tonic - PARENT_STEPS.get(scale, 0)) % 12


@lru_cache(maxsize=1024)
def _parse(text: str) -> Key:
    shown = text.strip()
    match = _WRITTEN.fullmatch(shown) if len(shown) <= _LONGEST else None
    scale = None if match is None else _scale_named(match[3])
    if match is None or scale is None:
        raise UserInputError(
            f"The key {quoted(text)} is unknown: write a note and a scale, like F# minor, Bb or D dorian."
        )
    letter = match[1].upper()
    written = match[2].strip(" -").lower()
    accidental = {"sharp": "#", "flat": "b"}.get(written, written)
    tonic = (LETTERS[letter] + ACCIDENTALS[accidental]) % 12
    return Key(tonic, scale, prefer_flats=ACCIDENTALS[accidental] < 0)


def _scale_named(written: str) -> str | None:
    if written.strip() == "M":
        return "major"
    name = " ".join(written.lower().replace("_", " ").split())
    name = name.removesuffix(" scale").removesuffix(" mode")
    name = SCALE_SYNONYMS.get(name, name)
    return name if name in SCALES else None
