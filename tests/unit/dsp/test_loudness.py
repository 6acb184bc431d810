"""The signals of EBU Tech 3341 and 3342, made here, and pyloudnorm as an independent judge."""

import math
import tracemalloc

import numpy as np
import pyloudnorm
import pytest

from musicgen_desktop.dsp import (
    integrated_lufs,
    loudness_curve,
    loudness_range,
    measure_loudness,
    momentary,
    short_term,
)
from musicgen_desktop.dsp._loudness import k_weighting

RATE = 48_000


def tones(*steps, channels=2, rate=RATE):
    """1 kHz on every channel, for each (dBFS, seconds)."""
    levels = np.concatenate([np.full(round(seconds * rate), 10 ** (db / 20)) for db, seconds in steps])
    tone = levels * np.sin(2 * np.pi * 1000 * np.arange(len(levels)) / rate)
    return np.repeat(tone[:, np.newaxis], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize(
    ("steps", "lufs"),
    [
        pytest.param([(-23, 20)], -23, id="case 1"),
        pytest.param([(-33, 20)], -33, id="case 2"),
        pytest.param([(-36, 10), (-23, 60), (-36, 10)], -23, id="case 3: relative gate"),
        pytest.param([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23, id="case 4: both gates"),
        pytest.param([(-26, 20), (-20, 20.1), (-26, 20)], -23, id="case 5"),
    ],
)
def test_integrated_loudness_of_tech_3341(steps, lufs):
    assert integrated_lufs(tones(*steps), RATE) == pytest.approx(lufs, abs=0.1)


def test_integrated_loudness_of_five_channels_is_case_6_of_tech_3341():
    tone = tones((0, 20), channels=1)
    levels = 10.0 ** (np.array([-28, -28, -24, -30, -30]) / 20)

    assert integrated_lufs(tone * levels, RATE) == pytest.approx(-23.0, abs=0.1)


def test_the_low_frequency_channel_does_not_count():
    tone = tones((-23, 5))
    six = np.concatenate([tone, np.zeros((len(tone), 4), np.float32)], axis=1)
    six[:, 3] = tone[:, 0]

    assert integrated_lufs(six, RATE) == pytest.approx(-23.0, abs=0.1)


def test_short_term_loudness_of_case_9_stands_still():
    curve = short_term(tones(*[(-20, 1.34), (-30, 1.66)] * 5), RATE)

    np.testing.assert_allclose(curve, -23.0, atol=0.1)


def test_momentary_loudness_of_case_12_stands_still():
    curve = momentary(tones(*[(-20, 0.18), (-30, 0.22)] * 25), RATE)

    np.testing.assert_allclose(curve, -23.0, atol=0.1)


@pytest.mark.parametrize("i", range(0, 20, 3))
def test_the_loudest_short_term_is_found_wherever_it_begins_as_case_10_asks(i):
    found = measure_loudness(tones((-200, 0.15 * i + 0.01), (-23, 3), (-200, 1)), RATE)

    assert found.short_term_max_lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("i", range(0, 20, 3))
def test_the_loudest_moment_is_found_wherever_it_begins_as_case_13_asks(i):
    found = measure_loudness(tones((-200, 0.02 * i + 0.01), (-23, 0.4), (-200, 1)), RATE)

    assert found.momentary_max_lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("levels", "range_lu"),
    [((-20, -30), 10), ((-20, -15), 5), ((-40, -20), 20), ((-50, -35, -20, -35, -50), 15)],
)
def test_loudness_range_of_tech_3342(levels, range_lu):
    sound = tones(*[(level, 20) for level in levels])

    assert loudness_range(sound, RATE) == pytest.approx(range_lu, abs=1.0)
    assert measure_loudness(sound, RATE).range_lu == pytest.approx(loudness_range(sound, RATE), abs=1e-4)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 88_200, 96_000, 192_000])
def test_the_level_of_a_tone_does_not_depend_on_the_rate(rate):
    assert integrated_lufs(tones((-23, 3), rate=rate), rate) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_an_independent_meter_agrees_on_noise_with_pauses(rate):
    random = np.random.default_rng(rate)
    sound = np.cumsum(random.standard_normal((4 * rate, 2)), axis=0) * 0.001
    sound += (
        random.standard_normal(sound.shape) * 0.1 * (np.arange(4 * rate) % rate < rate / 2)[:, np.newaxis]
    )

    judge = pyloudnorm.Meter(rate, filter_class="DeMan").integrated_loudness(sound)

    assert integrated_lufs(sound, rate) == pytest.approx(judge, abs=0.02)


def test_the_filters_at_48_khz_are_those_that_the_standard_prints():
    hertz = np.array([20.0, 40.0, 100.0, 500.0, 1500.0, 4000.0, 12_000.0, 20_000.0])
    z = np.exp(-2j * np.pi * hertz / RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    highpass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)

    error = 20 * np.log10(np.abs(k_weighting(RATE, hertz)) / np.abs(shelf * highpass))

    assert np.abs(error).max() < 0.001


def test_silence_and_nothing_are_minus_infinity():
    for frames in (0, 10, RATE):
        found = measure_loudness(np.zeros((frames, 2), np.float32), RATE)

        assert found.integrated_lufs == -math.inf
        assert found.momentary_max_lufs == -math.inf
        assert found.range_lu == 0.0


def test_a_sound_shorter_than_a_gating_block_is_measured_whole():
    assert integrated_lufs(tones((-23, 0.25)), RATE) == pytest.approx(-23.0, abs=0.15)


def test_the_pause_between_two_tones_shows_in_the_curve():
    curve = loudness_curve(tones((-20, 2), (-200, 2), (-20, 2)), RATE, 0.4, 0.1)

    assert len(curve) == 57
    assert curve[0] == pytest.approx(-20.0, abs=0.1)
    assert curve[25] < -90.0
    assert curve[-1] == pytest.approx(-20.0, abs=0.1)


def test_a_window_that_is_no_whole_number_of_hops_is_refused():
    with pytest.raises(ValueError, match="whole number of hops"):
        loudness_curve(tones((-20, 1)), RATE, 0.45, 0.1)


def test_measuring_needs_little_memory_beside_the_sound():
    sound = tones((-23, 30))

    tracemalloc.start()
    integrated_lufs(sound, RATE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4_000_000
