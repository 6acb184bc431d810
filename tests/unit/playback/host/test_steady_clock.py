"""A clock that is learnt from late looks goes evenly, and follows one that drifts or is another."""

import numpy as np
import pytest

from musicgen_desktop.playback.host._steady_clock import SteadyClock

RATE = 48_000
STEP = 480


def told(learnt, clock=None):
    """How far off each frame's moment is, in ms, for what was learnt at each hundredth of a second."""
    clock = clock or SteadyClock(RATE)
    apart = []
    for number, error_s in enumerate(learnt):
        at_s = number * STEP / RATE
        apart.append(1000.0 * (clock.moment_of(number * STEP, at_s + error_s, at_s) - at_s))
    return np.array(apart)


def test_what_is_learnt_first_is_taken_as_it_is():
    assert told([0.25])[0] == pytest.approx(250.0)


def test_two_seconds_of_late_looks_are_hardly_noticed():
    learnt = np.zeros(1_000)
    learnt[500:700] = 0.008

    assert np.abs(told(learnt)).max() < 1.1


def test_in_its_first_seconds_it_is_followed_quickly():
    learnt = np.zeros(200)
    learnt[50:] = 0.003

    assert told(learnt)[120] == pytest.approx(3.0, abs=0.01)


def test_a_look_that_was_better_than_all_before_is_believed_soon():
    learnt = np.full(200, 0.002)
    learnt[100:] = 0.0

    assert told(learnt)[160] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("drift", [100e-6, -100e-6])
def test_a_device_that_drifts_is_followed(drift):
    learnt = np.arange(60_00) * STEP / RATE * drift

    assert told(learnt) == pytest.approx(1000.0 * learnt, abs=0.01)


def test_what_stays_far_off_is_another_clock():
    learnt = np.zeros(1_000)
    learnt[500:] = 0.5

    apart = told(learnt)

    assert apart[540] < 1.0
    assert apart[560] == pytest.approx(500.0)


def test_after_a_starvation_the_clock_is_learnt_anew():
    clock = SteadyClock(RATE)
    told(np.zeros(10), clock)

    clock.forget()

    assert clock.moment_of(10 * STEP, 0.3, 0.1) == pytest.approx(0.3)
