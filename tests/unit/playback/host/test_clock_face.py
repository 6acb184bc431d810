"""What is told of the song's course before it is heard is what is heard then."""

import numpy as np
import pytest

from musicgen_desktop.playback.host._clock_face import ClockFace
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import PlayClock

from .test_engine import FADE, RATE, Desk, PlacesMixer


@pytest.fixture
def desk():
    return Desk()


def told_places(desk, first, count):
    """The frame of the timeline at each of these frames of the speaker as it is told now; −1 for none."""
    places = np.full(count, -1.0)
    courses = desk.engine.heard_courses()
    for number, course in enumerate(courses):
        behind = courses[number + 1].frame if number + 1 < len(courses) else first + count
        for frame in range(max(course.frame, first), min(behind, first + count)):
            if course.playhead is not None:
                clock = course.playhead.clock + frame - course.frame
                if clock >= course.playhead.sounding_clock:
                    places[frame - first] = course.playhead.place_at(clock)
    return places


def assert_told_is_heard(desk, ahead=2_400):
    """The next frames are told now, and heard later. The first half of the fades is left out."""
    first = desk.speaker.played()
    told = told_places(desk, first, ahead)
    desk.run(0.6)
    heard = desk.heard[first : first + ahead]
    sounding = told >= 0
    assert np.array_equal(heard[sounding], told[sounding])
    return sounding


def test_where_a_song_comes_in_is_told_before_it_is_heard(desk):
    desk.run(0.5)
    desk.begin(place=10_000)

    sounding = assert_told_is_heard(desk)

    assert not sounding[:FADE].any()
    assert sounding[-100:].all()


def test_what_only_fades_in_is_told_as_not_sounding_yet(desk):
    desk.run(0.5)
    desk.begin(place=10_000)

    coming = desk.engine.heard_courses()[-1].playhead

    assert (coming.place, coming.sounds_from) == (10_000 - FADE, 10_000)


def test_a_stop_is_told_before_it_is_heard_and_as_the_place_where_the_ear_was(desk):
    desk.begin(place=100_000)
    desk.run(1.0)
    desk.engine.halt()

    *_, last = desk.engine.heard_courses()

    assert last.playhead is None
    assert last.frame > desk.speaker.played()
    assert last.place == pytest.approx(100_000 + RATE, abs=3_000)


def test_a_jump_while_it_plays_is_told_and_what_was_mixed_ahead_is_forgotten(desk):
    desk.begin(place=100_000)
    desk.run(1.0)
    desk.begin(place=500_000)

    courses = desk.engine.heard_courses()
    assert [course.playhead.place < 400_000 for course in courses] == [True, False]
    assert_told_is_heard(desk)


@pytest.mark.parametrize("latency", [0, 300])
def test_a_loop_that_is_set_while_it_plays_is_told_to_the_frame(desk, latency):
    course = desk.begin(place=100_000, mixer=PlacesMixer(latency))
    desk.run(1.0)
    at = desk.engine.clock + 100
    end = course.place_at(at) + 1_000
    desk.engine.turn_into(course.continued(at, (end - 4_800, end)))

    told = told_places(desk, desk.speaker.played(), 12_000)
    sounding = assert_told_is_heard(desk, 12_000)

    assert sounding.all()
    assert np.count_nonzero(np.diff(told) < 0) >= 1


def test_another_process_reads_where_the_song_will_be(desk, tmp_path):
    clock = PlayClock.create(tmp_path / "clock")
    face = ClockFace(PlayClock.open(tmp_path / "clock"))
    desk.run(0.5)
    desk.begin(place=48_000)
    desk.run(0.5)
    face.plan_number = 7

    face.show(desk.engine)
    reading = clock.read()
    face.go_dark()

    assert reading.rate == RATE
    assert reading.plan_number == 7
    # The desk's own clock counts from 0, as the silent speaker's does: only what lies between is compared.
    first = reading.place_at(reading.at_s)
    assert reading.place_at(reading.at_s + 0.125) == pytest.approx(first + 6_000)
    assert clock.read().rate == 0
    clock.close()


def test_a_count_in_is_told_as_a_song_that_is_not_heard_yet(desk):
    desk.run(0.2)
    clock = desk.engine.clock + RATE
    desk.engine.begin(Playhead(clock, -9_600, None, 4_800 - FADE), PlacesMixer(), clock + 14_400)

    coming = desk.engine.heard_courses()[-1].playhead

    assert coming.place == -9_600
    assert coming.sounds_from == 4_800
