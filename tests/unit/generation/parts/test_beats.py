from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.generation.composer.parts._beats import (
    beats_of_bar,
    pulse_ticks,
    steps_in_bar,
    strong_ticks,
)
from musicgen_desktop.timing import Meter


def ticks(steps, meter, bar=0, bars=1, written_for="4/4"):
    return [step.tick for step in steps_in_bar(steps, bars, written_for, Meter.parse(meter), bar)]


def test_sixteen_steps_are_sixteenths_of_a_bar_of_four_quarters():
    assert ticks("x...x..x.x......", "4/4") == [0, 960, 1680, 2160]


def test_twelve_steps_are_triplets_and_do_not_swing():
    steps = steps_in_bar("x.xx.xx.xx.x", 1, "4/4", Meter.parse("4/4"), 0)

    assert [step.tick for step in steps[:3]] == [0, 640, 960]
    assert not any(step.swings for step in steps)


def test_blanks_and_bars_in_a_pattern_are_only_for_the_eye():
    assert ticks("x... | x... | x... | x...", "4/4") == ticks("x...x...x...x...", "4/4")


def test_a_hold_lengthens_the_note_before_it():
    steps = steps_in_bar("1---..5-........", 1, "4/4", Meter.parse("4/4"), 0)

    assert [(step.sign, step.length) for step in steps] == [("1", 960), ("5", 480)]


def test_a_pattern_of_two_bars_alternates():
    steps = "x...............x.......x......."

    assert [ticks(steps, "4/4", bar, bars=2) for bar in range(4)] == [[0], [0, 1920], [0], [0, 1920]]


def test_a_pattern_written_for_the_meter_is_played_as_written():
    assert ticks("x...x...x.x.", "3/4", written_for="3/4") == [0, 960, 1920, 2400]


def test_kicks_of_a_four_four_beat_open_the_groups_of_seven_eight():
    kicks = ticks("x.......x.......", "7/8")

    assert kicks == [0, 1920]


def test_five_four_is_felt_as_three_and_two():
    kick, snare = "x.......x.......", "....x.......x..."

    assert ticks(kick, "5/4") == [0, 960, 2880]
    assert ticks(snare, "5/4") == [1920, 3840]


def test_six_eight_takes_one_beat_of_the_pattern_for_each_dotted_quarter():
    snare = "....x.......x..."

    assert ticks(snare, "6/8", bar=0) == [1440]
    assert ticks(snare, "6/8", bar=1) == [1440]
    assert ticks("..x...x...x...x.", "6/8") == [960, 2400]


@given(st.integers(1, 32), st.sampled_from([2, 4, 8, 16]), st.integers(0, 3))
def test_every_meter_is_filled_without_gap_or_overlap(numerator, denominator, bar):
    meter = Meter(numerator, denominator)

    beats = beats_of_bar(meter, bar)

    at = 0
    for beat in beats:
        assert beat.tick == at
        at += beat.length
    assert at == meter.bar_ticks
    assert strong_ticks(meter)[0] == 0
    assert all(0 <= tick < meter.bar_ticks for tick in (*strong_ticks(meter), *pulse_ticks(meter)))
