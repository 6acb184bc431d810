import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Key, parse_pitch, pitch_class_name, pitch_name


@given(st.integers(0, 127), st.sampled_from(["C", "Eb", "F# minor"]))
def test_every_pitch_reads_back(midi, key):
    name = pitch_name(midi, Key.parse(key))

    assert parse_pitch(name) == midi


def test_middle_c_is_c4_and_the_key_chooses_the_spelling():
    names = [pitch_name(60), pitch_name(61), pitch_name(61, Key.parse("F")), pitch_name(61, octave=False)]

    assert names == ["C4", "C#4", "Db4", "C#"]
    assert pitch_class_name(15, prefer_flats=True) == "Eb"


@pytest.mark.parametrize(
    ("text", "midi"), [("c4", 60), ("B♭2", 46), ("B#3", 60), ("Cb4", 59), ("C-1", 0), ("G9", 127)]
)
def test_pitches_are_read_as_people_write_them(text, midi):
    assert parse_pitch(text) == midi


@pytest.mark.parametrize("text", ["", "C", "H4", "C10", "G#9", "Cb-1", "C##4", "60", "C٤"])
def test_a_pitch_that_does_not_exist_is_explained(text):
    with pytest.raises(UserInputError, match=r"pitch.*\.$"):
        parse_pitch(text)
