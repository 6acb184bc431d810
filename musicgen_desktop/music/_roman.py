"""Roman numerals: chords as degrees of a key.

Numerals without an accidental count the key's own scale, so VI in A minor is F. A flat lowers the major
scale's degree and a sharp raises the lower of the two, so bVI in A minor is F as well, and #vi is F#.
Case tells major from minor; behind it stands any chord quality. `V7/vi` is the dominant of vi;
`V/7` stands on the seventh degree of the major scale as its bass.
"""

import re

from musicgen_desktop.foundation import UserInputError

from ._chord import Chord
from ._key import Key
from ._pitch import quoted
from ._scale import SCALES

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_MAJOR = SCALES["major"].steps
_LONGEST = 32
_WRITTEN = re.compile(r"([b#♭♯]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)((?![IViv]).*)", re.DOTALL)
_TARGET = re.compile(r"(.+)/([b#♭♯]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i))")
_BASS = re.compile(r"(.+)/([b#♭♯]?)([1-7])")
# Qualities that already say what the third is, or that there is none.
_OWN_THIRD = re.compile(r"m(?!aj)|-|o(?!mit)|°|º|ø|Ø|dim|half|5|min")


def roman_chord(numeral: str, key: Key) -> Chord:
    """The chord a numeral means in a key.

    >>> c, a = Key.parse("C"), Key.parse("A minor")
    >>> [str(roman_chord(numeral, c)) for numeral in ("ii7", "V7/vi", "bVImaj7", "iiø7", "V/7")]
    ['Dm7', 'E7', 'Abmaj7', 'Dm7b5', 'G/B']
    >>> [str(roman_chord(numeral, a)) for numeral in ("i", "VI", "V7", "viio7", "bVII")]
    ['Am', 'F', 'E7', 'G#dim7', 'G']

    Raises:
        UserInputError: when it is no numeral we know.
    """
    written = numeral.strip()
    if len(written) > _LONGEST:
        raise _unknown(numeral)
    if match := _BASS.fullmatch(written):
        sign = _sign(match[2])
        bass = (key.tonic + _MAJOR[int(match[3]) - 1] + sign) % 12
        chord = roman_chord(match[1], key)
        flats = chord.prefer_flats or sign < 0 or (sign == 0 and key.prefer_flats)
        return Chord.of(chord.root, chord.quality, bass=bass, prefer_flats=flats)
    if match := _TARGET.fullmatch(written):
        target = _plain(match[2], key, numeral)
        inner = Key.of(target.root, "minor" if target.is_minor else "major")
        chord = _plain(match[1], inner, numeral)
        # Roots of the key are spelled as in the key: V/IV in Gb is Gb, though B, its goal, has sharps.
        return chord.spelled(prefer_flats=key.prefer_flats) if key.contains(chord.root) else chord
    return _plain(written, key, numeral)


def roman_name(chord: Chord, key: Key) -> str:
    """The numeral of a chord in a key, such that `roman_chord` gives the chord back.

    >>> c = Key.parse("C")
    >>> [roman_name(Chord.parse(symbol), c) for symbol in ("Am7", "Bb", "Bm7b5", "E7", "G/B", "F#dim7")]
    ['vi7', 'bVII', 'viiø7', 'V7/vi', 'V/7', '#ivo7']
    """
    upper = Chord.of(chord.root, chord.quality, prefer_flats=chord.prefer_flats)
    name = _applied_dominant(upper, key) or _numeral(upper, key)
    if chord.bass is None:
        return name
    step = (chord.bass - key.tonic) % 12
    if step in _MAJOR:
        return f"{name}/{_MAJOR.index(step) + 1}"
    # The five steps between: b2, b3, #4, b6, b7.
    return f"{name}/#4" if step == 6 else f"{name}/b{_MAJOR.index(step + 1) + 1}"


