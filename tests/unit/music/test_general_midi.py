import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import DRUM, GM_DRUMS, GM_FAMILIES, GM_PROGRAMS, gm_family, gm_program


def test_the_table_has_every_program_in_its_place():
    known = {0: "Acoustic Grand Piano", 24: "Acoustic Guitar (nylon)", 33: "Electric Bass (finger)"}
    known |= {40: "Violin", 56: "Trumpet", 73: "Flute", 80: "Lead 1 (square)", 104: "Sitar", 127: "Gunshot"}

    assert len(GM_PROGRAMS) == len(set(GM_PROGRAMS)) == 128
    assert len(GM_FAMILIES) == 16
    assert {number: GM_PROGRAMS[number] for number in known} == known


def test_every_name_finds_its_program():
    assert [gm_program(name) for name in GM_PROGRAMS] == list(range(128))


@pytest.mark.parametrize(
    ("name", "program"),
    [("rhodes", 4), ("Upright  Bass", 32), ("synth_bass", 38), ("STRINGS", 48), ("sax", 66)],
)
def test_musicians_words_find_a_program(name, program):
    assert gm_program(name) == program


def test_an_unknown_instrument_is_explained():
    with pytest.raises(UserInputError, match=r"“theremin” is unknown.*\.$"):
        gm_program("theremin")


def test_programs_belong_to_families():
    assert [gm_family(number) for number in (0, 33, 48, 127)] == [
        "Piano",
        "Bass",
        "Ensemble",
        "Sound Effects",
    ]


def test_short_drum_names_are_general_midi_drums():
    expected = {
        "kick": 36,
        "snare": 38,
        "rim": 37,
        "clap": 39,
        "closed_hat": 42,
        "pedal_hat": 44,
        "open_hat": 46,
    }
    expected |= {"low_tom": 45, "mid_tom": 47, "high_tom": 50, "crash": 49, "ride": 51, "shaker": 82}

    assert expected.items() <= DRUM.items()
    assert set(DRUM.values()) <= set(GM_DRUMS)
    assert len(set(DRUM.values())) == len(DRUM)


def test_drums_have_their_general_midi_names():
    known = {35: "Acoustic Bass Drum", 38: "Acoustic Snare", 46: "Open Hi-Hat", 56: "Cowbell", 69: "Cabasa"}
    known |= {75: "Claves", 81: "Open Triangle"}

    assert list(GM_DRUMS) == list(range(35, 83))
    assert {pitch: GM_DRUMS[pitch] for pitch in known} == known
