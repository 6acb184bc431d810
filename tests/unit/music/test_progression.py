import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord, Key, parse_progression, parse_progression_bars


def bars_of(text, key=None):
    return [" ".join(str(chord) for chord in bar) for bar in parse_progression_bars(text, key)]


@pytest.mark.parametrize(
    "text",
    ["Am F C G", "Am, F, C, G", "Am-F-C-G", "Am – F → C; G", "| Am | F | C | G |", "|: Am | F |\n C | G :|"],
)
def test_a_progression_may_be_written_in_many_ways(text):
    chords = parse_progression(text)

    assert chords == tuple(Chord.parse(symbol) for symbol in ("Am", "F", "C", "G"))
    assert bars_of(text) == ["Am", "F", "C", "G"]


def test_bar_lines_say_how_many_chords_share_a_bar():
    assert bars_of("Am F | C | G7 E7/G#") == ["Am F", "C", "G7 E7/G#"]


def test_signs_repeat_what_came_before():
    assert bars_of("Am F | % | C / / G") == ["Am F", "Am F", "C C C G"]
    assert bars_of("Am % F") == ["Am", "Am", "F"]


def test_a_dash_inside_a_chord_is_no_break():
    assert bars_of("C-7 F-7 B♭7") == ["Cm7", "Fm7", "Bb7"]


def test_with_a_key_numerals_are_read_among_chords():
    assert bars_of("i-VI-bVII | V7/iv Dm", Key.parse("A minor")) == ["Am F G", "A7 Dm"]


def test_without_a_key_a_numeral_is_no_chord():
    with pytest.raises(UserInputError, match="“VI”"):
        parse_progression("Am VI")


@pytest.mark.parametrize("text", ["", " | ", "%", "/ C", "Am N.C. F", "C " * 1025, "C" * 9000])
def test_what_is_no_progression_is_explained(text):
    with pytest.raises(UserInputError, match=r"^[A-Z“].*\.$") as error:
        parse_progression(text)

    assert len(str(error.value)) < 140


@given(st.text(alphabet="ABCFGm7#b|%/-→ \nIViv", max_size=60))
def test_any_text_is_a_progression_or_an_error_for_the_user(text):
    try:
        bars = parse_progression_bars(text, Key.parse("C"))
    except UserInputError:
        return

    assert bars
    assert all(bars)
    written = " | ".join(" ".join(str(chord) for chord in bar) for bar in bars)
    assert parse_progression_bars(f"|{written}") == bars
