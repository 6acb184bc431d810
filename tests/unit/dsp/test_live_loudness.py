"""The meter that runs along, on the signals of EBU Tech 3341, with the offline measure as its judge."""

import math
import sys

import numpy as np
import pytest

from musicgen_desktop.dsp import LiveLoudness, integrated_lufs, measure_loudness, resample, true_peak_dbtp

RATE = 48_000
BLOCK = 1024


def tones(*steps, channels=2, rate=RATE):
    """1 kHz on every channel, for each (dBFS, seconds)."""
    levels = np.concatenate([np.full(round(seconds * rate), 10 ** (db / 20)) for db, seconds in steps])
    tone = levels * np.sin(2 * np.pi * 1000 * np.arange(len(levels)) / rate)
    return np.repeat(tone[:, np.newaxis], channels, axis=1).astype(np.float32)


def heard(sound, rate=RATE, block=BLOCK):
    meter = LiveLoudness(rate, sound.shape[1])
    for at in range(0, len(sound), block):
        meter.add(sound[at : at + block])
    return meter


def music_like(seconds, rate=RATE, seed=1):
    """Noise with a tilt, pauses and swells."""
    random = np.random.default_rng(seed)
    sound = np.cumsum(random.standard_normal((round(seconds * rate), 2)), axis=0) * 0.0005
    sound -= sound.mean(axis=0)
    swell = 10 ** (-1.0 + np.sin(np.arange(len(sound)) / rate * 1.3))
    return ((sound + 0.02 * random.standard_normal(sound.shape)) * swell[:, np.newaxis] * 0.3).astype(
        np.float32
    )


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
def test_integrated_loudness_of_tech_3341_live_and_offline(steps, lufs):
    sound = tones(*steps)

    live, offline = heard(sound).integrated_lufs, integrated_lufs(sound, RATE)

    assert live == pytest.approx(lufs, abs=0.1)
    assert offline == pytest.approx(lufs, abs=0.1)
    assert live == pytest.approx(offline, abs=0.01)


@pytest.mark.parametrize("level", [-23, -33])
def test_momentary_and_short_term_of_cases_1_and_2_are_steady_from_the_first_second_on(level):
    meter = LiveLoudness(RATE)
    readings = []
    for at, second in enumerate(np.split(tones((level, 20)), 20)):
        meter.add(second)
        readings += [meter.momentary_lufs] + ([meter.short_term_lufs] if at >= 2 else [])

    np.testing.assert_allclose(readings, level, atol=0.1)


def test_integrated_loudness_of_five_channels_is_case_6():
    levels = 10.0 ** (np.array([-28, -28, -24, -30, -30]) / 20)
    sound = (tones((0, 20), channels=1) * levels).astype(np.float32)

    assert heard(sound).integrated_lufs == pytest.approx(-23.0, abs=0.1)


def test_short_term_loudness_of_case_9_stands_still_after_three_seconds():
    sound = tones(*[(-20, 1.34), (-30, 1.66)] * 5)
    meter = LiveLoudness(RATE)
    meter.add(sound[: 3 * RATE])
    readings = []
    for at in range(3 * RATE, len(sound), 1000):
        meter.add(sound[at : at + 1000])
        readings.append(meter.short_term_lufs)

    np.testing.assert_allclose(readings, -23.0, atol=0.1)


