import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import SCALES, Chord, Key, roman_chord, roman_name

QUALITIES = [
    "",
    "m",
    "7",
    "maj7",
    "m7",
    "mMaj7",
    "dim",
    "dim7",
    "m7b5",
    "aug",
    "sus4",
    "7sus4",
    "9",
    "m9",
    "13",
    "5",
]
QUALITIES += ["6", "m6", "6/9", "add9", "madd9", "7b9", "7alt", "(b5)", "m9b5"]


@pytest.mark.parametrize(
    ("key", "numeral", "symbol"),
    [
        ("C", "I", "C"),
        ("C", "ii7", "Dm7"),
        ("C", "bVII", "Bb"),
        ("C", "♭VI", "Ab"),
        ("C", "iv", "Fm"),
        ("C", "V7", "G7"),
        ("C", "V7/V", "D7"),
        ("C", "V7/vi", "E7"),
        ("C", "viio7", "Bdim7"),
        ("C", "vii°", "Bdim"),
        ("C", "viio7/V", "F#dim7"),
        ("C", "iiø7/ii", "Em7b5"),
        ("C", "Imaj7", "Cmaj7"),
        ("C", "iiø7", "Dm7b5"),
        ("C", "bVImaj7", "Abmaj7"),
        ("C", "IVsus2", "Fsus2"),
        ("C", "V+", "Gaug"),
        ("C", "i5", "C5"),
        ("C", "I6/9", "C6/9"),
        ("C", "IIm7", "Dm7"),
        ("C", "iiM7", "DmMaj7"),
        ("C", "I/3", "C/E"),
        ("C", "V7/4", "G7/F"),
        ("C", "#iv°7", "F#dim7"),
        ("C", "bII", "Db"),
        ("A minor", "VI", "F"),
        ("A minor", "bVI", "F"),
        ("A minor", "VII", "G"),
        ("A minor", "bVII", "G"),
        ("A minor", "#vi°", "F#dim"),
        ("A minor", "viio7", "G#dim7"),
        ("A minor", "V7", "E7"),
        ("A minor", "v", "Em"),
        ("A harmonic minor", "VII", "G"),
        ("D minor", "viio7", "C#dim7"),
        ("D minor", "iiø7/ii", "F#m7b5"),
        ("D dorian", "IV7", "G7"),
        ("G mixolydian", "VII", "F"),
        ("A minor pentatonic", "VI", "F"),
        ("Eb", "IV", "Ab"),
        ("E", "vi", "C#m"),
        ("Gb", "V7/IV", "Gb7"),
    ],
)
def test_a_numeral_means_a_chord_of_the_key(key, numeral, symbol):
    chord = roman_chord(numeral, Key.parse(key))

    assert str(chord) == symbol


@pytest.mark.parametrize(
    ("key", "symbol", "numeral"),
    [
        ("C", "Dm7", "ii7"),
        ("C", "Bb", "bVII"),
        ("C", "D7", "V7/V"),
        ("C", "E", "V/vi"),
        ("C", "Bm7b5", "viiø7"),
        ("C", "F#dim7", "#ivo7"),
        ("C", "Fm", "iv"),
        ("C", "G/B", "V/7"),
        ("C", "Gsus4", "Vsus4"),
        ("A minor", "F", "VI"),
        ("A minor", "E7", "V7"),
        ("A minor", "G#dim7", "viio7"),
        ("A minor", "A7", "I7"),
        ("A minor", "Bb", "bII"),
    ],
)
def test_a_chord_is_named_as_a_musician_would(key, symbol, numeral):
    assert roman_name(Chord.parse(symbol), Key.parse(key)) == numeral


@given(
    st.builds(Key.of, st.integers(0, 11), st.sampled_from(sorted(SCALES))),
    st.integers(0, 11),
    st.sampled_from(QUALITIES),
    st.none() | st.integers(0, 11),
)
def test_every_named_chord_comes_back(key, root, quality, bass):
    chord = Chord.of(root, quality, bass=bass)

    back = roman_chord(roman_name(chord, key), key)

    assert (back.root, back.intervals, back.bass) == (chord.root, chord.intervals, chord.bass)


@pytest.mark.parametrize(
    "numeral", ["", "VIII", "IIII", "iV", "X", "V7/X", "V/8", "/V", "Ix", "bb", "I" * 500, "\x00"]
)
def test_an_unknown_numeral_is_explained(numeral):
    with pytest.raises(UserInputError, match=r"^The numeral “.*” is unknown: .*\.$"):
        roman_chord(numeral, Key.parse("C"))


@given(st.text(max_size=30) | st.text(alphabet="IViv#b/o7ø°mMaj+sus4-69", max_size=14))
def test_any_text_is_a_numeral_or_an_error_for_the_user(text):
    try:
        chord = roman_chord(text, Key.parse("Bb minor"))
    except UserInputError:
        return

    assert Chord.parse(str(chord)) == chord
