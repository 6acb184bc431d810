import numpy as np
import pytest

from musicgen_desktop.dsp import resample


def a_sine(hertz, rate, seconds=1.0):
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)[:, np.newaxis].astype(
        np.float32
    )


@pytest.mark.parametrize(
    ("old", "new"), [(44_100, 48_000), (48_000, 44_100), (96_000, 48_000), (22_050, 48_000)]
)
def test_a_sine_keeps_its_pitch_phase_and_level(old, new):
    found = resample(a_sine(997.0, old), old, new)

    assert found.shape == (new, 1)
    middle = slice(new // 10, -new // 10)
    error = found[middle] - a_sine(997.0, new)[middle]
    assert np.abs(error).max() < 10 ** (-100 / 20)


def test_what_the_new_rate_cannot_hold_is_removed():
    found = resample(a_sine(30_000.0, 96_000), 96_000, 48_000)

    assert np.abs(found[4800:-4800]).max() < 10 ** (-100 / 20)


def test_the_same_rate_changes_nothing():
    sound = a_sine(440.0, 48_000, 0.1)

    assert resample(sound, 48_000, 48_000) is sound


def test_channels_stay_apart():
    sound = np.concatenate([a_sine(440.0, 48_000), np.zeros((48_000, 1), np.float32)], axis=1)

    found = resample(sound, 48_000, 44_100)

    assert np.abs(found[:, 0]).max() > 0.9
    assert not found[:, 1].any()


@pytest.mark.parametrize("frames", [0, 1, 2, 7])
def test_very_short_sounds_have_the_promised_length(frames):
    assert resample(np.ones((frames, 2), np.float32), 44_100, 48_000).shape == (round(frames * 48 / 44.1), 2)


def test_a_rate_of_zero_is_refused():
    with pytest.raises(ValueError, match="positive"):
        resample(a_sine(440.0, 48_000, 0.1), 0, 48_000)
