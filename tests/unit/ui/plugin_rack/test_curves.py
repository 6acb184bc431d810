import numpy as np
import pytest

from musicgen_desktop.playback.mixer import EFFECTS, make_effect, resolve_parameters
from musicgen_desktop.timing import TempoMap
from musicgen_desktop.ui.plugin_rack._curves import compressor_db, equalizer_db

RATE = 48_000


def heard_db(parameters, hz):
    """What the real equalizer does to an impulse, at frequencies."""
    effect = make_effect("equalizer", parameters, RATE, TempoMap.constant(120.0))
    block = np.zeros((2, RATE), np.float32)
    block[:, 0] = 1.0
    spectrum = np.abs(np.fft.rfft(effect.process(block, 0)[0]))  # one bin a hertz
    return 20.0 * np.log10(spectrum[np.round(hz).astype(int)])


@pytest.mark.parametrize(
    "parameters",
    [
        {"low_cut_hz": 120.0},
        {"high_cut_hz": 6000.0},
        {"low_shelf_hz": 200.0, "low_shelf_db": 7.0},
        {"high_shelf_hz": 5000.0, "high_shelf_db": -9.0},
        {"peak1_hz": 400.0, "peak1_db": -6.0, "peak1_q": 2.0, "peak3_hz": 3000.0, "peak3_db": 4.0},
    ],
)
def test_the_curve_is_what_the_equalizer_does(parameters):
    hz = np.array([40.0, 100.0, 200.0, 400.0, 1000.0, 3000.0, 6000.0, 12_000.0])

    shown = equalizer_db(resolve_parameters("equalizer", parameters), hz, RATE)

    assert shown == pytest.approx(heard_db(parameters, hz), abs=0.1)


def test_a_flat_equalizer_is_a_straight_line():
    defaults = {knob.name: knob.default for knob in EFFECTS["equalizer"].parameters}

    assert equalizer_db(defaults, np.array([30.0, 1000.0, 15_000.0])).tolist() == [0.0, 0.0, 0.0]


def test_above_the_threshold_the_compressor_divides_by_its_ratio():
    values = {"threshold_db": -20.0, "ratio": 4.0, "makeup_db": 2.0, "wet": 1.0}

    assert compressor_db(values, np.array([-40.0, -20.0, 0.0])) == pytest.approx([-38.0, -18.0, -13.0])


def test_a_dry_compressor_changes_nothing():
    values = {"threshold_db": -20.0, "ratio": 4.0, "makeup_db": 6.0, "wet": 0.0}

    assert compressor_db(values, np.array([-40.0, 0.0])) == pytest.approx([-40.0, 0.0])
