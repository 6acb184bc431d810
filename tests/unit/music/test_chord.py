import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord

ROOTS = ["C", "C#", "Db", "E", "F", "F♯", "Gb", "A", "B♭", "b", "e"]
GENDERS = ["", "m", "min", "-", "M", "maj", "Δ", "dim", "°", "ø", "aug", "+", "mMaj", "sus4", "dom", "mi"]
NUMBERS = ["", "5", "6", "69", "6/9", "7", "9", "11", "13", "2", "4"]
ADDITIONS = [
    "",
    "b5",
    "#5",
    "(b9)",
    "#9",
    "#11",
    "♭13",
    "add9",
    "add11",
    "sus2",
    "sus4",
    "no3",
    "no5",
    "alt",
    "+",
]
BASSES = ["", "/C", "/Eb", "/F#", "/g"]
LIKE_CHORDS = st.tuples(
    st.sampled_from(ROOTS),
    st.sampled_from(GENDERS),
    st.sampled_from(NUMBERS),
    st.lists(st.sampled_from(ADDITIONS), max_size=3).map("".join),
    st.sampled_from(BASSES),
).map("".join)
ALMOST_CHORDS = st.text(alphabet="ABCDEFGHabcdgijmostu#♭♯Δø°+-^()[]/, 0123456789M\n\t\x00ſÅ", max_size=40)


@pytest.mark.parametrize(
    ("symbol", "root", "intervals", "bass"),
    [
        ("C", 0, (0, 4, 7), None),
        ("Am", 9, (0, 3, 7), None),
        ("F#m7b5/C", 6, (0, 3, 6, 10), 0),
        ("Bdim", 11, (0, 3, 6), None),
        ("Eaug", 4, (0, 4, 8), None),
        ("G5", 7, (0, 7), None),
        ("C6", 0, (0, 4, 7, 9), None),
        ("Dm6", 2, (0, 3, 7, 9), None),
        ("C6/9", 0, (0, 4, 7, 9, 14), None),
        ("C6/9/E", 0, (0, 4, 7, 9, 14), 4),
        ("G7", 7, (0, 4, 7, 10), None),
        ("Cmaj7", 0, (0, 4, 7, 11), None),
        ("CmMaj7", 0, (0, 3, 7, 11), None),
        ("C#dim7", 1, (0, 3, 6, 9), None),
        ("C7#5", 0, (0, 4, 8, 10), None),
        ("Cmaj9", 0, (0, 4, 7, 11, 14), None),
        ("Dm11", 2, (0, 3, 7, 10, 14, 17), None),
        ("G11", 7, (0, 7, 10, 14, 17), None),
        ("G13", 7, (0, 4, 7, 10, 14, 21), None),
        ("Gsus4", 7, (0, 5, 7), None),
        ("Asus2", 9, (0, 2, 7), None),
        ("G7sus4", 7, (0, 5, 7, 10), None),
        ("G9sus4", 7, (0, 5, 7, 10, 14), None),
        ("Cadd9", 0, (0, 4, 7, 14), None),
        ("Cmadd9", 0, (0, 3, 7, 14), None),
        ("Cadd11", 0, (0, 4, 7, 17), None),
        ("G7b9", 7, (0, 4, 7, 10, 13), None),
        ("G7#9", 7, (0, 4, 7, 10, 15), None),
        ("G7b5", 7, (0, 4, 6, 10), None),
        ("G7#11", 7, (0, 4, 7, 10, 18), None),
        ("G7b13", 7, (0, 4, 7, 10, 20), None),
        ("G7alt", 7, (0, 4, 10, 13, 15, 20), None),
        ("G13#11", 7, (0, 4, 7, 10, 14, 18, 21), None),
        ("Bb(b5)", 10, (0, 4, 6), None),
        ("C/Eb", 0, (0, 4, 7), 3),
    ],
)
def test_a_canonical_symbol_is_read_and_written_unchanged(symbol, root, intervals, bass):
    chord = Chord.parse(symbol)

    assert (chord.root, chord.intervals, chord.bass) == (root, intervals, bass)
    assert str(chord) == symbol


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("Cmin7", "Cm7"),
        ("C-7", "Cm7"),
        ("Cmi7", "Cm7"),
        ("CMI7", "Cm7"),
        ("CM7", "Cmaj7"),
        ("CMA7", "Cmaj7"),
        ("CΔ", "Cmaj7"),
        ("CΔ9", "Cmaj9"),
        ("C^7", "Cmaj7"),
        ("Cø", "Cm7b5"),
        ("Cø7", "Cm7b5"),
        ("C°", "Cdim"),
        ("Co7", "Cdim7"),
        ("C+", "Caug"),
        ("C7+", "C7#5"),
        ("C+7", "C7#5"),
        ("C7(b9)", "C7b9"),
        ("C7(♯9, ♭13)", "C7#9b13"),
        ("C7-5", "C7b5"),
        ("Cm(maj7)", "CmMaj7"),
        ("C-Δ7", "CmMaj7"),
        ("CmM7", "CmMaj7"),
        ("C69", "C6/9"),
        ("C2", "Csus2"),
        ("Csus", "Csus4"),
        ("C9sus", "C9sus4"),
        ("CMadd9", "Cadd9"),
        ("Cm(9)", "Cmadd9"),
        ("C7/b9", "C7b9"),
        ("Calt", "C7alt"),
        ("Cdom7", "C7"),
        ("Cmajor", "C"),
        ("B♭m", "Bbm"),
        ("bb7/d", "Bb7/D"),
        ("F♯m7♭5", "F#m7b5"),
        ("Cb5", "B5"),
        (" Am7 ", "Am7"),
    ],
)
def test_other_spellings_mean_the_same(written, symbol):
    chord = Chord.parse(written)

    assert chord == Chord.parse(symbol)
    assert str(chord) == symbol


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N.C.",
        "NC",
        "H",
        "H7",
        "C/",
        "Am7/",
        "C/H",
        "Cm5",
        "C7b11",
        "Cx",
        "C77",
        "Cmaj7maj7",
        "7",
        "#",
        "\x00",
    ],
)
def test_what_is_no_chord_is_explained_in_one_sentence(text):
    with pytest.raises(UserInputError, match=r"^The chord “.*” is unknown: .*\.$"):
        Chord.parse(text)


