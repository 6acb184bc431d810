import numpy as np
import pytest

from musicgen_desktop.ui.widgets.fader_law import (
    SHUT_DB,
    gain_at,
    position_of,
    positions_of,
    read_db,
    stepped,
    text_of_db,
)


def test_unity_gain_lies_at_three_quarters_and_plus_six_at_the_top():
    assert position_of(0.0) == pytest.approx(0.75)
    assert position_of(6.0) == 1.0
    assert position_of(SHUT_DB) == 0.0


@pytest.mark.parametrize("gain_db", [6.0, 0.0, -6.0, -23.5, -71.0])
def test_a_position_leads_back_to_its_level(gain_db):
    assert gain_at(position_of(gain_db)) == pytest.approx(gain_db)


def test_many_positions_are_those_of_each():
    levels = np.array([9.0, 0.0, -12.0, -90.0])

    assert positions_of(levels).tolist() == pytest.approx([position_of(each) for each in levels])


def test_the_lower_end_is_shut():
    assert gain_at(0.0) == SHUT_DB
    assert gain_at(0.01) == SHUT_DB


def test_steps_stop_at_both_ends():
    assert stepped(5.8, 0.5) == 6.0
    assert stepped(-71.8, -0.5) == SHUT_DB
    assert stepped(SHUT_DB, 0.5) == -72.0
    assert stepped(SHUT_DB, -0.5) == SHUT_DB


@pytest.mark.parametrize(
    ("text", "gain_db"),
    [("-6", -6.0), ("−6,5 dB", -6.5), ("+2", 2.0), ("12", 6.0), ("-inf", SHUT_DB), ("−∞", SHUT_DB)],
)
def test_typed_levels_are_understood(text, gain_db):
    assert read_db(text) == gain_db


@pytest.mark.parametrize("text", ["", "loud", "nan", "6 6 dBu"])
def test_what_is_no_level_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - its words are never shown
        read_db(text)


def test_levels_have_a_sign_and_one_decimal():
    assert [text_of_db(each) for each in (-6.04, 0.0, 3.0, SHUT_DB)] == ["−6.0 dB", "0.0 dB", "+3.0 dB", "−∞"]