def test_momentary_loudness_of_case_12_stands_still_after_its_first_window():
    sound = tones(*[(-20, 0.18), (-30, 0.22)] * 25)
    meter = LiveLoudness(RATE)
    meter.add(sound[: RATE // 2])
    readings = []
    for at in range(RATE // 2, len(sound), 1000):
        meter.add(sound[at : at + 1000])
        readings.append(meter.momentary_lufs)

    np.testing.assert_allclose(readings, -23.0, atol=0.1)


@pytest.mark.parametrize("i", range(0, 20, 3))
def test_the_loudest_short_term_is_found_wherever_it_begins_as_case_10_asks(i):
    meter = heard(tones((-200, 0.15 * i), (-23, 3), (-200, 1)))

    assert meter.short_term_max_lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("i", range(20))
def test_the_loudest_moment_is_found_wherever_it_begins_as_case_13_asks(i):
    meter = heard(tones((-200, 0.02 * i), (-23, 0.4), (-200, 1)))

    assert meter.momentary_max_lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("length_s", "grid_s", "figure"),
    [
        pytest.param(3.0, 0.15, "short_term_max_lufs", id="case 11"),
        pytest.param(0.4, 0.02, "momentary_max_lufs", id="case 14"),
    ],
)
def test_tones_that_grow_louder_are_each_found_as_they_pass(length_s, grid_s, figure):
    meter = LiveLoudness(RATE)
    found = []
    for i in range(20):
        meter.add(tones((-200, grid_s * i), (-38 + i, length_s), (-200, 1)))
        found.append(getattr(meter, figure))

    np.testing.assert_allclose(found, np.arange(-38, -18), atol=0.1)


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
    at = np.arange(RATE)
    fade = np.clip(np.minimum(at, at[::-1]) / 2000, 0, 1)
    sine = (amplitude * fade * np.sin(2 * np.pi * at / divisor + np.radians(degrees))).astype(np.float32)

    meter = heard(sine[:, np.newaxis])

    assert dbtp - 0.4 <= meter.true_peak_dbtp <= dbtp + 0.2
    assert meter.true_peak_dbtp == pytest.approx(true_peak_dbtp(sine, RATE), abs=0.001)


@pytest.mark.parametrize("offset", range(4))
def test_a_peak_between_the_samples_is_found_wherever_it_falls_in_the_manner_of_cases_20_to_23(offset):
    # At four times the rate: a soft tone with one period at full scale; then every fourth sample of it.
    fine = np.arange(4 * RATE // 10)
    tone = 0.5 * np.sin(2 * np.pi * fine / 24)
    start = 24 * (len(fine) // 48)
    tone[start : start + 16] = np.sin(2 * np.pi * np.arange(16) / 16)
    tone *= np.clip(np.minimum(fine, fine[::-1]) / 4000, 0, 1)
    # One band for both: what lies above half the lower rate would fold.
    spectrum = np.fft.rfft(tone)
    spectrum[np.fft.rfftfreq(len(tone), 1 / (4 * RATE)) > 20_000] = 0
    band = np.fft.irfft(spectrum, len(tone))
    sound = (band / np.abs(band).max())[offset::4].astype(np.float32)

    meter = heard(np.concatenate([sound, np.zeros(50, np.float32)])[:, np.newaxis], block=77)

    assert -0.4 <= meter.true_peak_dbtp <= 0.2
    assert true_peak_dbtp(sound, RATE) == pytest.approx(meter.true_peak_dbtp, abs=0.001)


@pytest.mark.parametrize("rate", [11_025, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("block", [333, 4096])
def test_all_figures_agree_with_the_offline_measure(rate, block):
    sound = music_like(20, rate)

    meter, offline = heard(sound, rate, block), measure_loudness(sound, rate)

    assert meter.integrated_lufs == pytest.approx(offline.integrated_lufs, abs=0.01)
    assert meter.momentary_max_lufs == pytest.approx(offline.momentary_max_lufs, abs=0.01)
    assert meter.short_term_max_lufs == pytest.approx(offline.short_term_max_lufs, abs=0.01)
    assert meter.range_lu == pytest.approx(offline.range_lu, abs=0.05)
    assert meter.true_peak_dbtp == pytest.approx(true_peak_dbtp(sound, rate), abs=0.01)


@pytest.mark.parametrize("block", [1, 31, 32, 33, 47, 500, 5000])
def test_the_size_of_the_blocks_changes_nothing(block):
    sound = resample(music_like(0.5, 32_000), 32_000, 48_000)

    pieces, whole = heard(sound, block=block), heard(sound, block=len(sound))

    assert pieces.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=1e-3)
    assert pieces.momentary_max_lufs == pytest.approx(whole.momentary_max_lufs, abs=1e-6)


def test_the_recent_true_peak_is_told_once_and_the_largest_kept():
    meter = LiveLoudness(RATE)
    meter.add(tones((-6, 0.2)))
    first = meter.take_true_peak_dbtp()
    meter.add(tones((-20, 0.2)))
    meter.take_true_peak_dbtp()  # still has the end of the louder tone between its samples
    meter.add(tones((-20, 0.2)))

    assert first == pytest.approx(-6.0, abs=0.3)
    assert meter.take_true_peak_dbtp() == pytest.approx(-20.0, abs=0.3)
    assert meter.true_peak_dbtp == pytest.approx(first, abs=0.3)


def test_before_anything_was_heard_all_is_minus_infinity():
    meter = LiveLoudness(RATE)

    assert meter.momentary_lufs == meter.short_term_lufs == meter.integrated_lufs == -math.inf
    assert meter.true_peak_dbtp == -math.inf
    assert meter.range_lu == 0.0


def test_silence_after_sound_sinks_out_of_the_windows_and_not_out_of_the_whole():
    meter = heard(tones((-20, 5), (-200, 4)))

    assert meter.momentary_lufs < -100.0
    assert meter.short_term_lufs < -100.0
    assert meter.integrated_lufs == pytest.approx(-20.0, abs=0.4)


def test_a_reset_meter_is_as_new():
    meter = heard(tones((-6, 5)))

    meter.reset()
    meter.add(tones((-23, 5)))

    assert meter.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert meter.true_peak_dbtp == pytest.approx(-23.0, abs=0.1)


def test_a_sample_that_is_no_number_does_not_stay_in_the_meter():
    broken = tones((-23, 1))
    broken[20_000] = np.nan
    broken[30_000] = np.inf
    meter = heard(broken)

    meter.add(tones((-23, 5)))

    assert meter.short_term_lufs == pytest.approx(-23.0, abs=0.1)
    assert math.isfinite(meter.integrated_lufs)


def test_planar_blocks_and_mono_are_heard_as_well():
    planar, mono = LiveLoudness(RATE), LiveLoudness(RATE, 1)

    planar.add_planar(np.ascontiguousarray(tones((-23, 2)).T))
    mono.add(tones((-20, 2), channels=1)[:, 0])

    assert planar.momentary_lufs == pytest.approx(-23.0, abs=0.1)
    assert mono.momentary_lufs == pytest.approx(-23.0, abs=0.1)


def test_other_channels_than_agreed_are_refused():
    with pytest.raises(ValueError, match="2 channels"):
        LiveLoudness(RATE).add(np.zeros((10, 3), np.float32))


@pytest.mark.parametrize(("rate", "channels"), [(0, 2), (RATE, 0)])
def test_a_meter_of_impossible_figures_is_refused(rate, channels):
    with pytest.raises(ValueError, match="No loudness"):
        LiveLoudness(rate, channels)


def test_an_hour_needs_no_more_memory_than_a_minute():
    meter = LiveLoudness(8_000)
    minute = tones((-23, 60), rate=8_000)
    meter.add(minute)
    sizes = [held_bytes(meter)]
    for _ in range(10):
        meter.add(minute)
    sizes.append(held_bytes(meter))

    assert sizes[1] == sizes[0] < 1_000_000


def held_bytes(thing):
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    inner = getattr(thing, "__dict__", {}).values()
    return sys.getsizeof(thing) + sum(held_bytes(value) for value in inner)
