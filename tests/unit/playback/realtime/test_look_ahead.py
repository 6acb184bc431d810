import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.realtime import LookAhead

RATE = 48_000


def a_filled_look_ahead(**settings):
    ahead = LookAhead(RATE, 512, **settings)
    ahead.note(0, ahead.target)
    return ahead


def seconds_of_calm(ahead, start, seconds):
    for clock in range(start, start + seconds * RATE, 1024):
        ahead.note(clock, ahead.target)


def test_it_begins_with_a_tenth_of_a_second():
    assert LookAhead(RATE, 512).target == 4800


def test_a_nearly_empty_ring_makes_it_grow_by_half_at_once():
    ahead = a_filled_look_ahead()

    assert ahead.note(1024, 1439) == 7200


def test_a_ring_above_the_mark_changes_nothing():
    ahead = a_filled_look_ahead()

    assert ahead.note(1024, 1441) == 4800


def test_while_the_larger_ring_is_being_filled_it_does_not_grow_again():
    ahead = a_filled_look_ahead()
    ahead.note(1024, 100)

    grown = [ahead.note(1024 + step, 100 + step) for step in range(0, 4000, 500)]

    assert set(grown) == {7200}


def test_a_ring_that_stays_nearly_empty_for_long_makes_it_grow_again():
    ahead = a_filled_look_ahead()
    ahead.note(1024, 100)

    assert ahead.note(1024 + 2 * 7200 + 1, 100) == 10_800


def test_every_starvation_makes_it_grow_up_to_the_most():
    ahead = a_filled_look_ahead()

    targets = [ahead.starved(clock) for clock in range(0, 5000, 1000)]

    assert targets == [7200, 10_800, 14_400, 14_400, 14_400]


def test_a_start_or_locate_is_no_alarm():
    ahead = a_filled_look_ahead()

    ahead.refilling(10_000)

    assert [ahead.note(10_000 + at, at) for at in (0, 512, 1024, 2048, 4096)] == [4800] * 5


def test_half_a_minute_of_calm_changes_nothing_yet():
    ahead = a_filled_look_ahead()
    ahead.starved(0)

    seconds_of_calm(ahead, 0, 30)

    assert ahead.target == 7200


def test_long_calm_brings_it_back_to_the_start_and_no_further():
    ahead = a_filled_look_ahead()
    ahead.starved(0)

    seconds_of_calm(ahead, 0, 50)
    half_way = ahead.target_ms
    seconds_of_calm(ahead, 50 * RATE, 60)

    assert half_way == pytest.approx(130.0, abs=0.5)
    assert ahead.target_ms == 100.0


def test_it_never_falls_under_two_device_buffers_and_a_block():
    ahead = LookAhead(RATE, 4096, 2048, start_ms=60.0, high_ms=100.0)

    assert ahead.target == 2 * 4096 + 2048


@pytest.mark.parametrize(
    "wrong", [{"rate": 0}, {"device_frames": -1}, {"block_frames": 0}, {"low_ms": 301.0}]
)
def test_impossible_figures_are_refused(wrong):
    with pytest.raises(ValueError, match="No look-ahead"):
        LookAhead(**({"rate": RATE, "device_frames": 512} | wrong))


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["note", "starved", "refilling"]), st.integers(0, 50_000), st.integers(0, 20_000)
        ),
        max_size=60,
    )
)
def test_whatever_happens_it_stays_between_its_bounds(steps):
    ahead = LookAhead(RATE, 1024, 512)
    clock = 0

    for what, passed, queued in steps:
        clock += passed
        if what == "note":
            ahead.note(clock, queued)
        else:
            getattr(ahead, what)(clock)

        assert 4800 <= ahead.target <= 14_400
