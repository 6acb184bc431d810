import math

import numpy as np
import pytest

from musicgen_desktop.dsp import peak_dbfs, rms_dbfs


def test_a_full_scale_sine_has_peak_zero_and_rms_three_below():
    sine = np.sin(2 * np.pi * np.arange(48_000) / 480)

    assert peak_dbfs(sine) == pytest.approx(0.0, abs=1e-6)
    assert rms_dbfs(sine) == pytest.approx(-3.0103, abs=1e-4)


def test_the_peak_may_be_negative_and_on_any_channel():
    sound = np.zeros((100, 3), np.float32)
    sound[50, 2] = -0.5

    assert peak_dbfs(sound) == pytest.approx(-6.0206, abs=1e-4)


@pytest.mark.parametrize("frames", [0, 100])
def test_silence_is_minus_infinity(frames):
    silence = np.zeros((frames, 2), np.float32)

    assert peak_dbfs(silence) == -math.inf
    assert rms_dbfs(silence) == -math.inf
