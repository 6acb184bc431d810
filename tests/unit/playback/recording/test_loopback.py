import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.recording import NoLoopbackError, loopback_signal, measure_loopback


def returned(rate, latency, *, gain=1.0, noise=0.0, seconds=2.0, seed=0):
    frames = round(seconds * rate)
    sound = np.random.default_rng(seed).standard_normal(frames) * noise
    signal = loopback_signal(rate)[: frames - latency, 0]
    sound[latency : latency + len(signal)] += gain * signal
    return sound.astype(np.float32)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000, 192_000])
def test_the_signal_peaks_at_minus_12_dbfs_and_begins_and_ends_softly(rate):
    signal = loopback_signal(rate)

    assert signal.shape == (round(rate / 4), 2)
    assert 20 * np.log10(np.abs(signal).max()) == pytest.approx(-12.0, abs=0.1)
    assert np.abs(signal[[0, 1, -2, -1]]).max() < 1e-3


@given(
    rate=st.sampled_from([44_100, 48_000, 96_000]),
    latency=st.integers(0, 60_000),
    gain=st.sampled_from([1.0, 0.1, -0.3]),
    noise=st.sampled_from([0.0, 0.001, 0.01]),
)
def test_the_round_trip_is_found_to_the_frame(rate, latency, gain, noise):
    sound = returned(rate, latency, gain=gain, noise=noise)

    found = measure_loopback(sound, rate)

    assert found.latency_frames == latency
    assert found.level_db == pytest.approx(20 * np.log10(abs(gain)), abs=1.0)


def test_a_dull_path_with_an_echo_is_measured_at_its_first_arrival():
    direct = returned(48_000, 2_000, gain=0.3, noise=0.001)
    room = 0.5 * np.roll(direct, 700)
    dull = np.convolve(direct + room, np.ones(4) / 4)[: len(direct)].astype(np.float32)

    found = measure_loopback(dull, 48_000)

    assert abs(found.latency_frames - 2_000) <= 2


def test_of_several_inputs_the_one_that_hears_it_counts():
    sound = np.zeros((96_000, 3), np.float32)
    sound[:, 2] = returned(48_000, 1_234, gain=0.2)
    sound[:, 0] = 0.001

    assert measure_loopback(sound, 48_000).latency_frames == 1_234


@pytest.mark.parametrize("frames", [0, 100, 96_000])
def test_silence_is_refused(frames):
    with pytest.raises(NoLoopbackError, match="Nothing came back"):
        measure_loopback(np.zeros((frames, 2), np.float32), 48_000)


@pytest.mark.parametrize("seed", range(5))
def test_noise_alone_and_a_humming_cable_are_refused(seed):
    noise = returned(48_000, 0, gain=0.0, noise=0.1, seed=seed)
    hum = noise / 10 + (0.3 * np.sin(np.arange(96_000) * 2 * np.pi * 50 / 48_000)).astype(np.float32)

    for sound in (noise, hum):
        with pytest.raises(NoLoopbackError, match="Too little"):
            measure_loopback(sound, 48_000)


def test_a_signal_under_the_noise_is_refused_rather_than_guessed():
    with pytest.raises(NoLoopbackError):
        measure_loopback(returned(48_000, 500, gain=0.002, noise=0.2), 48_000)


def test_samples_that_are_no_numbers_do_not_disturb():
    sound = returned(48_000, 900)
    sound[50_000:50_010] = np.nan

    assert measure_loopback(sound, 48_000).latency_frames == 900
