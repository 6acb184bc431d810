"""Pan and balance, over their whole range, standing and moving, offline and live."""

import math

import numpy as np
import pytest

from musicgen_desktop.playback.mixer import Curve, LiveMixer, Strip, StripSettings
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)
PANS = [round(-1.0 + 0.05 * step, 2) for step in range(41)]


def equal_power(pan):
    angle = (pan + 1.0) * math.pi / 4
    return math.cos(angle), math.sin(angle)


def balance(pan):
    return min(1.0, 1.0 - pan), min(1.0, 1.0 + pan)


LAWS = {True: equal_power, False: balance}


def offline(settings, frames=64):
    return Strip(settings, RATE, TEMPO).process(np.ones((2, frames), np.float32), 0, lambda *_: None)


def live(settings, frames=64):
    mixer = LiveMixer([settings, StripSettings("master")], RATE, TEMPO)
    ones = np.ones((2, frames), np.float32)
    return mixer.process(
        0, frames, Playhead(), lambda strip_id, *_: ones.copy() if strip_id == "one" else None
    )


def decibels(gain):
    return 20 * math.log10(max(float(gain), 1e-5))


@pytest.mark.parametrize("play", [offline, live])
@pytest.mark.parametrize("is_mono", [True, False])
@pytest.mark.parametrize("pan", PANS)
def test_both_sides_follow_the_law_within_a_hundredth_of_a_decibel(play, is_mono, pan):
    left, right = play(StripSettings("one", is_mono=is_mono, pan=pan, output="master"))[:, -1]

    wanted = LAWS[is_mono](pan)
    assert decibels(left) == pytest.approx(decibels(wanted[0]), abs=0.01)
    assert decibels(right) == pytest.approx(decibels(wanted[1]), abs=0.01)


@pytest.mark.parametrize("play", [offline, live])
@pytest.mark.parametrize("is_mono", [True, False])
def test_a_pan_that_travels_follows_the_law_at_every_place(play, is_mono):
    frames = 64 * 400
    across = Curve((0, frames), (-1.0, 1.0), (False, True))
    settings = StripSettings("one", is_mono=is_mono, pan_curve=across, output="master")

    moved = play(settings, frames)[:, ::64]

    for index in range(4, 396):
        wanted = LAWS[is_mono](-1.0 + 2.0 * index / 400)
        assert decibels(moved[0, index]) == pytest.approx(decibels(wanted[0]), abs=0.01)
        assert decibels(moved[1, index]) == pytest.approx(decibels(wanted[1]), abs=0.01)


def test_a_mono_source_in_the_centre_is_3_db_down_on_each_side():
    left, right = live(StripSettings("one", is_mono=True, output="master"))[:, -1]

    assert decibels(left) == pytest.approx(-3.01, abs=0.01)
    assert decibels(right) == pytest.approx(-3.01, abs=0.01)
