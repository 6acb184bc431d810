"""From the stream's clock to the timeline: straight, round, and after a count-in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.transport import Playhead, Span

LOOPED = Playhead(clock=1000, place=500, loop=(400, 900))

courses = st.builds(
    Playhead,
    clock=st.integers(0, 5_000),
    place=st.integers(-2_000, 5_000),
    loop=st.none() | st.tuples(st.integers(0, 3_000), st.integers(64, 2_000)).map(lambda x: (x[0], sum(x))),
    sounds_from=st.none() | st.integers(-2_000, 6_000),
)


def test_a_straight_course_is_one_span():
    spans = Playhead(clock=100, place=40).spans(150, 512)

    assert spans == [Span(0, 512, 90)]


def test_a_block_is_cut_where_the_loop_turns():
    spans = LOOPED.spans(1300, 800)

    assert spans == [Span(0, 100, 800), Span(100, 500, 400), Span(600, 200, 400)]


def test_a_course_behind_the_loop_runs_on_straight():
    course = Playhead(place=900, loop=(400, 900))

    assert course.place_at(10_000) == 10_900
    assert course.next_jump(0) is None


def test_a_loop_that_would_be_a_tone_is_none():
    course = Playhead(loop=(0, 63))

    assert not course.turns
    assert course.place_at(1000) == 1000


def test_a_count_in_runs_before_the_song_and_into_the_loop():
    course = Playhead(clock=0, place=-48, loop=(0, 100), sounds_from=0)

    assert course.sounding_clock == 48
    assert course.place_at(47) == -1
    assert course.place_at(148) == 0


def test_a_changed_loop_goes_on_from_the_place_that_was_reached():
    changed = LOOPED.continued(1500, None)

    assert changed == Playhead(1500, 500, None)
    assert LOOPED.place_at(1500) == 500


@given(courses, st.integers(0, 20_000), st.integers(1, 4_096))
def test_spans_fill_the_block_and_say_what_place_at_says(course, after, frames):
    clock = course.clock + after

    spans = course.spans(clock, frames)

    assert sum(span.frames for span in spans) == frames
    assert all(one.offset + one.frames == two.offset for one, two in pairwise(spans))
    for span in spans:
        assert course.place_at(clock + span.offset) == span.place
        assert course.place_at(clock + span.offset + span.frames - 1) == span.place + span.frames - 1


@given(courses, st.integers(0, 20_000))
def test_the_next_jump_is_the_first_frame_that_does_not_follow(course, after):
    clock = course.clock + after

    jump = course.next_jump(clock)

    if jump is None:
        assert course.place_at(clock + 50_000) == course.place_at(clock) + 50_000
    else:
        assert course.place_at(jump - 1) == course.place_at(clock) + jump - 1 - clock
        assert course.place_at(jump) != course.place_at(jump - 1) + 1
