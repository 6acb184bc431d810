import hashlib

import numpy as np
import pytest

from musicgen_desktop.dsp import TpdfDither, tpdf_dither

LSB = 2.0**-15


def a_quiet_sine():
    return (0.4 * LSB * np.sin(2 * np.pi * np.arange(200_000) / 100) + 1e-9)[:, np.newaxis].astype(np.float32)


def test_a_sine_below_the_last_bit_survives_rounding_only_with_dither():
    sine = a_quiet_sine()

    plain = np.rint(sine / LSB)
    dithered = np.rint(tpdf_dither(sine, 16) / LSB)

    assert not plain.any()
    spectrum = np.abs(np.fft.rfft(dithered[:, 0])) / (len(sine) / 2)
    assert spectrum[2000] == pytest.approx(0.4, rel=0.05)
    assert spectrum[4000] < 0.01  # no harmonics
    assert spectrum[6000] < 0.01


def test_the_noise_is_triangular_within_one_bit():
    sound = np.full((100_000, 1), 0.25, np.float32)

    noise = (tpdf_dither(sound, 16) - sound) / LSB

    assert np.abs(noise).max() <= 1.0
    assert noise.mean() == pytest.approx(0.0, abs=0.01)
    assert noise.std() == pytest.approx(np.sqrt(1 / 6), rel=0.02)


def test_digital_silence_stays_silent():
    sound = np.zeros((1000, 2), np.float32)
    sound[:, 0] = 0.5

    found = tpdf_dither(sound, 16)

    assert not found[:, 1].any()
    assert (found[:, 0] != 0.5).mean() > 0.9


def test_blocks_of_any_size_get_the_same_noise():
    sound = np.full((5001, 3), 0.1, np.float32)
    dither = TpdfDither(16, seed=4)

    parts = [dither.process(part) for part in np.split(sound, [1, 2, 5, 300, 301, 4444])]

    np.testing.assert_array_equal(np.concatenate(parts), tpdf_dither(sound, 16, seed=4))


def test_a_seed_gives_the_same_noise_on_every_machine():
    noise = tpdf_dither(np.full((64, 2), 0.5, np.float32), 16, seed=7)

    assert (tpdf_dither(np.full((64, 2), 0.5, np.float32), 16, seed=8) != noise).any()
    assert hashlib.sha256(noise.astype("<f4").tobytes()).hexdigest()[:16] == "35d7a2c31a2d3f5d"


def test_float_needs_no_dither():
    with pytest.raises(ValueError, match="32"):
        tpdf_dither(np.zeros((1, 1), np.float32), 32)
