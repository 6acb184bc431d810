import math

import numpy as np
import pytest

from musicgen_desktop.dsp import peak_dbfs, resample, true_peak_dbtp
from musicgen_desktop.dsp._true_peak import interpolator

RATE = 48_000


def a_faded_sine(divisor, degrees, amplitude, rate=RATE):
    at = np.arange(rate)
    fade = np.clip(np.minimum(at, at[::-1]) / 2000, 0, 1)
    return amplitude * fade * np.sin(2 * np.pi * at / divisor + np.radians(degrees))


@pytest.mark.parametrize(
    ("divisor", "degrees", "amplitude", "dbtp"),
    [
        pytest.param(4, 0, 0.5, -6.0, id="case 15"),
        pytest.param(4, 45, 0.5, -6.0, id="case 16"),
        pytest.param(6, 60, 0.5, -6.0, id="case 17"),
        pytest.param(8, 67.5, 0.5, -6.0, id="case 18"),
        pytest.param(4, 45, 1.41, 3.0, id="case 19"),
    ],
)
def test_true_peaks_of_tech_3341(divisor, degrees, amplitude, dbtp):
    found = true_peak_dbtp(a_faded_sine(divisor, degrees, amplitude), RATE)

    assert dbtp - 0.4 <= found <= dbtp + 0.2


def test_a_sine_whose_samples_miss_its_peak_reads_three_decibels_above_them():
    sine = a_faded_sine(4, 45, 1.0)

    assert peak_dbfs(sine) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_dbtp(sine, RATE) == pytest.approx(0.0, abs=0.05)


def test_another_resampler_agrees_on_music_like_noise():
    random = np.random.default_rng(5)
    noise = resample(random.standard_normal((8_000, 2)) * 0.2, 32_000, 48_000)  # nothing above 16 kHz

    judge = peak_dbfs(resample(noise, 48_000, 4 * 48_000))

    assert true_peak_dbtp(noise, RATE) == pytest.approx(judge, abs=0.1)


@pytest.mark.parametrize("frames", [1, 2, 31, 32, 33, 64, 100, 70_000])
def test_leaving_out_quiet_rows_never_misses_the_peak(frames):
    random = np.random.default_rng(frames)
    sound = (random.standard_normal(frames) * random.random(frames) ** 8).astype(np.float32)
    padded = np.concatenate([np.zeros(100, np.float32), sound, np.zeros(150, np.float32)])

    everything = np.lib.stride_tricks.sliding_window_view(padded, len(interpolator())) @ interpolator()
    expected = max(np.abs(everything).max(), np.abs(sound).max())

    assert true_peak_dbtp(sound, RATE) == pytest.approx(20 * math.log10(expected), abs=1e-4)


def test_the_peak_is_never_below_the_samples():
    click = np.zeros((500, 2), np.float32)
    click[[0, 250, 499], 1] = [0.1, 0.9, -0.3]

    assert true_peak_dbtp(click, RATE) == pytest.approx(peak_dbfs(click), abs=1e-6)


@pytest.mark.parametrize("frames", [0, 1000])
def test_silence_is_minus_infinity(frames):
    assert true_peak_dbtp(np.zeros((frames, 2), np.float32), RATE) == -math.inf
