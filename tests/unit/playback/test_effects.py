import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.mixer import (
    EFFECTS,
    check_effect,
    effect_latency,
    effect_tail,
    make_effect,
    resolve_parameters,
)
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(100.0)

# Everything that could remember something is switched on.
BUSY = {
    "equalizer": {
        "low_cut_hz": 60.0,
        "low_shelf_db": 4.0,
        "peak1_db": -6.0,
        "peak2_db": 3.0,
        "peak3_db": 5.0,
        "high_shelf_db": -3.0,
        "high_cut_hz": 9000.0,
    },
    "delay": {"time_ms": 31.0, "feedback": 0.7, "ping_pong": 0.6},
    "limiter": {"gain_db": 15.0},
    "width": {"width": 1.6, "mono_below_hz": 150.0},
    "filter": {"resonance": 0.6},
    "compressor": {"wet": 0.7, "makeup_db": 3.0},
}


def played(kind, sound, parameters, block):
    effect = make_effect(kind, parameters, RATE, TEMPO)
    places = range(0, sound.shape[1], block)
    return np.concatenate([effect.process(sound[:, at : at + block].copy(), at) for at in places], axis=1)


def a_sine(hz, frames=RATE, gain=0.1):
    wave = gain * np.sin(2 * np.pi * hz * np.arange(frames) / RATE)
    return np.stack([wave, wave]).astype(np.float32)


def an_impulse(frames, at=0):
    block = np.zeros((2, frames), np.float32)
    block[:, at] = 0.5
    return block


@pytest.mark.parametrize("kind", sorted(EFFECTS))
@pytest.mark.parametrize("block", [1, 64, 511, 4096, 9000])
def test_the_block_size_cannot_be_heard(kind, block, make):
    frames = 1500 if block == 1 else 18000
    sound = np.ascontiguousarray(make.noise(frames).T)
    parameters = BUSY.get(kind, {})

    cut = played(kind, sound, parameters, block)

    assert np.array_equal(cut, played(kind, sound, parameters, 8192))


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_every_default_lies_in_its_range_and_is_accepted(kind):
    check_effect(kind, {knob.name: knob.default for knob in EFFECTS[kind].parameters})


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_an_effect_as_it_comes_hardly_changes_the_level(kind, make):
    spectrum = np.fft.rfft(make.noise(2 * RATE), axis=0)
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1))[:, None], axis=0)
    sound = np.ascontiguousarray(pink.T.astype(np.float32))
    sound *= np.float32(10 ** ((-18.0 - make.rms_db(sound)) / 20))

    level = make.rms_db(played(kind, sound, {}, 8192)[:, RATE:])

    assert -22.5 < level < -15.5


@pytest.mark.parametrize("kind", sorted(kind for kind in EFFECTS if EFFECTS[kind].linear))
def test_linear_effects_sum(kind, make):
    one, two = (np.ascontiguousarray(make.noise(RATE, seed).T) for seed in (1, 2))

    apart = played(kind, one, BUSY.get(kind, {}), 8192) + played(kind, two, BUSY.get(kind, {}), 8192)

    # The equalizer's low bands round in single precision; all others stay below −100 dBFS.
    assert make.peak_db(apart - played(kind, one + two, BUSY.get(kind, {}), 8192)) < -85.0


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_the_sound_has_died_away_after_the_tail(kind, make):
    tail = effect_tail(kind, BUSY.get(kind, {}), RATE, TEMPO) + effect_latency(kind, BUSY.get(kind, {}), RATE)
    sound = np.concatenate([make.noise(4800).T, np.zeros((2, tail + 4800))], axis=1).astype(np.float32)

    output = played(kind, sound, BUSY.get(kind, {}), 8192)

    assert make.peak_db(output[:, 4800 + tail :]) < make.peak_db(sound) - 78.0


@pytest.mark.parametrize("room_size", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("damping", [0.0, 1.0])
def test_a_wet_reverb_is_as_loud_in_every_room(room_size, damping, make):
    spectrum = np.fft.rfft(make.noise(6 * RATE), axis=0)
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1))[:, None], axis=0)
    sound = np.ascontiguousarray(pink.T.astype(np.float32))
    parameters = {"wet": 1.0, "room_size": room_size, "damping": damping, "low_cut_hz": 0.0}

    output = played("reverb", sound, parameters, 8192)

    assert make.rms_db(output[:, 3 * RATE :]) == pytest.approx(make.rms_db(sound), abs=2.0)


