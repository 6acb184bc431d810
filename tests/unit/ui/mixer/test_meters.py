import numpy as np
import pytest

from musicgen_desktop.ui.mixer._meters import FLOOR_DB, MeterBank


def levels(*peaks_db: float) -> np.ndarray:
    """One strip a level, both sides alike, RMS 6 dB below the peak."""
    gains = [10.0 ** (each / 20.0) for each in peaks_db]
    return np.array([[gain, gain, gain / 2.0, gain / 2.0] for gain in gains], np.float32)


SILENCE = np.zeros((1, 4), np.float32)


def test_a_peak_is_shown_at_once():
    bank = MeterBank.silent(1).advanced(levels(-6.0), 0.0)

    assert bank.peak_db[0] == pytest.approx([-6.0, -6.0], abs=0.01)
    assert bank.rms_db[0] == pytest.approx([-12.02, -12.02], abs=0.01)


def test_the_bars_fall_by_13_3_db_in_a_second():
    bank = MeterBank.silent(1).advanced(levels(0.0), 10.0)

    for at_s in (10.25, 10.5, 11.0):
        bank = bank.advanced(SILENCE, at_s)

    assert bank.peak_db[0, 0] == pytest.approx(-13.3, abs=0.01)
    assert bank.rms_db[0, 0] == pytest.approx(-6.02 - 13.3, abs=0.01)


def test_the_peak_is_held_for_one_and_a_half_seconds_then_falls():
    bank = MeterBank.silent(1).advanced(levels(-3.0), 0.0)

    held = bank.advanced(SILENCE, 1.5)
    late = held.advanced(SILENCE, 2.5)

    assert held.hold_db[0, 0] == pytest.approx(-3.0, abs=0.01)
    assert late.hold_db[0, 0] == pytest.approx(-3.0 - 13.3, abs=0.01)


def test_one_late_reading_falls_only_for_the_time_after_the_hold():
    bank = MeterBank.silent(1).advanced(levels(-3.0), 0.0).advanced(SILENCE, 2.0)

    assert bank.hold_db[0, 0] == pytest.approx(-3.0 - 13.3 * 0.5, abs=0.01)


def test_a_higher_peak_is_held_anew():
    bank = MeterBank.silent(1).advanced(levels(-12.0), 0.0).advanced(levels(-6.0), 1.0)

    assert bank.advanced(SILENCE, 2.4).hold_db[0, 0] == pytest.approx(-6.0, abs=0.01)


def test_the_highest_peak_stays_until_it_is_forgotten():
    bank = MeterBank.silent(2).advanced(levels(1.2, -20.0), 0.0).advanced(np.zeros((2, 4), np.float32), 60.0)

    assert bank.top_db == pytest.approx([1.2, -20.0], abs=0.01)
    assert bank.forgetting(0).top_db == pytest.approx([FLOOR_DB, -20.0], abs=0.01)


def test_meters_go_with_their_strips_into_another_order():
    bank = MeterBank.silent(2).advanced(levels(-6.0, -12.0), 0.0).reordered([1, None, 0])

    assert bank.peak_db[:, 0] == pytest.approx([-12.0, FLOOR_DB, -6.0], abs=0.01)
