"""The rules of play, stop, locate, loop and record; and that no order of wishes leads astray."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.transport import Playhead, Transport

RATE = 48_000
LOOP = (10_000, 20_000)


def a_playing(place=0, clock=0, **settings):
    return Transport(cursor=place, **settings).play(clock).started(clock)


def test_play_begins_at_the_cursor_once_the_sound_is_there():
    waiting = Transport(cursor=500).play(100)

    playing = waiting.started(150)

    assert waiting.state == "locating"
    assert playing.state == "playing"
    assert playing.course == Playhead(150, 500)


def test_while_the_sound_is_awaited_the_place_stands_still():
    assert Transport(cursor=500).play(100).place_at(9_000) == 500


def test_play_changes_nothing_while_it_plays():
    playing = a_playing()

    assert playing.play(1000) == playing


def test_stop_stays_where_it_was_heard():
    stopped = a_playing(500).stop(2_000).silent()

    assert stopped.state == "stopped"
    assert stopped.place_at(99_999) == 2_500


def test_stop_returns_to_where_playing_began_if_so_set():
    stopped = a_playing(500, return_on_stop=True).stop(2_000).silent()

    assert stopped.place_at(2_000) == 500


def test_a_stop_fades_out_first():
    stopping = a_playing().stop(2_000)

    assert stopping.state == "stopping"
    assert not stopping.is_rolling


def test_play_during_the_fade_begins_anew():
    again = a_playing(500).stop(2_000).play(2_100)

    assert again.state == "locating"
    assert again.course == Playhead(2_100, 2_500)


def test_a_stop_in_the_count_in_stands_where_the_song_would_have_come_in():
    counting = Transport(cursor=5_000).play(0, count_in_from=1_000).started(0)

    assert counting.stop(2_000).cursor == 5_000


def test_locate_at_rest_moves_the_cursor():
    assert Transport().locate(7_000, 0).cursor == 7_000


def test_locate_before_the_song_is_its_beginning():
    assert Transport(cursor=9).locate(-5, 0).cursor == 0


def test_locate_while_playing_goes_on_there():
    moved = a_playing().locate(7_000, 3_000)

    assert moved.state == "locating"
    assert moved.started(3_200).place_at(3_300) == 7_100


def test_after_a_locate_a_returning_stop_goes_to_the_place_sent_to():
    moved = a_playing(500, return_on_stop=True).locate(7_000, 3_000).started(3_000)

    assert moved.stop(4_000).cursor == 7_000


def test_return_goes_to_the_start_of_the_song():
    assert Transport(cursor=7_000).return_to_start(0).cursor == 0


def test_return_goes_to_the_start_of_the_loop_when_it_is_on():
    assert Transport(cursor=15_000).with_loop(LOOP, 0).return_to_start(0).cursor == 10_000


def test_return_while_playing_goes_on_from_the_start():
    assert a_playing(5_000).return_to_start(300).started(400).place_at(450) == 50


def test_a_count_in_rolls_into_the_song():
    counting = Transport(cursor=5_000).play(0, count_in_from=1_000).started(200)

    assert counting.state == "counting_in"
    assert counting.at(4_199).state == "counting_in"
    assert counting.at(4_200).state == "playing"
    assert counting.place_at(4_200) == 5_000


def test_a_count_in_rolls_into_the_loop():
    counting = Transport(cursor=LOOP[0]).with_loop(LOOP, 0).play(0, count_in_from=6_000).started(0)

    assert counting.place_at(4_000) == LOOP[0]
    assert counting.place_at(4_000 + 10_000 + 5) == LOOP[0] + 5


def test_a_loop_switched_on_while_playing_is_taken_up_without_a_gap():
    looped = a_playing(15_000).with_loop(LOOP, 1_000)

    assert looped.state == "playing"
    assert looped.place_at(1_000) == 16_000
    assert looped.place_at(5_000) == LOOP[0]


def test_a_loop_switched_off_while_playing_runs_straight_on():
    straight = a_playing(15_000).with_loop(LOOP, 0).with_loop(LOOP, 6_000, is_on=False)

    assert straight.place_at(6_000) == 11_000
    assert straight.place_at(26_000) == 31_000
    assert straight.loop == LOOP


def test_a_loop_that_is_moved_during_a_count_in_keeps_the_count_in():
    counting = Transport(cursor=12_000).play(0, count_in_from=8_000).started(0)

    looped = counting.with_loop(LOOP, 1_000)

    assert looped.at(3_999).state == "counting_in"
    assert looped.at(4_000).state == "playing"


def test_recording_is_on_wherever_it_plays_without_a_punch_range():
    recording = Transport().with_record(0, is_on=True).play(0).started(0)

    assert recording.state == "recording"


def test_recording_is_on_only_between_the_punch_places():
    armed = Transport(punch=(1_000, 2_000), is_record_on=True).play(0).started(0)

    states = [armed.at(clock).state for clock in (0, 999, 1_000, 1_999, 2_000)]

    assert states == ["playing", "playing", "recording", "recording", "playing"]


def test_a_count_in_is_not_recorded():
    armed = Transport(cursor=5_000, is_record_on=True).play(0, count_in_from=1_000).started(0)

    assert [armed.at(clock).state for clock in (0, 3_999, 4_000)] == ["counting_in"] * 2 + ["recording"]


def test_recording_is_punched_in_and_out_by_hand():
    recording = a_playing().with_record(500, is_on=True)

    assert recording.state == "recording"
    assert recording.with_record(600, is_on=False).state == "playing"


def test_a_stop_ends_recording():
    stopped = Transport(is_record_on=True).play(0).started(0).stop(1_000).silent()

    assert stopped.play(2_000).started(2_000).state == "playing"


def test_scrubbing_sounds_eighty_milliseconds_again_and_again():
    scrubbing = a_playing().scrub(30_000, 5_000, RATE)

    assert scrubbing.state == "scrubbing"
    assert scrubbing.course == Playhead(5_000, 30_000, (30_000, 33_840))
    assert scrubbing.place_at(6_000) == 30_000


def test_the_end_of_scrubbing_stands_at_its_place_also_when_a_stop_returns():
    scrubbing = a_playing(return_on_stop=True).scrub(30_000, 5_000, RATE)

    stopped = scrubbing.stop(6_000).silent()

    assert (stopped.state, stopped.cursor) == ("stopped", 30_000)


def test_a_song_may_be_played_out_of_scrubbing():
    assert Transport().scrub(30_000, 0, RATE).play(100).started(100).place_at(150) == 30_050


@pytest.mark.parametrize("loop", [(5, 5), (100, 50), (0, 63)])
def test_a_loop_too_short_is_none(loop):
    assert a_playing().with_loop(loop, 10).place_at(100_000) == 100_000


places = st.integers(-1_000, 60_000)
ranges = st.none() | st.tuples(places, places)
WISHES = st.one_of(
    st.tuples(st.just("play"), st.none() | st.integers(0, 30_000)),
    st.tuples(st.just("started")),
    st.tuples(st.just("stop")),
    st.tuples(st.just("silent")),
    st.tuples(st.just("locate"), places),
    st.tuples(st.just("return_to_start")),
    st.tuples(st.just("with_loop"), ranges, st.booleans()),
    st.tuples(st.just("with_record"), st.booleans()),
    st.tuples(st.just("with_punch"), ranges),
    st.tuples(st.just("scrub"), places),
    st.tuples(st.just("at")),
)
STEPS = st.lists(st.tuples(st.integers(0, 20_000), WISHES), max_size=25)


def asked(transport, clock, wish):
    kind, *rest = wish
    wishes = {
        "play": lambda before: transport.play(clock, None if before is None else transport.cursor - before),
        "silent": transport.silent,
        "locate": lambda place: transport.locate(place, clock),
        "with_loop": lambda loop, is_on: transport.with_loop(loop, clock, is_on=is_on),
        "with_record": lambda is_on: transport.with_record(clock, is_on=is_on),
        "with_punch": lambda punch: transport.with_punch(punch, clock),
        "scrub": lambda place: transport.scrub(place, clock, RATE),
    }
    return wishes[kind](*rest) if kind in wishes else getattr(transport, kind)(clock)


def walked(steps, *, returns=False):
    """Each (clock, wish, before, after)."""
    transport, clock = Transport(return_on_stop=returns), 0
    for passed, wish in steps:
        clock += passed
        after = asked(transport, clock, wish)
        yield clock, wish, transport, after
        transport = after


@given(steps=STEPS, returns=st.booleans())
def test_after_any_wishes_the_state_is_one_that_can_be(steps, returns):
    for clock, _, _, after in walked(steps, returns=returns):
        now = after.at(clock)

        assert (now.course is None) == (now.state in {"stopped", "stopping"})
        assert now.cursor >= 0
        assert now.state != "recording" or now.records_at(now.place_at(clock))
        assert now.state != "playing" or not now.records_at(now.place_at(clock))
        assert (now.state == "counting_in") == (
            now.state not in {"stopped", "stopping", "locating", "scrubbing"}
            and clock < now.course.sounding_clock
        )
        assert now.at(clock) == now


@given(steps=STEPS, returns=st.booleans())
def test_whatever_went_before_a_stop_ends_in_silence(steps, returns):
    transport, clock = Transport(), 0
    for clock, _, _, transport in walked(steps, returns=returns):  # noqa: B007 - the last ones count
        pass

    stopped = transport.stop(clock).silent()

    assert stopped.state == "stopped"
    assert not stopped.is_record_on or transport.state in {"stopped", "stopping"}
    assert stopped.place_at(clock) == stopped.cursor


@given(steps=STEPS)
def test_only_a_jump_that_was_asked_for_moves_the_place(steps):
    jumping = {"locate", "return_to_start", "scrub", "started", "play", "stop"}

    for clock, wish, before, after in walked(steps):
        if wish[0] not in jumping:
            assert after.place_at(clock) == before.place_at(clock)
        if wish[0] == "locate":
            assert after.place_at(clock) == max(wish[1], 0)
        if wish[0] == "stop" and before.state in {"playing", "recording"}:
            assert after.cursor == max(before.place_at(clock), 0)


@given(steps=STEPS)
def test_inside_an_active_loop_the_place_never_leaves_it(steps):
    for clock, _, _, now in walked(steps):
        loop = now.active_loop
        if now.state in {"playing", "recording"} and loop and loop[0] <= now.place_at(clock) < loop[1]:
            assert all(loop[0] <= now.place_at(clock + ahead) < loop[1] for ahead in range(0, 90_000, 7_001))


def test_a_loop_that_the_place_lies_behind_is_passed_by_even_from_a_count_in_inside_it():
    transport = Transport(loop=(0, 96_000), is_looping=True, cursor=144_000)

    counted = transport.play(0, count_in_from=72_000)

    assert counted.course.loop is None
    assert counted.course.place_at(counted.course.clock + 72_000) == 144_000
