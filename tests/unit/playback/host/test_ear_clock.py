"""Frames leave a block at a time; keys are struck in between."""

import numpy as np
import pytest

from musicgen_desktop.playback.host._ear_clock import EarClock

RATE, BLOCK = 48_000, 512


def looks(seconds, late=lambda _number: 0.0, every=0.007, begun=100.0):
    """A clock that has looked at a device that takes a block when it should, or later."""
    clock = EarClock(RATE)
    takes = np.array([n * BLOCK / RATE + late(n) for n in range(int(seconds * RATE / BLOCK) + 1)])
    for moment in np.arange(0.0, seconds, every):
        clock.see(begun + moment, BLOCK * int(np.searchsorted(takes, moment, side="right")))
    return clock


def test_nothing_is_known_before_the_first_look():
    assert EarClock(RATE).frame_at(1.0, BLOCK) is None


@pytest.mark.parametrize("moment", [3.0, 3.003, 3.011])
def test_a_moment_between_two_blocks_is_a_frame_between_them(moment):
    assert looks(4.0).frame_at(100.0 + moment, BLOCK) == pytest.approx(moment * RATE, abs=60)


def test_late_callbacks_do_not_count():
    hiccups = looks(4.0, late=lambda number: 0.05 if number % 40 == 0 else 0.002 * (number % 3))

    assert hiccups.frame_at(103.5, BLOCK) == pytest.approx(3.5 * RATE, abs=60)


def test_a_gap_is_forgotten_within_seconds():
    starved = looks(6.0, late=lambda number: 0.3 if number > 100 else 0.0)

    assert starved.frame_at(105.9, BLOCK) == pytest.approx((5.9 - 0.3) * RATE, abs=60)
