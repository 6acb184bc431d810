import math
import threading

import numpy as np
import pytest

from musicgen_desktop.playback.realtime import MeterBank, Programme, StripMeter

RATE = 48_000


def a_block(left, right, frames=512):
    block = np.empty((2, frames), np.float32)
    block[0], block[1] = left, right
    return block


def a_bank_with(*levels, frames=512, strips=("a", "b")):
    """Blocks one after another; of each, the constant level of strip a."""
    bank = MeterBank(RATE, strips)
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
    bank = MeterBank(RATE, ["a"], blocks=4)
    for at, level in enumerate([0.9, 0.8, 0.1, 0.2, 0.3, 0.15]):
        bank.begin(at * 64, 64)
        bank.tap("a", a_block(level, 0.0, 64))

    assert bank.heard(10_000).levels[0, 0] == pytest.approx(0.3)


def test_the_last_strip_is_the_master_whose_loudness_is_measured():
    bank = MeterBank(RATE, ["a", "master"])
    tone = (0.1 * np.sin(2 * np.pi * np.arange(RATE) / 48)).astype(np.float32)
    for clock in range(0, RATE, 480):
        bank.begin(clock, 480)
        bank.tap("a", a_block(1.0, 1.0, 480))
        bank.tap("master", np.stack([tone[clock : clock + 480]] * 2))

    programme = bank.heard(RATE).programme

    assert programme.momentary_lufs == pytest.approx(-20.0, abs=0.1)
    assert programme.integrated_lufs == pytest.approx(-20.0, abs=0.1)
    assert programme.short_term_lufs == -math.inf
    assert programme.true_peak_dbtp == pytest.approx(-20.0, abs=0.1)


def test_the_true_peak_is_the_largest_since_the_last_ask():
    bank = MeterBank(RATE, ["master"])
    for at, level in enumerate([0.5, 0.1, 0.1, 0.1]):
        bank.begin(at * 512, 512)
        bank.tap("master", a_block(level * np.sin(np.arange(512) / 20), 0.0))

    first, _, later = (bank.heard(clock).programme.true_peak_dbtp for clock in (600, 1100, 1600))

    assert first == pytest.approx(-6.0, abs=0.1)
    assert later == pytest.approx(-20.0, abs=0.1)


def test_integrated_loudness_begins_anew_when_asked():
    bank = MeterBank(RATE, ["master"])
    for at, level in enumerate([0.9] * 10 + [0.09] * 10):
        if at == 10:
            bank.measure_anew()
        bank.begin(at * 4800, 4800)
        bank.tap("master", a_block(level * np.sin(2 * np.pi * np.arange(4800) / 48), 0.0, 4800))

    loud, soft = (bank.heard(clock).programme.integrated_lufs for clock in (9 * 4800, 99 * 4800))

    assert loud - soft == pytest.approx(20.0, abs=0.1)


def test_before_anything_was_mixed_there_is_silence():
    found = MeterBank(RATE, ["a"]).heard(0)

    assert not found.levels.any()
    assert found.programme == Programme()


def test_one_thread_may_mix_while_another_asks():
    bank = MeterBank(RATE, ["a", "b"])
    mixed = threading.Event()
    found = []

    def ask():
        while not mixed.is_set():
            found.append(bank.heard(bank._clocks[0]).levels.shape)

    asker = threading.Thread(target=ask)
    asker.start()
    for at in range(3000):
        bank.begin((at % 700) * 64, 64)
        bank.tap("a", a_block(0.5, 0.5, 64))
        if at % 100 == 0:
            bank.arrange(["a", "b", "c"] if at % 200 else ["b", "a"])
    mixed.set()
    asker.join()

    assert set(found) <= {(0, 4), (2, 4), (3, 4)}
