"""One process tells what is heard when, and others keep time with it."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.timing import ClockReading, HeardCourse, Passages, PlayClock, Playhead

RATE = 48_000


def a_reading(*courses, at_s=100.0, frame=0, written_s=100.0, rate=RATE):
    return ClockReading(written_s, at_s, frame, rate, courses)


def rolling(frame, clock=0, place=0, loop=None, sounds_from=None, speed=1.0):
    return HeardCourse(frame, Playhead(clock, place, loop, sounds_from), speed=speed)


def said(reading, seconds, step_s=0.01):
    """All passages of so many seconds, asked for in steps, while the clock goes on being told."""
    passages, found, now = Passages(), [], reading.at_s
    end = now + seconds
    while now < end:
        now = min(now + step_s, end)
        found += passages.until(msgspec.structs.replace(reading, written_s=now), now, now - step_s)
    return found


@pytest.fixture
def clock(tmp_path):
    writer = PlayClock.create(tmp_path / "clock")
    reader = PlayClock.open(tmp_path / "clock")
    yield writer, reader
    writer.close()
    reader.close()


def test_a_clock_on_which_nothing_stands_has_no_device(clock):
    _, reader = clock

    assert reader.read().rate == 0
    assert reader.read().place_at(1.0) is None


def test_what_one_process_writes_another_reads(clock):
    writer, reader = clock
    reading = a_reading(rolling(0, 5, 7, (0, 96_000), 9), HeardCourse(480, None, 3))

    writer.write(reading)

    assert reader.read() == reading


def test_a_file_that_is_no_clock_is_refused(tmp_path):
    (tmp_path / "clock").write_bytes(b"MGBOARD1" + bytes(200))

    with pytest.raises(ValueError, match="no page of the kind"):
        PlayClock.open(tmp_path / "clock")


def test_the_place_runs_with_time_and_turns_round_in_a_loop():
    reading = a_reading(rolling(0, 0, 0, (0, RATE)))

    assert reading.place_at(100.25) == pytest.approx(0.25 * RATE)
    assert reading.place_at(101.25) == pytest.approx(0.25 * RATE)


def test_a_stop_that_is_coming_is_known_before_it_is_heard():
    reading = a_reading(rolling(0), HeardCourse(RATE, None, 77))

    assert reading.is_rolling_at(100.9)
    assert not reading.is_rolling_at(101.1)
    assert reading.place_at(101.1) == 77.0


def test_a_song_at_another_speed_reaches_another_place():
    assert a_reading(rolling(0, speed=1.05)).place_at(101.0) == pytest.approx(1.05 * RATE)


def test_a_loop_is_said_as_straight_passages_that_each_begin():
    found = said(a_reading(rolling(0, 0, 0, (0, RATE // 2))), 1.25)

    beginnings = [(each.place, round(each.at_s, 4)) for each in found if each.begins]
    assert beginnings == [(0, 100.0), (0, 100.5), (0, 101.0)]


@given(step=st.integers(1, 4_000), first=st.integers(0, 2_000), length=st.integers(64, 6_000))
def test_every_frame_of_a_loop_is_said_once_and_in_order_however_it_is_asked_for(step, first, length):
    reading = a_reading(rolling(0, 0, 0, (first, first + length)))

    found = said(reading, 0.3, step / RATE)

    heard = [place for each in found for place in range(each.place, each.place + each.frames)]
    assert len(heard) in (round(0.3 * RATE), round(0.3 * RATE) - 1)
    assert heard == [reading.courses[0].playhead.place_at(clock) for clock in range(len(heard))]
    jumps = [each for each in found[1:] if each.begins]
    assert all(each.place == first for each in jumps)
    assert len(jumps) == sum(after != before + 1 for before, after in pairwise(heard))


@given(speeds=st.lists(st.floats(0.88, 1.12), min_size=2, max_size=20))
def test_no_frame_is_lost_or_said_twice_while_the_speed_changes(speeds):
    passages, found = Passages(), []
    frame, stream, now = 0, 0.0, 100.0
    for speed in speeds:
        course = rolling(frame, int(stream), int(stream), speed=speed)
        now = 100.0 + (frame + 512) / RATE
        found += passages.until(a_reading(course, written_s=now), now, 100.0)
        frame += 512
        stream += 512 * speed

    heard = [place for each in found for place in range(each.place, each.place + each.frames)]
    assert heard == list(range(len(heard)))
    assert abs(len(heard) - stream) < 3


def test_a_stop_and_a_start_begin_passages_and_silence_stands():
    reading = a_reading(rolling(0), HeardCourse(4_800, None, 4_800), rolling(9_600, 20_000, 96_000))

    found = said(reading, 0.3)

    beginnings = [(each.is_rolling, each.place) for each in found if each.begins]
    assert beginnings == [(True, 0), (False, 4_800), (True, 96_000)]
    assert sum(each.frames for each in found) in (4_800 + 4_799, 9_600)


def test_behind_a_count_in_the_song_begins():
    found = said(a_reading(rolling(0, 0, -4_800, None, 0)), 0.2)

    assert [(each.place, each.counts_in) for each in found if each.begins] == [(-4_800, True), (0, False)]


def test_a_clock_that_is_told_no_longer_stops_the_song():
    passages = Passages()
    reading = a_reading(rolling(0))
    passages.until(reading, 100.1, 100.0)

    ends = passages.until(reading, 102.1, 102.0)
    after = passages.until(reading, 102.2, 102.1)

    assert [(each.begins, each.is_rolling, each.at_s) for each in ends] == [(True, False, 102.0)]
    assert after == []


@pytest.mark.parametrize(("stood_s", "is_whole"), [(2.0, True), (10.0, False)])
def test_after_a_short_pause_what_was_left_out_is_said_and_after_a_long_one_not(stood_s, is_whole):
    passages = Passages()
    reading = a_reading(rolling(0))
    passages.until(reading, 100.5, 100.0)

    now = 100.5 + stood_s
    found = passages.until(msgspec.structs.replace(reading, written_s=now), now + 0.1, now)

    assert found[0].begins is not is_whole
    assert found[0].place == pytest.approx(0.5 * RATE if is_whole else (0.5 + stood_s) * RATE, abs=2)


def test_a_clock_that_goes_back_a_little_is_waited_for():
    passages = Passages()
    passages.until(a_reading(rolling(0)), 101.0, 100.0)

    later = a_reading(rolling(0), at_s=101.0, written_s=101.5)

    assert passages.until(later, 101.9, 101.8) == []
    assert passages.until(later, 102.1, 102.0)[0].place == pytest.approx(RATE, abs=2)


@pytest.mark.parametrize(("late_s", "place_s"), [(0.3, 0.0), (3.0, 2.0)])
def test_a_start_that_is_told_of_late_is_said_from_its_beginning_unless_that_is_long_ago(late_s, place_s):
    passages, begin_s = Passages(), 100.5
    passages.until(a_reading(HeardCourse(0, None, 0)), begin_s + late_s, 100.0)

    now = begin_s + late_s
    told = a_reading(HeardCourse(0, None, 0), rolling(RATE // 2), written_s=now)
    found = passages.until(told, now + 0.1, now)

    assert (found[0].begins, found[0].is_rolling) == (True, True)
    assert found[0].place == pytest.approx(place_s * RATE, abs=2)
    assert found[-1].end_s == pytest.approx(now + 0.1)


def test_whoever_comes_to_a_song_that_runs_begins_where_it_is():
    found = Passages().until(a_reading(rolling(0), written_s=102.0), 102.1, 102.0)

    assert found[0].place == pytest.approx(2 * RATE, abs=2)
