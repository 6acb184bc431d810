import numpy as np
import pytest

from musicgen_desktop.listening import estimate_tempo, onset_envelope, tempo_near

RATE = 44_100


def clicks(bpm, seconds, *, rate=RATE, shift_s=0.0, seed=3):
    """A drum-like burst on every beat, the first of four louder, a quieter one between them."""
    sound = np.zeros(round(seconds * rate), np.float32)
    noise = np.random.default_rng(seed).standard_normal(rate // 10).astype(np.float32)
    burst = noise * np.exp(-np.arange(len(noise)) / (0.02 * rate), dtype=np.float32)
    for half in range(int(seconds * bpm / 30)):
        gain = (0.15, 0.5, 1.0)[(half % 2 == 0) + (half % 8 == 0)]
        at = round((half * 30 / bpm + shift_s) * rate)
        piece = sound[at : at + len(burst)]
        piece += 0.25 * gain * burst[: len(piece)]
    return sound


def octave_error(measured, wanted):
    return min(abs(measured * factor / wanted - 1.0) for factor in (0.5, 1.0, 2.0))


@pytest.mark.parametrize(
    "bpm", [60.0, 66.6, 75.0, 82.0, 92.5, 100.0, 113.0, 120.0, 128.0, 140.0, 155.5, 174.0, 180.0]
)
def test_a_steady_beat_has_its_tempo_or_an_octave_of_it(bpm):
    tempo = estimate_tempo(onset_envelope(clicks(bpm, 25.0), RATE))

    assert octave_error(tempo, bpm) < 0.005


@pytest.mark.parametrize("rate", [22_050, 48_000, 96_000])
def test_the_sample_rate_does_not_matter(rate):
    tempo = estimate_tempo(onset_envelope(clicks(104.0, 15.0, rate=rate), rate))

    assert octave_error(tempo, 104.0) < 0.005


def test_two_channels_are_heard_as_one():
    sound = clicks(96.0, 12.0)

    tempo = estimate_tempo(onset_envelope(np.stack([sound, 0.5 * sound], axis=1), RATE))

    assert octave_error(tempo, 96.0) < 0.005


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.1, 1.0, 3.0])
def test_what_is_too_short_for_a_tempo_has_none(seconds):
    assert estimate_tempo(onset_envelope(clicks(120.0, seconds), RATE)) is None


def test_silence_has_no_tempo():
    assert estimate_tempo(onset_envelope(np.zeros((RATE * 10, 2), np.float32), RATE)) is None


def test_an_onset_stands_where_the_sound_begins():
    envelope = onset_envelope(clicks(60.0, 8.0, shift_s=0.4), RATE)

    strongest = np.argmax(envelope.strength) / envelope.rate_hz

    assert strongest % 4.0 == pytest.approx(0.4, abs=0.015)


def test_a_beat_near_the_wanted_tempo_is_found_and_its_error_kept():
    beats = clicks(bpm=93.0, seconds=30.0)

    heard = tempo_near(onset_envelope(beats, RATE), 90.0)

    assert heard == pytest.approx(93.0, rel=0.003)


def test_no_clear_beat_near_the_wanted_tempo_is_no_answer():
    beats = clicks(bpm=120.0, seconds=30.0)

    assert tempo_near(onset_envelope(beats, RATE), 100.0) is None
