import numpy as np
import pytest
from transformers.audio_utils import chroma_filter_bank

from musicgen_desktop.generation.musicgen.prompt import melody_chroma, null_chroma
from musicgen_desktop.generation.sound import Sound

RATE, FFT, HOP = 32_000, 16_384, 4_096


def tones(*hz: float, seconds: float = 1.0, rate: int = RATE) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    parts = [0.2 * np.sin(2 * np.pi * f * time) for f in hz]
    return Sound.of(np.concatenate(parts).astype(np.float32)[:, None], rate)


def expected_chroma(audio: np.ndarray) -> np.ndarray:
    """The feature extractor's formula: power spectrum, filters, maximum."""
    filters = chroma_filter_bank(sampling_rate=RATE, num_frequency_bins=FFT, tuning=0, num_chroma=12)
    missing = max(0, FFT - len(audio))
    audio = np.pad(audio, (missing // 2, missing - missing // 2))
    padded = np.pad(audio.astype(np.float64), FFT // 2, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)
    starts = range(0, len(padded) - FFT + 1, HOP)
    power = np.stack([np.abs(np.fft.rfft(window * padded[s : s + FFT])) ** 2 for s in starts])
    return np.eye(12, dtype=np.float32)[(power @ filters.T).argmax(1)]


@pytest.mark.parametrize("frames", [3_000, 16_384, 100_001])
def test_chroma_is_that_of_the_feature_extractor(frames):
    audio = np.random.default_rng(0).normal(0, 0.1, frames).astype(np.float32)
    audio += 0.1 * np.sin(np.cumsum(np.linspace(0.02, 0.3, frames)), dtype=np.float32)
    expected = expected_chroma(audio)

    chroma = melody_chroma(Sound.of(audio[:, None], RATE), 12, len(expected))

    assert len({*expected.argmax(1)}) > 1 or frames == 3_000
    np.testing.assert_array_equal(chroma, expected)


@pytest.mark.parametrize(("hz", "bin_"), [(261.63, 0), (440.0, 9), (493.88, 11), (554.37, 1), (880.0, 9)])
def test_a_pure_tone_lights_its_pitch_class(hz, bin_):
    chroma = melody_chroma(tones(hz), 12, 6)

    assert chroma.shape == (6, 12)
    assert (chroma.argmax(1) == bin_).all()
    assert (chroma.sum(1) == 1).all()


def test_thirty_seconds_are_235_steps_and_what_is_longer_is_left_out():
    exact, longer = tones(440.0, seconds=30), tones(440.0, 523.25, seconds=30)

    for melody in (exact, longer):
        chroma = melody_chroma(melody, 12, 236)

        assert (chroma.argmax(1) == 9).all()  # step 235 is step 0 again


def test_a_short_melody_is_repeated():
    melody = tones(440.0, 523.25, 659.25)  # 24 steps
    once = melody_chroma(melody, 12, 24)

    chroma = melody_chroma(melody, 12, 60)

    np.testing.assert_array_equal(chroma, np.concatenate((once, once, once[:12])))


def test_another_rate_and_stereo_give_the_same_pitch_classes():
    mono = tones(440.0, 587.33, rate=44_100).array()
    stereo = Sound.of(np.repeat(mono, 2, 1), 44_100)

    chroma = melody_chroma(stereo, 12, 16)

    assert [chroma.argmax(1)[i] for i in (2, 13)] == [9, 2]


def test_no_melody_is_the_first_bin_everywhere():
    chroma = null_chroma(12, 4)

    assert chroma.tolist() == [[1.0] + [0.0] * 11] * 4