def test_an_echo_comes_after_its_beats():
    output = played("delay", an_impulse(50000), {"time_beats": 0.75, "wet": 1.0, "feedback": 0.0}, 8192)

    assert int(np.flatnonzero(output[0])[0]) == 21600  # 0.75 beats at 100 BPM


def test_ping_pong_echoes_change_sides():
    parameters = {"time_ms": 100.0, "wet": 1.0, "feedback": 0.5, "ping_pong": 1.0}

    output = played("delay", an_impulse(12000), parameters, 8192)

    assert np.abs(output[0, 4800:4900]).max() > 0.1
    assert np.abs(output[1, 4800:4900]).max() == 0.0
    assert np.abs(output[0, 9600:9700]).max() == 0.0
    assert np.abs(output[1, 9600:9700]).max() > 0.05


def test_the_compressor_keeps_the_picture():
    sound = a_sine(200.0, gain=0.8)
    sound[1] *= 0.25

    output = played("compressor", sound, {"threshold_db": -30.0, "ratio": 8.0}, 8192)

    assert np.abs(output[0]).max() < 0.8
    np.testing.assert_allclose(output[1], output[0] * 0.25, atol=1e-6)


def test_the_compressor_reaches_its_ratio(make):
    sound = a_sine(1000.0, gain=1.0)  # 20 dB above the threshold, 4:1 leaves 5 dB
    parameters = {"threshold_db": -20.0, "ratio": 4.0, "attack_ms": 0.1, "release_ms": 2000.0}

    output = played("compressor", sound, parameters, 8192)

    assert make.peak_db(output[:, RATE // 2 :]) == pytest.approx(-15.0, abs=0.5)


@pytest.mark.parametrize(
    ("parameters", "hz", "wanted_db"),
    [
        ({"peak2_hz": 1000.0, "peak2_db": 6.0}, 1000.0, 6.0),
        ({"low_shelf_hz": 400.0, "low_shelf_db": -5.0}, 40.0, -5.0),
        ({"high_shelf_hz": 3000.0, "high_shelf_db": 4.0}, 16000.0, 4.0),
        ({"low_cut_hz": 200.0}, 200.0, -3.0),
        ({"low_cut_hz": 800.0}, 100.0, -28.8),
        ({"high_cut_hz": 4000.0}, 4000.0, -3.0),
        ({}, 500.0, 0.0),
    ],
)
def test_each_band_of_the_equalizer_does_what_it_says(parameters, hz, wanted_db, make):
    sound = a_sine(hz)

    output = played("equalizer", sound, parameters, 8192)

    change = make.rms_db(output[:, RATE // 2 :]) - make.rms_db(sound[:, RATE // 2 :])
    assert change == pytest.approx(wanted_db, abs=0.6)


def test_the_pump_is_down_on_the_beat_and_up_before_the_next():
    beat = 28800  # at 100 BPM
    sound = np.ones((2, 2 * beat), np.float32)

    output = played("pump", sound, {"depth_db": 12.0, "recovery": 0.5}, 8192)

    for start in (0, beat):
        assert output[0, start : start + 1000].min() < 0.3
        assert output[0, start + beat * 3 // 4] == 1.0


def test_the_limiter_is_late_by_what_it_reports():
    late = effect_latency("limiter", {}, RATE)

    output = played("limiter", an_impulse(4000, at=100), {}, 4000)

    assert int(np.abs(output[0]).argmax()) == 100 + late


def test_a_dry_effect_leaves_the_sound_alone(make):
    sound = np.ascontiguousarray(make.noise(5000).T)

    for kind, spec in EFFECTS.items():
        if any(knob.name == "wet" for knob in spec.parameters) and kind not in {"compressor", "phaser"}:
            np.testing.assert_allclose(played(kind, sound, {"wet": 0.0}, 8192), sound, atol=1e-7)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("flanger", {}),
        ("delay", {"time": 3.0}),
        ("delay", {"feedback": 1.5}),
        ("reverb", {"wet": float("nan")}),
    ],
)
def test_what_is_written_wrongly_is_refused_in_a_sentence(kind, parameters):
    with pytest.raises(UserInputError) as caught:
        check_effect(kind, parameters)

    assert str(caught.value).endswith(".")


def test_values_out_of_range_are_held_and_unknown_names_left_out():
    values = resolve_parameters("delay", {"feedback": 7.0, "colour": 1.0, "time_ms": float("nan")})

    assert values["feedback"] == 0.95
    assert values["time_ms"] == 0.0
    assert "colour" not in values
