import math

import pytest

from musicgen_desktop.dsp import balance_gains, db_to_gain, gain_to_db, pan_gains


def test_six_decibels_are_about_a_factor_of_two():
    assert db_to_gain(6.0206) == pytest.approx(2.0, rel=1e-5)
    assert gain_to_db(0.5) == pytest.approx(-6.0206, abs=1e-4)


def test_silence_is_minus_infinity_and_back():
    assert gain_to_db(0.0) == -math.inf
    assert db_to_gain(-math.inf) == 0.0


@pytest.mark.parametrize("db", [-90.0, -18.0, 0.0, 6.0])
def test_decibels_and_gains_are_inverse(db):
    assert gain_to_db(db_to_gain(db)) == pytest.approx(db, abs=1e-9)


@pytest.mark.parametrize("pan", [-1.0, -0.7, -0.1, 0.0, 0.3, 0.9, 1.0])
def test_pan_keeps_the_power(pan):
    left, right = pan_gains(pan)

    assert left**2 + right**2 == pytest.approx(1.0)


def test_pan_is_three_decibels_down_in_the_centre_and_silent_on_the_far_side():
    assert [gain_to_db(g) for g in pan_gains(0.0)] == pytest.approx([-3.0103, -3.0103], abs=1e-4)
    assert pan_gains(-1.0) == (1.0, 0.0)
    assert pan_gains(1.0) == (0.0, 1.0)


def test_pan_moves_to_the_right_when_it_grows():
    lefts = [pan_gains(pan / 10)[0] for pan in range(-10, 11)]

    assert lefts == sorted(lefts, reverse=True)


def test_balance_is_unity_in_the_centre_and_falls_linearly_on_the_far_side():
    assert balance_gains(0.0) == (1.0, 1.0)
    assert balance_gains(0.25) == (0.75, 1.0)
    assert balance_gains(-1.0) == (1.0, 0.0)


def test_pan_beyond_the_edge_is_held_and_no_number_is_refused():
    assert pan_gains(3.0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="not a number"):
        pan_gains(math.nan)
