"""Commands and what comes of them: play, stop, locate, loop, count-in, scrub, record, edits in between."""

import msgspec
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.playback.host import (
    Locate,
    OpenSpeaker,
    PlanTaken,
    Play,
    Refused,
    Return,
    Scrub,
    SetLoop,
    SetRecording,
    SpeakerOpened,
    Stop,
)
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.timing import TempoMap

from .conftest import BAR, RATE, a_song

A_FRAME = 1 / (2 * RATE)  # in bars


@pytest.fixture
def ran(desk):
    """How many bars the device took since the test began: no song is further on than that."""
    speaker = desk.engine.speaker
    before = speaker.played()
    return lambda: (speaker.played() - before) / (2 * RATE)


def test_play_and_stop_go_through_their_states(desk, ran):
    desk.follow(Play(0.0))
    desk.until_bar(0.1)
    before = desk.heard_bar
    desk.follow(Stop())
    furthest = ran()
    desk.until_state("stopped")

    assert desk.states == ["locating", "playing", "stopping", "stopped"]
    assert before <= desk.heard_bar <= furthest


def test_stop_goes_back_to_where_playing_began_when_asked_to(desk):
    desk.follow(Play(4.0 * BAR))
    desk.until_bar(4.1)
    desk.follow(Stop(go_back=True))
    desk.until_state("stopped")

    assert desk.heard_bar == 4.0


def test_play_once_more_while_it_plays_goes_on(desk, ran):
    desk.follow(Play(4.0 * BAR))
    desk.until_bar(4.2)
    before = desk.heard_bar
    desk.follow(Play())
    goes_on_from = desk.heard_bar
    desk.until_bar(4.3)

    assert before - A_FRAME <= goes_on_from <= desk.heard_bar <= 4.0 + ran()


def test_a_song_that_was_located_goes_on_there(desk, ran):
    desk.follow(Play(0.0))
    desk.until_bar(0.1)
    desk.follow(Locate(20.0 * BAR))
    desk.until_bar(20.05)

    assert desk.state == "playing"
    assert desk.heard_bar <= 20.0 + ran()


def test_stop_right_after_a_located_start_stands_where_it_was_sent(desk, ran):
    desk.follow(Play(0.0))
    desk.until_bar(0.1)
    desk.follow(Locate(20.0 * BAR))
    desk.until(lambda: desk.rolling._start is None)
    desk.follow(Stop())
    furthest = ran()
    desk.until_state("stopped")

    assert 20.0 <= desk.heard_bar <= 20.0 + furthest


def test_two_locates_at_once_lead_to_the_second(desk, ran):
    desk.follow(Play(0.0))
    desk.until_bar(0.1)
    desk.follow(Locate(10.0 * BAR))
    desk.follow(Locate(30.0 * BAR))
    desk.until_bar(30.05)

    assert desk.heard_bar <= 30.0 + ran()


def test_return_leads_to_the_start_of_the_loop_else_of_the_song(desk):
    desk.follow(Locate(9.0 * BAR))
    desk.follow(Return())
    at_song = desk.heard_bar
    desk.follow(SetLoop(2.0 * BAR, 4.0 * BAR, enabled=True))
    desk.follow(Return())

    assert at_song == 0.0
    assert desk.heard_bar == 2.0


def test_a_loop_turns_and_is_left_when_it_is_switched_off(desk):
    desk.follow(SetLoop(4.0 * BAR, 4.5 * BAR, enabled=True))
    desk.follow(Play(4.0 * BAR))
    desk.until_bar(4.4)
    desk.until(lambda: desk.heard_bar < 4.2)
    desk.follow(SetLoop(4.0 * BAR, 4.5 * BAR, enabled=False))
    desk.until_bar(4.7)

    assert desk.state == "playing"


def test_from_the_end_of_a_loop_and_from_a_count_in_inside_it_the_song_goes_straight_on(desk, ran):
    desk.follow(SetLoop(4.0 * BAR, 8.0 * BAR, enabled=True))
    desk.follow(Play(8.0 * BAR, count_in_bars=1))
    desk.until_state("counting_in")
    desk.until_state("playing")
    desk.until_bar(8.1)

    assert desk.heard_bar <= 7.0 + ran()


