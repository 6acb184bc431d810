import math

import msgspec
import numpy as np
import pytest

from musicgen_desktop.playback.mixer import (
    Curve,
    InsertSettings,
    Mixer,
    SendSettings,
    Strip,
    StripSettings,
    resolve_parameters,
)
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)


def a_strip(**settings):
    return StripSettings("strip", output="master", **settings)


def ones(frames=256):
    return np.ones((2, frames), np.float32)


def through(settings, sound, block=8192, start=0):
    strip = Strip(settings, RATE, TEMPO)
    pieces = [
        strip.process(sound[:, at : at + block].copy(), start + at, lambda *_: None)
        for at in range(0, sound.shape[1], block)
    ]
    return np.concatenate(pieces, axis=1)


def an_insert(effect, curves=(), **parameters):
    return InsertSettings("i", effect, resolve_parameters(effect, parameters), curves=curves)


def levels_db(block):
    left, right = block[:, -1].astype(float)
    return [20 * math.log10(max(abs(each), 1e-9)) for each in (left, right)]


@pytest.mark.parametrize(
    ("pan", "left_db", "right_db"),
    [(0.0, -3.01, -3.01), (-1.0, 0.0, -180.0), (1.0, -180.0, 0.0), (0.5, -8.34, -0.69)],
)
def test_mono_is_panned_by_equal_power(pan, left_db, right_db):
    left, right = levels_db(through(a_strip(is_mono=True, pan=pan), ones()))

    assert left == pytest.approx(left_db, abs=0.01)
    assert right == pytest.approx(right_db, abs=0.01)


@pytest.mark.parametrize(
    ("pan", "left_db", "right_db"), [(0.0, 0.0, 0.0), (0.5, -6.02, 0.0), (-1.0, 0.0, -180.0)]
)
def test_stereo_is_balanced(pan, left_db, right_db):
    left, right = levels_db(through(a_strip(pan=pan), ones()))

    assert left == pytest.approx(left_db, abs=0.01)
    assert right == pytest.approx(right_db, abs=0.01)


@pytest.mark.parametrize("is_mono", [True, False])
def test_a_moving_pan_obeys_the_same_law_as_one_that_stands_still(is_mono):
    standing = Curve((0,), (0.3,), (True,))

    moving = through(a_strip(is_mono=is_mono, pan_curve=standing), ones())

    np.testing.assert_allclose(moving, through(a_strip(is_mono=is_mono, pan=0.3), ones()), rtol=1e-6)


def test_the_fader_scales_and_shuts():
    assert levels_db(through(a_strip(gain_db=-6.0), ones()))[0] == pytest.approx(-6.0, abs=0.01)
    assert through(a_strip(gain_db=-120.0), ones()).max() == 0.0


def test_trim_and_polarity_come_before_the_inserts():
    hot = a_strip(trim_gain=-10.0, inserts=(an_insert("limiter"),))

    output = through(hot, ones(4000) * np.float32(0.5))

    assert output.min() > -1.0
    assert output[0, -1] == pytest.approx(-0.89, abs=0.02)


def test_a_pre_fader_send_does_not_follow_the_fader_and_a_post_fader_send_does():
    sends = (SendSettings("a", "pre", -6.0, pre_fader=True), SendSettings("b", "post", -6.0))
    got = {}

    Strip(a_strip(gain_db=-20.0, sends=sends), RATE, TEMPO).process(ones(), 0, got.__setitem__)

    assert levels_db(got["pre"])[0] == pytest.approx(-6.0, abs=0.01)
    assert levels_db(got["post"])[0] == pytest.approx(-26.0, abs=0.01)
    assert levels_db(got["master"])[0] == pytest.approx(-20.0, abs=0.01)


def test_a_bypassed_insert_keeps_its_latency():
    late = msgspec.structs.replace(an_insert("gain", gain_db=12.0), bypassed=True, latency_frames=37)
    sound = np.zeros((2, 100), np.float32)
    sound[:, 5] = 1.0

    output = through(a_strip(inserts=(late,)), sound, block=16)

    assert np.flatnonzero(output[0]).tolist() == [42]
    assert output[0, 42] == 1.0


def test_bad_samples_become_silence_and_do_not_stay_in_the_filters():
    sound = ones(2000) * np.float32(0.1)
    sound[0, 100], sound[1, 200], sound[0, 300] = np.nan, np.inf, -np.inf
    strip = Strip(a_strip(inserts=(an_insert("equalizer", peak1_db=6.0),)), RATE, TEMPO)

    output = strip.process(sound, 0, lambda *_: None)

    assert np.isfinite(output).all()
    assert output[0, -1] == pytest.approx(0.1, abs=0.02)
    assert strip.repaired == 3


MOVING = {
    "gain": {"gain_curve": Curve((1000, 9000, 9000), (-40.0, 6.0, -3.0), (False, False, True))},
    "pan": {"pan_curve": Curve((0, 12000), (-1.0, 1.0), (False, True)), "is_mono": True},
    "mute": {"muted_curve": Curve((0, 5000, 7003), (0.0, 1.0, 0.0), (True, True, True))},
    "equalizer": {
        "inserts": (an_insert("equalizer", (("peak1_db", Curve((0, 8000), (-12.0, 12.0), (False, True))),)),)
    },
    "filter": {
        "inserts": (
            an_insert("filter", (("cutoff_hz", Curve((500, 9000), (200.0, 9000.0), (False, True))),)),
        )
    },
    "reverb": {"inserts": (an_insert("reverb", (("wet", Curve((0, 9000), (0.0, 1.0), (False, True))),)),)},
    "delay": {
        "inserts": (
            an_insert("delay", (("feedback", Curve((0, 9000), (0.0, 0.9), (False, True))),), time_ms=20.0),
        )
    },
}


@pytest.mark.parametrize("what", sorted(MOVING))
@pytest.mark.parametrize("block", [1, 63, 64, 511, 4096])
def test_automation_sounds_the_same_at_any_block_size(what, block, make):
    sound = np.ascontiguousarray(make.noise(1400 if block == 1 else 12000).T)
    settings = a_strip(**MOVING[what], arrival_frames=17)

    output = through(settings, sound, block)

    assert np.array_equal(output, through(settings, sound, 8192))


def test_automation_moves_without_steps():
    output = through(a_strip(**MOVING["gain"]), ones(8000))

    assert np.abs(np.diff(output[0])).max() < 0.003


def test_an_automated_mute_closes_and_opens():
    output = through(a_strip(**MOVING["mute"]), ones(12000))

    assert output[:, 5064:6976].max() == 0.0
    assert output[:, :4900].min() == 1.0
    assert output[:, 7100:].min() == 1.0


def test_a_bus_sums_what_it_gets():
    strips = [
        StripSettings("one", output="bus", gain_db=-6.0),
        StripSettings("two", output="bus"),
        StripSettings("bus", output="master", gain_db=-6.0),
    ]
    readers = dict.fromkeys(("one", "two"), lambda _start, frames: ones(frames))

    output = Mixer(strips, "master", readers, RATE, TEMPO).process(0, 64)

    gain = 10 ** (-6 / 20)
    np.testing.assert_allclose(output, (gain + 1.0) * gain, rtol=1e-6)
