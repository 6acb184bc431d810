import math

import numpy as np
import pytest

from musicgen_desktop.playback.realtime import MeterBank, Programme, StripMeter


def a_block(left, right, frames=512):
    block = np.empty((2, frames), np.float32)
    block[0], block[1] = left, right
    return block


def a_bank_with(*levels, frames=512, strips=("a", "b")):
    """Blocks one after another; of each, the constant level of strip a."""
    bank = MeterBank(strips)
    for at, level in enumerate(levels):
        bank.begin(at * frames, frames)
        bank.tap("a", a_block(level, -level / 2, frames))
    return bank


def test_a_strip_is_measured_on_both_sides():
    row = np.zeros(4, np.float32)
    sine = np.sin(2 * np.pi * np.arange(480) / 48).astype(np.float32)

    StripMeter().measure(np.stack([sine, -0.5 * sine]), row)

    np.testing.assert_allclose(row[:2], [1.0, 0.5], atol=1e-6)
    np.testing.assert_allclose(np.sqrt(row[2:] / 480), [math.sqrt(0.5), 0.5 * math.sqrt(0.5)], atol=1e-6)


def test_a_block_counts_once_its_first_frame_is_heard():
    bank = a_bank_with(0.1, 0.2, 0.9)

    found = bank.heard(1023)

    np.testing.assert_allclose(found.levels[0, :2], [0.2, 0.1])


def test_the_peak_is_the_largest_and_the_rms_that_of_all_blocks_since_the_last_ask():
    bank = a_bank_with(0.1, 0.4, 0.3)

    found = bank.heard(5000)

    np.testing.assert_allclose(found.levels[0, :2], [0.4, 0.2])
    np.testing.assert_allclose(found.levels[0, 2], math.sqrt((0.01 + 0.16 + 0.09) / 3), rtol=1e-5)


def test_what_was_told_is_not_told_again():
    bank = a_bank_with(0.9, 0.1)
    bank.heard(0)

    assert bank.heard(512).levels[0, 0] == pytest.approx(0.1)


def test_asked_between_two_blocks_it_repeats_itself():
    bank = a_bank_with(0.9, 0.1)
    first = bank.heard(10)

    assert bank.heard(20) is first


def test_a_strip_that_was_not_mixed_was_silent():
    bank = a_bank_with(0.5)

    assert not bank.heard(0).levels[1].any()


def test_strips_nobody_asked_for_are_passed_over():
    bank = a_bank_with(0.5)

    bank.tap("unknown", a_block(1.0, 1.0))

    assert bank.heard(0).levels.max() == pytest.approx(0.5)


def test_blocks_that_were_never_heard_are_forgotten_when_the_song_jumps():
    bank = a_bank_with(0.1, 0.2, 0.9, 0.9)

    bank.begin(1024, 512)
    bank.tap("a", a_block(0.3, 0.3))

    assert bank.heard(9999).levels[0, 0] == pytest.approx(0.3)


def test_a_stream_that_begins_again_at_0_starts_afresh():
    bank = a_bank_with(*[0.9] * 5)
    bank.heard(5 * 512)

    bank.begin(0, 512)
    bank.tap("a", a_block(0.2, 0.2))

    assert bank.heard(0).levels[0, 0] == pytest.approx(0.2)


def test_strips_that_stay_keep_what_was_not_heard_yet():
    bank = a_bank_with(0.6)

    bank.arrange(["new", "b", "a"])
    found = bank.heard(0)

    assert found.strips == ("new", "b", "a")
    np.testing.assert_allclose(found.levels[:, 0], [0.0, 0.0, 0.6])


def test_of_more_blocks_than_it_keeps_the_oldest_are_forgotten():
    bank = MeterBank(["a"], blocks=4)
    for at, level in enumerate([0.9, 0.8, 0.1, 0.2, 0.3, 0.15]):
        bank.begin(at * 64, 64)
        bank.tap("a", a_block(level, 0.0, 64))

    assert bank.heard(10_000).levels[0, 0] == pytest.approx(0.3)


def test_the_programme_is_the_newest_heard_and_its_true_peak_the_largest():
    bank = MeterBank(["a"])
    for at, (lufs, peak) in enumerate([(-30.0, -1.0), (-20.0, -6.0), (-10.0, 0.0)]):
        bank.begin(at * 512, 512)
        bank.note_programme(Programme(lufs, lufs - 1, lufs - 2, peak))

    assert bank.heard(600).programme == Programme(-20.0, -21.0, -22.0, -1.0)


def test_before_anything_was_mixed_there_is_silence():
    found = MeterBank(["a"]).heard(0)

    assert not found.levels.any()
    assert found.programme.integrated_lufs == -math.inf
