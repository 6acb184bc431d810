"""The oscillators: right pitch, right harmonics, and nothing that aliases."""

import numpy as np
import pytest

from musicgen_desktop.instruments import ScheduledNote
from musicgen_desktop.instruments._preset import Chorus, Filter, FmLayer, SynthPreset, Vibrato, WaveLayer
from musicgen_desktop.instruments._preset_files import all_presets
from musicgen_desktop.instruments._synth import SynthInstrument
from musicgen_desktop.instruments._tables import cycles, harmonic_count, packed, read, wave_spectrum

RATE = 48_000
FLAT_TOP = (0.21557895, -0.41663158, 0.277263158, -0.083578947, 0.006947368)


def flat_top(size):
    place = 2 * np.pi * np.arange(size) / size
    return sum(weight * np.cos(order * place) for order, weight in enumerate(FLAT_TOP))


def loudest_stranger_db(audio, hz, rate=RATE):
    """The loudest partial that is no harmonic of `hz`, in dB under the loudest that is one."""
    spectrum = np.abs(np.fft.rfft(audio * flat_top(len(audio))))
    frequency = np.fft.rfftfreq(len(audio), 1 / rate)
    nearest = np.round(frequency / hz) * hz
    ours = (np.abs(frequency - nearest) < 8 * rate / len(audio)) | (frequency < 20)
    return 20 * np.log10(spectrum[~ours].max() / spectrum[ours].max())


def a_steady_tone(layer, pitch, rate=RATE):
    preset = SynthPreset("test", "lead", (layer,))
    note = ScheduledNote(0, 2 * rate, pitch, 100)
    return SynthInstrument("test", preset, [note], rate).render(0, 2 * rate)[rate // 2 : rate * 3 // 2, 0]


def pitch_hz(pitch):
    return 440 * 2 ** ((pitch - 69) / 12)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
@pytest.mark.parametrize("wave", ["saw", "square", "pulse12", "triangle"])
def test_a_five_kilohertz_wave_has_no_alias_above_minus_sixty(wave, rate):
    audio = a_steady_tone(WaveLayer(wave=wave), 111, rate)

    assert loudest_stranger_db(audio, pitch_hz(111), rate) < -75


@pytest.mark.parametrize("pitch", [24, 40, 60, 84, 96, 108, 120])
def test_a_saw_is_clean_over_the_whole_keyboard(pitch):
    audio = a_steady_tone(WaveLayer(wave="saw"), pitch)

    assert loudest_stranger_db(audio, pitch_hz(pitch)) < -65


@pytest.mark.parametrize("pitch", [36, 60, 84, 100])
@pytest.mark.parametrize(
    "layer",
    [
        WaveLayer(wave="saw", drive=8, filter=Filter(cutoff_hz=3000, resonance=0.8)),
        FmLayer(carrier=1, modulator=14, index=6, index_floor=6, feedback=1),
        WaveLayer(wave="saw", tune=12, filter=Filter(kind="bp12", resonance=0.9)),
    ],
    ids=["driven", "fm", "resonant"],
)
def test_drive_fm_and_resonance_do_not_alias_either(layer, pitch):
    audio = a_steady_tone(layer, pitch)

    assert loudest_stranger_db(audio, pitch_hz(pitch)) < -65


def test_a_naive_saw_would_have_failed():
    hz = pitch_hz(111)
    naive = 2 * ((np.arange(RATE) * hz / RATE) % 1) - 1

    assert loudest_stranger_db(naive, hz) > -40


def test_a_saw_has_the_harmonics_of_a_saw():
    hz = 100.0
    harmonics = harmonic_count(hz, RATE)
    out = np.zeros(RATE, np.float32)

    read(packed(cycles(wave_spectrum("saw", harmonics), 4096)), np.arange(RATE) * hz / RATE, 0.0, out)

    lines = np.abs(np.fft.rfft(out))[100 : 100 * 21 : 100] / (RATE / 2)
    assert lines == pytest.approx(0.6 / np.arange(1, 21), rel=0.01)


def test_a_pulse_whose_width_moves_stays_clean():
    layer = WaveLayer(wave="pulse", pwm=0.0, width=0.3)
    still = a_steady_tone(layer, 60)
    moving = a_steady_tone(WaveLayer(wave="pulse", pwm=0.3, pwm_hz=2.0), 60)

    assert loudest_stranger_db(still, pitch_hz(60)) < -65
    assert np.sqrt(np.mean(moving**2)) == pytest.approx(np.sqrt(np.mean(still**2)), rel=0.5)


def test_a_filter_darkens_and_its_envelope_closes():
    layer = WaveLayer(wave="saw", filter=Filter(cutoff_hz=300, env_octaves=5, key_track=0))
    sweep = layer.filter.__class__(
        cutoff_hz=300, env_octaves=5, key_track=0, env=type(layer.amp)(attack_ms=1, decay_ms=600, sustain=0)
    )
    preset = SynthPreset("test", "lead", (WaveLayer(wave="saw", filter=sweep),))

    audio = SynthInstrument("t", preset, [ScheduledNote(0, RATE, 48, 100)], RATE).render(0, RATE)[:, 0]

    def brightness(part):
        power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
        return np.sum(power[200:]) / np.sum(power)

    assert brightness(audio[:4800]) > 20 * brightness(audio[-4800:])


def test_a_vibrato_swings_as_far_as_it_says():
    preset = SynthPreset(
        "test", "lead", (WaveLayer(wave="sine"),), vibrato=Vibrato(cents=50, hz=5, delay_s=0)
    )

    audio = SynthInstrument("t", preset, [ScheduledNote(0, 2 * RATE, 81, 100)], RATE).render(0, 2 * RATE)[
        :, 0
    ]

    crossings = np.flatnonzero((audio[:-1] < 0) & (audio[1:] >= 0)).astype(float)
    crossings += -audio[crossings.astype(int)] / (
        audio[crossings.astype(int) + 1] - audio[crossings.astype(int)]
    )
    hz = RATE / np.diff(crossings)
    assert 1200 * np.log2(hz.max() / 880) == pytest.approx(50, abs=6)
    assert 1200 * np.log2(hz.min() / 880) == pytest.approx(-50, abs=6)


def test_a_chorus_makes_mono_wide():
    dry = SynthPreset("test", "pad", (WaveLayer(wave="saw"),))
    wet = SynthPreset("test", "pad", (WaveLayer(wave="saw"),), effects=(Chorus(),))
    note = [ScheduledNote(0, RATE, 60, 100)]

    narrow = SynthInstrument("t", dry, note, RATE).render(0, RATE)
    wide = SynthInstrument("t", wet, note, RATE).render(0, RATE)

    assert np.array_equal(narrow[:, 0], narrow[:, 1])
    assert np.corrcoef(wide[:, 0], wide[:, 1])[0, 1] < 0.98


def test_there_are_enough_presets_of_each_kind():
    categories = [preset.category for preset in all_presets().values()]

    assert len(categories) - categories.count("drums") >= 45
    for kind in (
        "bass",
        "lead",
        "pad",
        "keys",
        "pluck",
        "organ",
        "strings",
        "brass",
        "bell",
        "fx",
        "stab",
        "arp",
    ):
        assert categories.count(kind) >= 2
