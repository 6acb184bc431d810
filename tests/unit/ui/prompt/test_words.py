import pytest

from musicgen_desktop.music import Key
from musicgen_desktop.session.controllers.catalogue import prompt_words
from musicgen_desktop.timing import Meter
from musicgen_desktop.ui.prompt._fields import KEYS, METERS, chord_problem
from musicgen_desktop.ui.prompt._words import has_word, with_word, without_word


@pytest.mark.parametrize(
    ("prompt", "word", "left"),
    [
        ("dusty, piano, 82 bpm", "piano", "dusty, 82 bpm"),
        ("piano, dusty", "piano", "dusty"),
        ("dusty, Piano", "piano", "dusty"),
        ("a piano piece", "piano", "a piece"),
        ("piano", "piano", ""),
        ("pianos", "piano", "pianos"),
    ],
)
def test_a_word_leaves_with_its_comma(prompt, word, left):
    assert without_word(prompt, word) == left


def test_a_word_inside_another_is_not_there():
    assert not has_word("lo-fi hip hop", "hi")
    assert not has_word("popular", "pop")
    assert has_word("Pop, dusty", "pop")


def test_what_was_put_in_can_be_taken_out():
    for word in ("lo-fi hip hop", "soul and R&B", "808"):
        assert without_word(with_word("dusty", word), word) == "dusty"


@pytest.mark.parametrize(
    ("text", "place"),
    [("Am F Q G", "Q"), ("Am | X7 | C", "X7"), ("Am-F-Gx", "Gx"), ("% Am", "%")],
)
def test_the_place_of_a_wrong_chord_is_exact(text, place):
    problem = chord_problem(text)

    assert text[problem.start : problem.end] == place
    assert place in problem.sentence


@pytest.mark.parametrize("text", ["", "Am F C G", "| Am | % |", "Am-F-C", "Fm9, Dbmaj7", " | "])
def test_a_line_that_can_be_read_has_no_problem(text):
    assert chord_problem(text) is None


def test_keys_and_meters_of_the_lists_can_be_read():
    assert len({str(Key.parse(key)) for key in KEYS}) == 24
    assert [str(Key.parse(key)) for key in KEYS] == list(KEYS)
    assert [str(Meter.parse(meter)) for meter in METERS] == list(METERS)


def test_there_are_words_of_all_kinds():
    words = prompt_words()

    assert "lo-fi hip hop" in words.styles
    assert "dusty" in words.moods
    assert "electric piano" in words.instruments
    assert not set(words.instruments) & {"drums", "bass", "melody"}
