"""A conductor that runs with a master clock on a page of shared memory, as the process does it."""

import time

import msgspec
import pytest

from musicgen_desktop.playback.host import FollowMaster, Locate, Play, Problem, Refused, Return, SetLoop, Stop
from musicgen_desktop.playback.host._commands import SetRecording
from musicgen_desktop.playback.recording import ArmedNotes
from musicgen_desktop.timing import MasterClock, MasterClockPage

BAR, RATE = 3840, 48_000


class Master:
    """Writes what a steady clock says."""

    def __init__(self, folder):
        self.path = folder / "master"
        self.page = MasterClockPage.create(self.path)
        self.at_s = self.tick = self.speed = 0.0
        self.starts = 0
        self.page.write(MasterClock("stopped"))

    def start(self, tick, bpm, bar=None):
        self.at_s, self.tick, self.speed, self.bar = time.monotonic(), tick, bpm * 16.0, bar
        self.starts += 1
        self.go_on()

    def go_on(self):
        now = time.monotonic()
        told = MasterClock("rolling", "ticks", now, self.tick_at(now), self.speed, starts=self.starts)
        self.page.write(msgspec.structs.replace(told, bar=self.bar))

    def stop(self, tick):
        self.starts += 1
        self.page.write(MasterClock("stopped", place=tick, starts=self.starts))

    @property
    def tick_now(self):
        return self.tick_at(time.monotonic())

    def tick_at(self, moment_s):
        return self.tick + (moment_s - self.at_s) * self.speed


@pytest.fixture
def master(tmp_path):
    return Master(tmp_path)


def _behind(desk, master):
    """By how many ticks what is heard just now lies behind the master's place; None before it is heard."""
    now = time.monotonic()
    clock = desk.engine.clock_at(now)
    if clock is None or desk.rolling.course is None or not desk.rolling.has_begun:
        return None
    place = desk.rolling.course.place_at(clock)
    return master.tick_at(now) - desk.conductor._score.tempo_map.tick_at(place / RATE)


def _until_in_time(desk, master, *, bars=None, bar_line=0.0):
    """Until it runs with the master, less than 3 ms apart; with `bars`, from bar line to bar line."""

    def is_in_time():
        master.go_on()
        behind = _behind(desk, master)
        if behind is None or desk.state != "playing":
            return False
        if bars is not None:
            behind = (behind - bar_line + bars / 2) % bars - bars / 2
        return abs(behind) / master.speed < 0.003

    desk.until(is_in_time)


def test_the_song_starts_runs_and_stops_with_the_master(desk, master):
    desk.follow(FollowMaster(str(master.path)))

    master.start(2.0 * BAR, 123.0)
    _until_in_time(desk, master)
    # Once what was amiss at the start has been made good, it runs as fast as the master.
    desk.until(lambda: master.go_on() or abs(desk.engine.heard_courses()[0].speed - 123.0 / 120.0) < 0.01)
    master.stop(5.0 * BAR)
    desk.until_state("stopped")

    assert desk.rolling.tick == pytest.approx(5.0 * BAR)