def test_a_count_in_clicks_and_a_locate_does_not(desk):
    clicks = []
    inner = desk.engine.clicks

    def listen(course, clock, frames):
        found = inner(course, clock, frames)
        clicks.extend(found)
        return found

    desk.engine.clicks = listen
    desk.follow(Play(4.0 * BAR, count_in_bars=1))
    desk.until_bar(4.1)
    counted = len(clicks)
    desk.follow(Locate(20.0 * BAR))
    desk.until_bar(20.1)

    assert counted == 4
    assert len(clicks) == counted
    assert [accent for _, accent in clicks] == [True, False, False, False]


def test_a_loop_and_a_tempo_that_change_at_once_do_not_send_the_song_back(desk, ran):
    desk.follow(Play(2.0 * BAR))
    desk.until_bar(2.3)
    desk.follow(SetLoop(10.0 * BAR, 12.0 * BAR, enabled=True))
    place = desk.heard_bar
    desk.show(msgspec.structs.replace(a_song(), tempo_map=TempoMap.constant(121.0)))
    goes_on_from = desk.heard_bar
    desk.until_bar(2.5)

    assert 2.3 <= place <= goes_on_from + A_FRAME
    assert goes_on_from <= desk.heard_bar <= 2.0 + ran() * 121.0 / 120.0


def test_a_scrub_ends_with_a_locate_and_with_stop(desk):
    desk.follow(Scrub(4.0 * BAR))
    desk.until(lambda: desk.rolling.has_begun)
    assert desk.state == "scrubbing"
    desk.follow(Locate(2.0 * BAR))
    desk.until_state("stopped")
    desk.until(lambda: not desk.engine.rolling)

    assert desk.heard_bar == 2.0


def test_a_record_that_cannot_be_leaves_what_plays_alone(desk):
    desk.follow(Play(0.0))
    desk.until_bar(0.1)
    desk.follow(Play(4.0 * BAR, record=True))
    desk.until_bar(0.2)

    assert desk.state == "playing"
    assert "arm one" in desk.told(Refused)[0].sentence


def test_a_device_that_nobody_hears_records_nothing(desk):
    desk.follow(SetRecording("nowhere", tracks=()))
    desk.follow(Play(0.0, record=True))

    assert desk.told(Refused)
    assert desk.state == "stopped"


def test_edits_do_not_hold_up_a_start(desk):
    desk.follow(Play(0.0))
    for number in range(20):
        song = a_song()
        desk.show(song.with_track(song.tracks[0].with_gain(-float(number))))
        desk.conductor.look_around()
    desk.until_bar(0.1)

    assert desk.state == "playing"
    assert len(desk.told(PlanTaken)) == 21


def test_a_song_stops_by_itself_at_its_end_or_where_it_was_asked_to(desk, ran):
    desk.follow(Play(3.5 * BAR, until_tick=4.0 * BAR))
    desk.until_state("stopped")
    at_tick, first = desk.heard_bar, ran()
    desk.show(a_song(bars=2))
    desk.follow(Play(1.5 * BAR, until_end=True))
    desk.until_state("stopped")

    assert at_tick == 3.5
    assert desk.heard_bar == 1.5
    assert first >= 0.5
    assert ran() >= first + 0.5


def test_play_before_there_is_a_plan_begins_when_it_comes(desk):
    desk.follow(OpenSpeaker(SpeakerSettings(device="silent", rate=44_100)))
    desk.follow(Play(0.0))
    waiting = desk.states[-1]
    desk.follow(OpenSpeaker(SpeakerSettings(device="silent", rate=48_000)))
    desk.follow(Play(0.0))
    desk.until_bar(0.1)

    assert waiting == "locating"
    assert [event.rate for event in desk.told(SpeakerOpened)] == [48_000, 44_100, 48_000]


def test_a_device_that_does_not_open_leaves_the_one_that_did(desk):
    desk.follow(OpenSpeaker(SpeakerSettings(device="no such card")))
    desk.follow(Play(0.0))
    desk.until_bar(0.1)

    assert "no such card" in desk.told(Refused)[0].sentence
    assert desk.state == "playing"


def test_an_empty_song_plays_in_silence_and_a_place_before_it_is_its_start(desk):
    desk.show(Project.new("empty"))
    desk.follow(Play(-100.0))
    desk.until_bar(0.1)

    assert desk.state == "playing"
