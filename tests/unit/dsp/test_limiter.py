import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.dsp import (
    TruePeakLimiter,
    limit_true_peak,
    rms_dbfs,
    true_peak_dbtp,
)

RATE = 48_000
AT = np.arange(2 * RATE) / RATE
RANDOM = np.random.default_rng(11)

LOUD = {
    "noise": RANDOM.standard_normal(len(AT)) * 0.6,
    "bass": 2.0 * np.sin(2 * np.pi * 55 * AT),
    "between the samples": 2.0 * np.sin(2 * np.pi * 12_000 * AT + np.pi / 4),
    "bursts": np.where(AT % 0.5 < 0.05, 4.0, 0.3) * np.sin(2 * np.pi * 1000 * AT),
    "clicks": (RANDOM.random(len(AT)) < 0.001) * RANDOM.standard_normal(len(AT)) * 5,
    "square": 1.2 * np.sign(np.sin(2 * np.pi * 220 * AT)),
    "one frame": np.r_[3.0, np.zeros(len(AT) - 1)],
}


def stereo(sound):
    return np.stack([sound, 0.7 * sound], axis=1).astype(np.float32)


@pytest.mark.parametrize("ceiling", [-1.0, -6.0])
@pytest.mark.parametrize("name", LOUD)
def test_the_true_peak_stays_under_the_ceiling(name, ceiling):
    limited = limit_true_peak(stereo(LOUD[name]), RATE, ceiling)

    assert ceiling - 0.5 < true_peak_dbtp(limited, RATE) <= ceiling + 0.05


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_the_ceiling_holds_at_other_rates(rate):
    limited = limit_true_peak(stereo(LOUD["noise"][:rate]), rate)

    assert true_peak_dbtp(limited, rate) <= -0.95


def test_below_the_ceiling_nothing_changes():
    sound = stereo(0.2 * LOUD["bass"])
    assert -9 < true_peak_dbtp(sound, RATE) < -1
    limiter = TruePeakLimiter(RATE)

    late = np.concatenate([limiter.process(sound), limiter.flush()])

    np.testing.assert_array_equal(late[limiter.latency_frames :], sound)
    np.testing.assert_array_equal(limit_true_peak(sound, RATE), sound)


def test_the_sound_before_and_long_after_a_peak_is_untouched():
    sound = stereo(0.3 * np.sin(2 * np.pi * 440 * AT))
    sound[RATE : RATE + 20] *= 6.0

    limited = limit_true_peak(sound, RATE)

    np.testing.assert_array_equal(limited[: RATE - 200], sound[: RATE - 200])
    np.testing.assert_array_equal(limited[-RATE // 2 :], sound[-RATE // 2 :])
    assert (limited[RATE + 100 : RATE + 300] != sound[RATE + 100 : RATE + 300]).any()


def test_both_channels_get_the_same_gain():
    sound = stereo(LOUD["bursts"])

    limited = limit_true_peak(sound, RATE)

    np.testing.assert_allclose(limited[:, 1], 0.7 * limited[:, 0], atol=1e-6)


def test_a_steady_bass_is_not_bent():
    limited = limit_true_peak(stereo(LOUD["bass"]), RATE)

    spectrum = np.abs(np.fft.rfft(limited[RATE:, 0] * np.hanning(RATE)))
    harmonic = 20 * np.log10(spectrum[160:170].max() / spectrum[50:60].max())
    assert harmonic < -40.0
    assert rms_dbfs(limited[:, 0]) > -5.0


@given(sizes=st.lists(st.integers(0, 1500), min_size=1, max_size=30))
def test_the_samples_do_not_depend_on_the_sizes_of_blocks(sizes):
    sound = stereo(LOUD["bursts"][RATE // 2 - 3000 : RATE // 2 + 9000])
    limiter = TruePeakLimiter(RATE)
    cuts = np.minimum(np.cumsum(sizes), len(sound))

    blocks = np.split(sound, cuts)
    out = [limiter.process(block) for block in blocks]
    late = np.concatenate([*out, limiter.flush()])

    assert [len(block) for block in out] == [len(block) for block in blocks]
    np.testing.assert_array_equal(late[limiter.latency_frames :], limit_true_peak(sound, RATE))


@pytest.mark.parametrize("frames", [0, 1, 100, 511, 512, 513])
def test_short_sounds_keep_their_length(frames):
    sound = np.full((frames, 2), 2.0, np.float32)

    limited = limit_true_peak(sound, RATE)

    assert limited.shape == (frames, 2)
    assert frames == 0 or true_peak_dbtp(limited, RATE) <= -0.95


def test_after_a_flush_the_limiter_is_as_new():
    limiter = TruePeakLimiter(RATE)
    sound = stereo(LOUD["noise"][:5000])

    first = np.concatenate([limiter.process(sound), limiter.flush()])
    second = np.concatenate([limiter.process(sound), limiter.flush()])

    np.testing.assert_array_equal(first, second)


def test_other_channels_than_promised_are_refused():
    with pytest.raises(ValueError, match="2 channels, the block 1"):
        TruePeakLimiter(RATE).process(np.zeros((10, 1), np.float32))