def test_a_start_whose_tempo_is_told_a_moment_later_is_one(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    master.stop(0.0)
    desk.conductor.look_around()
    master.starts -= 1

    master.start(0.0, 120.0)

    _until_in_time(desk, master)


def test_a_jump_of_the_master_is_followed(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    master.start(0.0, 120.0)
    _until_in_time(desk, master)

    master.start(10.0 * BAR, 120.0)

    _until_in_time(desk, master)
    assert desk.rolling.tick > 10.0 * BAR


def test_what_the_user_plays_sets_in_on_the_masters_bar(desk, master):
    master.start(20.3 * BAR, 126.0)
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(Stop())

    asked_at = master.tick_now
    desk.follow(Play(4.0 * BAR))
    _until_in_time(desk, master, bars=BAR)

    # It fades in a moment before.
    assert 3.9 * BAR < desk.rolling.tick < 4.0 * BAR + master.tick_now - asked_at


def test_a_shared_beat_tells_where_bars_begin(desk, master):
    master.start(777.0, 118.0, bar=(300.0, 3840.0))
    desk.follow(FollowMaster(str(master.path)))

    asked_at = master.tick_now
    desk.follow(Play(BAR))
    _until_in_time(desk, master, bars=BAR, bar_line=300.0)

    assert 0.9 * BAR < desk.rolling.tick < BAR + master.tick_now - asked_at


def test_a_master_that_is_much_faster_is_told_and_not_followed(desk, master):
    desk.follow(FollowMaster(str(master.path)))

    master.start(0.0, 180.0)
    desk.until(lambda: master.go_on() or desk.told(Problem))

    assert "180.0 BPM" in desk.told(Problem)[0].sentence
    desk.until_state("stopped")


def test_a_lost_clock_stops_the_song_and_is_told_once(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    master.start(0.0, 120.0)
    _until_in_time(desk, master)

    master.starts += 1
    master.page.write(MasterClock("lost", starts=master.starts, problem="It is gone."))
    desk.until_state("stopped")
    desk.conductor.look_around()

    assert [event.sentence for event in desk.told(Problem)] == ["It is gone."]


def test_unfollowed_the_song_goes_on_at_its_own_speed(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    master.start(0.0, 125.0)
    _until_in_time(desk, master)

    desk.follow(FollowMaster(""))

    desk.until(lambda: desk.engine.heard_courses()[0].speed == 1.0)
    assert desk.state == "playing"


@pytest.fixture
def armed(desk, tmp_path):
    """The keyboard would be recorded."""
    desk.follow(SetRecording(str(tmp_path), notes=(ArmedNotes("lead", "Lead"),)))


@pytest.mark.usefixtures("armed")
def test_record_while_the_master_stands_records_when_it_starts(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    master.stop(0.0)
    desk.conductor.look_around()

    desk.follow(Play(record=True, count_in_bars=1))
    master.start(2.0 * BAR, 120.0)
    desk.until(lambda: master.go_on() or desk.state == "recording")

    assert "counting_in" not in desk.states
    assert desk.rolling.tick > 2.0 * BAR


@pytest.mark.usefixtures("armed")
def test_stop_forgets_what_was_to_be_recorded(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(Play(record=True))

    desk.follow(Stop())
    master.start(0.0, 120.0)
    _until_in_time(desk, master)

    assert "recording" not in desk.states


@pytest.mark.usefixtures("armed")
def test_what_is_recorded_goes_on_behind_a_jump_of_the_master(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(Play(record=True))
    master.start(0.0, 120.0)
    desk.until(lambda: master.go_on() or desk.state == "recording")

    master.start(10.0 * BAR, 120.0)

    desk.until(lambda: master.go_on() or (desk.state == "recording" and desk.heard_bar > 10.0))


@pytest.mark.usefixtures("armed")
def test_record_waits_for_a_shared_beat_in_its_own_place(desk, master):
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(Play(4.0 * BAR, record=True))

    master.start(777.0, 120.0, bar=(300.0, 3840.0))
    desk.until(lambda: master.go_on() or desk.state == "recording")

    assert 3.9 * BAR < desk.rolling.tick < 4.0 * BAR + master.tick_now - 777.0


def test_record_with_nothing_armed_is_told_before_the_master_starts(desk, master):
    desk.follow(FollowMaster(str(master.path)))

    desk.follow(Play(record=True))

    assert "arm one" in desk.told(Refused)[0].sentence
    assert desk.told(Problem) == []


@pytest.mark.parametrize(("is_looping", "first"), [(False, 0.0), (True, 16.0)])
def test_return_while_the_master_runs_sets_in_on_its_bar(desk, master, is_looping, first):
    master.start(20.3 * BAR, 120.0)
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(SetLoop(16.0 * BAR, 24.0 * BAR, enabled=is_looping))
    _until_in_time(desk, master)

    asked_at = master.tick_now
    desk.follow(Return())
    _until_in_time(desk, master, bars=BAR)

    assert (first - 0.1) * BAR < desk.rolling.tick < first * BAR + master.tick_now - asked_at


@pytest.mark.usefixtures("armed")
def test_what_is_recorded_goes_on_behind_a_jump_of_our_own(desk, master):
    master.start(0.0, 120.0)
    desk.follow(FollowMaster(str(master.path)))
    desk.follow(Play(0.0, record=True))
    desk.until(lambda: master.go_on() or desk.state == "recording")

    desk.follow(Locate(12.0 * BAR))

    desk.until(lambda: master.go_on() or (desk.state == "recording" and desk.heard_bar > 12.0))
