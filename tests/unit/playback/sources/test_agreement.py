from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.sources._agreement import NEVER, agree_until
from musicgen_desktop.playback.transport import Playhead

LOOPS = st.none() | st.tuples(st.integers(0, 200), st.integers(64, 300)).map(
    lambda each: (each[0], sum(each))
)


@given(st.integers(0, 400), LOOPS, LOOPS, st.integers(0, 300))
def test_until_they_part_two_courses_are_at_the_same_place(place, loop, other_loop, later):
    before = Playhead(0, place, loop)
    after = before.continued(later, other_loop)

    parts = agree_until(before, after, later)

    assert parts > later
    for clock in range(later, min(parts, later + 1500)):
        assert before.place_at(clock) == after.place_at(clock)
    if parts < NEVER:
        assert parts in (before.next_jump(parts - 1), after.next_jump(parts - 1))


def test_a_jump_parts_at_once():
    assert agree_until(Playhead(0, 0), Playhead(500, 1000), 500) == 500


def test_a_count_in_is_something_else_than_the_song():
    assert agree_until(Playhead(0, 0), Playhead(0, 0, None, 300), 100) == 100


def test_from_and_to_nothing_parts_at_once():
    assert agree_until(None, Playhead(), 5) == 5
    assert agree_until(Playhead(), None, 5) == 5


def test_the_same_course_never_parts():
    assert agree_until(Playhead(0, 5), Playhead(10, 15), 10) == NEVER
