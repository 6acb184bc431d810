import numpy as np
import pytest

from musicgen_desktop.listening import measure_grid
from musicgen_desktop.music import Key
from musicgen_desktop.timing import Meter, MeterMap, TempoMap, TempoPoint

RATE = 48_000
FOUR = MeterMap.constant(Meter(4, 4))
A_MINOR = Key.parse("A minor")


def burst(seconds=0.15, decay_s=0.03, attack_s=0.0, seed=5):
    """Noise that jumps up, or rises for `attack_s`, and dies away."""
    at = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(seed).standard_normal(len(at))
    rise = np.minimum(1.0, at / attack_s) if attack_s else 1.0
    return (0.3 * noise * rise * np.exp(-at / decay_s)).astype(np.float32)


def kick():
    at = np.arange(round(0.25 * RATE)) / RATE
    return (0.6 * np.exp(-at / 0.06) * np.sin(2 * np.pi * (50 * at + 8 * (1 - np.exp(-at / 0.02))))).astype(
        np.float32
    )


def a_beat(tempo_map, meter_map, bars, *, shift_s=0.0, sound=None):
    """One stroke on each beat of each bar, those on bar lines louder; [frames, 2] with a little hiss."""
    stroke = burst() if sound is None else sound
    end = tempo_map.seconds_at(meter_map.tick_of_bar(bars + 1)) + 0.3
    mix = 1e-4 * np.random.default_rng(9).standard_normal(round(end * RATE)).astype(np.float32)
    tick = 0
    while tick < meter_map.tick_of_bar(bars + 1):
        at = round((tempo_map.seconds_at(tick) + shift_s) * RATE)
        gain = 1.0 if meter_map.tick_of_bar(meter_map.bar_of(tick)) == tick else 0.4
        piece = mix[at : at + len(stroke)]
        piece += gain * stroke[: len(piece)]
        tick += 960
    return np.stack([mix, mix], axis=1)


def heard(mix, harmony=None, *, tempo_map, meter_map=FOUR, bars=12):
    return measure_grid(mix, harmony, RATE, tempo_map=tempo_map, meter_map=meter_map, bars=bars, key=A_MINOR)


@pytest.mark.parametrize("bpm", [70.0, 92.0, 128.0, 174.0])
@pytest.mark.parametrize("sound", [burst(), kick()], ids=["click", "kick"])
def test_bar_lines_of_a_sharp_beat_are_found_within_three_milliseconds(bpm, sound):
    tempo_map = TempoMap.constant(bpm)

    measure = heard(a_beat(tempo_map, FOUR, 12, sound=sound), tempo_map=tempo_map)

    assert measure.downbeat_error_ms <= 3.0
    assert measure.downbeats_heard >= 11
    assert abs(measure.tempo_error_percent) < 0.5


@pytest.mark.parametrize("shift_s", [0.010, 0.020, 0.035])
@pytest.mark.parametrize("sound", [burst(), kick()], ids=["click", "kick"])
def test_a_late_beat_is_told_by_how_much(shift_s, sound):
    tempo_map = TempoMap.constant(96.0)

    measure = heard(a_beat(tempo_map, FOUR, 12, shift_s=shift_s, sound=sound), tempo_map=tempo_map)

    assert measure.downbeat_error_ms == pytest.approx(shift_s * 1000.0, abs=3.0)


def test_an_early_beat_is_told_by_how_much():
    tempo_map = TempoMap.constant(96.0)

    measure = heard(a_beat(tempo_map, FOUR, 12, shift_s=-0.020)[:], tempo_map=tempo_map)

    assert measure.downbeat_error_ms == pytest.approx(20.0, abs=3.0)


@pytest.mark.parametrize("meter", ["3/4", "5/4", "7/8", "6/8"])
def test_other_meters_have_bar_lines_too(meter):
    tempo_map, meter_map = TempoMap.constant(100.0), MeterMap.constant(Meter.parse(meter))
    strokes = a_beat(tempo_map, meter_map, 1)
    step = tempo_map.frame_at(meter_map.tick_of_bar(2), RATE)
    mix = np.zeros((step * 12, 2), np.float32)
    for bar in range(12):
        start = tempo_map.frame_at(meter_map.tick_of_bar(bar + 1), RATE)
        mix[start : start + step] += strokes[: len(mix[start : start + step])]

    measure = heard(mix, tempo_map=tempo_map, meter_map=meter_map)

    assert measure.downbeat_error_ms <= 3.0
    assert measure.downbeats_heard >= 11


def test_a_song_played_at_another_tempo_is_found_out():
    claimed, played = TempoMap.constant(100.0), TempoMap.constant(107.0)

    measure = heard(a_beat(played, FOUR, 12), tempo_map=claimed)

    assert measure.tempo_error_percent == pytest.approx(7.0, abs=0.7)


def test_a_changing_tempo_has_bar_lines_but_no_one_tempo():
    tempo_map = TempoMap((TempoPoint(0, 80.0, ramp=True), TempoPoint(12 * 3_840, 130.0)))

    measure = heard(a_beat(tempo_map, FOUR, 12), tempo_map=tempo_map)

    assert (measure.tempo_bpm, measure.tempo_error_percent) == (None, None)
    assert measure.downbeat_error_ms <= 3.0


@pytest.mark.parametrize("frames", [0, 1, 480, RATE * 30])
def test_silence_gives_no_answers(frames):
    silence = np.zeros((frames, 2), np.float32)

    measure = heard(silence, silence, tempo_map=TempoMap.constant(120.0))

    assert (
        measure.tempo_bpm,
        measure.downbeat_error_ms,
        measure.downbeats_heard,
        measure.key,
        measure.key_agrees,
    ) == (
        None,
        None,
        0,
        None,
        None,
    )


@pytest.mark.parametrize("seconds", [0.001, 0.03, 0.2, 1.0, 2.5])
def test_a_short_sound_is_no_trouble(seconds):
    tempo_map = TempoMap.constant(120.0)
    mix = a_beat(tempo_map, FOUR, 2)[: round(seconds * RATE)]

    measure = heard(mix, mix, tempo_map=tempo_map, bars=1)

    assert measure.tempo_bpm is None


def test_the_key_is_heard_from_the_harmony_alone():
    tempo_map = TempoMap.constant(120.0)
    at = np.arange(RATE * 4) / RATE
    tones = sum(np.sin(2 * np.pi * hz * at) for hz in (220.0, 261.63, 329.63, 440.0))
    harmony = np.stack([0.1 * tones] * 2, axis=1).astype(np.float32)

    measure = heard(a_beat(tempo_map, FOUR, 2), harmony, tempo_map=tempo_map, bars=2)

    assert measure.key_agrees is True