def test_the_sentence_stays_short_and_on_one_line():
    with pytest.raises(UserInputError) as error:
        Chord.parse("C\n\x1b[31m" + "7" * 10_000)

    assert len(str(error.value)) < 130
    assert str(error.value).isprintable()


@given(st.one_of(LIKE_CHORDS, ALMOST_CHORDS, st.text(max_size=40)))
@example("Cdimsus2add6add13")
@example("C(13)")
def test_any_text_is_a_chord_that_reads_back_or_an_error_for_the_user(text):
    try:
        chord = Chord.parse(text)
    except UserInputError:
        return

    assert Chord.parse(str(chord)) == chord
    assert chord.intervals[0] == 0
    assert list(chord.intervals) == sorted(set(chord.intervals))
    assert len(chord.intervals) >= 2
    assert chord.intervals[-1] <= 24


@given(LIKE_CHORDS, st.integers(-30, 30), st.booleans())
def test_chords_survive_json_and_transposing_there_and_back(text, semitones, prefer_flats):
    try:
        chord = Chord.parse(text).spelled(prefer_flats=prefer_flats)
    except UserInputError:
        return

    there = chord.transposed(semitones)

    assert there.transposed(-semitones).pitch_classes == chord.pitch_classes
    assert Chord.parse(str(there)) == there
    assert msgspec.json.decode(msgspec.json.encode(there), type=Chord) == there


def test_most_symbols_a_player_may_build_are_understood():
    parts = [(g, n, a) for g in ("", "m", "maj") for n in ("7", "9", "13") for a in ADDITIONS if a != "alt"]

    chords = [Chord.parse(f"E{gender}{number}{addition}") for gender, number, addition in parts]

    assert len({chord.intervals for chord in chords}) > 70


def test_pitch_classes_begin_at_the_root_and_leave_the_bass_out():
    chord = Chord.parse("Am7/D")

    assert chord.pitch_classes == (9, 0, 4, 7)
    assert chord.bass_pitch_class == 2
    assert chord.contains(60)
    assert not chord.contains(62)


def test_chords_know_their_gender_and_their_pull():
    am7, g7, gm = Chord.parse("Am7"), Chord.parse("G7"), Chord.parse("Gm")

    assert [chord.is_minor for chord in (am7, g7, gm)] == [True, False, True]
    assert [chord.is_dominant for chord in (am7, g7, gm)] == [False, True, False]


def test_flats_matter_only_where_a_black_key_is_written():
    assert Chord.of(0, "m", prefer_flats=True) == Chord.of(0, "m")
    assert str(Chord.of(10, prefer_flats=True).transposed(3)) == "Db"
    assert str(Chord.parse("Db").spelled(prefer_flats=False)) == "C#"


@pytest.mark.parametrize(
    "fields",
    [
        {"root": 12, "quality": "", "intervals": [0, 4, 7]},
        {"root": 0, "quality": "maj", "intervals": [0, 4, 7]},
        {"root": 0, "quality": "m", "intervals": [0, 4, 7]},
        {"root": 0, "quality": "x", "intervals": [0, 4, 7]},
        {"root": 0, "quality": "", "intervals": [0, 4, 7], "bass": -1},
    ],
)
def test_a_chord_that_contradicts_itself_is_refused_when_read(fields):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, Chord)
