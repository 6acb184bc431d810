import pytest

from musicgen_desktop.generation.musicgen.prompt import woven


def test_settings_are_woven_into_the_words():
    assert woven("Warm piano.", 92.0, "A minor", "4/4", 8) == "Warm piano, 92 bpm, A minor, 4/4, 8 bars"


def test_an_empty_prompt_becomes_the_settings_alone():
    assert woven(" ", 120.04, None, "3/4") == "120 bpm, 3/4"
    assert woven("") == ""


@pytest.mark.parametrize("prompt", ["jazz at 140 BPM", "jazz, bpm: 140", "140 beats per minute"])
def test_a_tempo_that_the_prompt_names_stands(prompt):
    assert woven(prompt, 92.0) == prompt


@pytest.mark.parametrize(
    "prompt",
    [
        "a waltz in C",
        "sad song, F# minor",
        "Bb major swing",
        "B-flat major",
        "in the key of D",
        "Am arpeggio",
    ],
)
def test_a_key_that_the_prompt_names_stands(prompt):
    assert woven(prompt, key="E minor") == prompt


@pytest.mark.parametrize(
    "prompt", ["a minor piece of work", "In Amsterdam", "a big band", "in Cuba", "for a film"]
)
def test_words_that_only_begin_like_a_key_do_not_hide_it(prompt):
    assert woven(prompt, key="E minor") == f"{prompt}, E minor"


@pytest.mark.parametrize("prompt", ["6/8 groove", "slow waltz"])
def test_a_meter_that_the_prompt_names_stands(prompt):
    assert woven(prompt, meter="4/4") == prompt


@pytest.mark.parametrize("prompt", ["a 16-bar loop", "eight bars of funk"])
def test_bars_that_the_prompt_names_stand(prompt):
    assert woven(prompt, bars=4) == prompt


def test_one_bar_is_singular_and_a_bar_to_drink_in_is_none():
    assert woven("music of a hotel bar", bars=1) == "music of a hotel bar, 1 bar"