def _plain(written: str, key: Key, whole: str) -> Chord:
    """A numeral without a slash."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise _unknown(whole)
    sign, numeral, suffix = _sign(match[1]), match[2], match[3].strip()
    if numeral.islower() and not _OWN_THIRD.match(suffix):
        suffix = f"m{suffix}"
    degree = _NUMERALS.index(numeral.upper())
    try:
        chord = Chord.of(0, suffix)
    except UserInputError:
        raise _unknown(whole) from None
    is_leading = degree == 6 and sign == 0 and _is_diminished(chord)
    step = 11 if is_leading and key.is_minor else _step(degree, sign, key)
    # A leading tone that is a black key is always a sharp: C# in D minor, though D minor has flats.
    flats = sign < 0 or (sign == 0 and key.prefer_flats and not is_leading)
    return Chord.of(key.tonic + step, chord.quality, prefer_flats=flats)


def _step(degree: int, sign: int, key: Key) -> int:
    """Semitones above the tonic of a degree counted from 0."""
    own, major = _degree_steps(key)[degree], _MAJOR[degree]
    if sign < 0:
        return max(own, major) - 1
    return min(own, major) + 1 if sign > 0 else own


def _degree_steps(key: Key) -> tuple[int, ...]:
    """Seven steps, also for scales that have more or fewer.

    In the minor scales with a raised sixth or seventh, numerals count natural minor, as musicians do:
    VI and VII stay where they are, and only V and vii° show the leading tone.
    """
    if key.scale in ("harmonic minor", "melodic minor"):
        return SCALES["minor"].steps
    steps = SCALES[key.scale].steps
    return steps if len(steps) == 7 else SCALES["minor" if key.is_minor else "major"].steps


def _numeral(chord: Chord, key: Key) -> str:
    """Accidental, numeral and quality."""
    quality = chord.quality
    minor = 3 in chord.intervals
    if minor:
        quality = quality.removeprefix("m")
        if chord.quality.startswith("m7b5"):
            quality = "ø7" + chord.quality.removeprefix("m7b5")
        elif chord.quality.startswith("dim"):
            quality = "o" + chord.quality.removeprefix("dim")
    sign, degree = _written_degree(chord, key)
    numeral = _NUMERALS[degree].lower() if minor else _NUMERALS[degree]
    return {-1: "b", 0: "", 1: "#"}[sign] + numeral + quality


def _written_degree(chord: Chord, key: Key) -> tuple[int, int]:
    """Sign and degree (from 0) to write the root as."""
    step = (chord.root - key.tonic) % 12
    is_leading = key.is_minor and _is_diminished(chord)
    if is_leading and step == 11:
        return 0, 6
    ways = [
        (sign, degree)
        for degree in range(7)
        for sign in (0, -1, 1)
        if _step(degree, sign, key) % 12 == step
        # There vii° is the chord on the leading tone, so one on the natural seventh is written bvii°.
        and not (is_leading and (sign, degree) == (0, 6))
    ]
    # Plain ones first, then flats, but #IV rather than bV.
    return min(ways, key=lambda way: (abs(way[0]), way[0] > 0 and way[1] != 3, way[1]))


def _applied_dominant(chord: Chord, key: Key) -> str | None:
    """`V7/x` for a dominant that is foreign to the key and a fifth above one of its chords."""
    is_dominant = chord.quality in ("", "7", "9", "13", "7b9", "7sus4", "7alt")
    if not is_dominant or (chord.root - key.tonic) % 12 in (0, 7):
        return None
    if all(key.contains(pitch) for pitch in chord.pitch_classes):
        return None
    steps = _degree_steps(key)
    step = (chord.root - 7 - key.tonic) % 12
    if step not in steps or step == 0:
        return None
    degree = steps.index(step)
    third = (steps[(degree + 2) % 7] - step) % 12
    fifth = (steps[(degree + 4) % 7] - step) % 12
    if fifth != 7 or third not in (3, 4):
        return None
    target = _NUMERALS[degree].lower() if third == 3 else _NUMERALS[degree]
    return f"V{chord.quality}/{target}"


def _is_diminished(chord: Chord) -> bool:
    return {3, 6} <= set(chord.intervals)


def _sign(accidental: str) -> int:
    return {"": 0, "b": -1, "♭": -1, "#": 1, "♯": 1}[accidental]


def _unknown(numeral: str) -> UserInputError:
    return UserInputError(
        f"The numeral {quoted(numeral)} is unknown: write a degree and a quality, like ii7 or bVII."
    )
