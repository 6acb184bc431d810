"""The render thread keeps a master's clock: time in the hand, and a mixer whose sound is the place."""

import numpy as np
import pytest

from musicgen_desktop.playback.host._engine import Engine
from musicgen_desktop.playback.host._pace import Pace
from musicgen_desktop.playback.realtime import ClickVoice, LookAhead, MeterBank
from musicgen_desktop.playback.speaker import SilentSpeaker
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import MasterClock, TempoMap

RATE = 48_000
FADE = 480
TEMPO = TempoMap.constant(120.0)


class PlacesMixer:
    """Its sound is the frame of the timeline, as a number: what is heard tells where it comes from."""

    def __init__(self, latency_frames=0):
        self.latency_frames = latency_frames

    def process(self, clock, frames, course, _read, _tap):
        mix = np.zeros((2, frames), np.float32)
        for span in course.spans(clock - self.latency_frames, frames):
            mix[:, span.offset : span.offset + span.frames] = np.arange(span.place, span.place + span.frames)
        return mix


class Master:
    """A song at 120 BPM whose speed changes: told anew every 20 ms, as clocks come."""

    def __init__(self, speed_at, begins_s=0.0, place_s=0.0):
        self._times = np.arange(0.0, 60.0, 0.001)
        self.speeds = np.array([speed_at(t) for t in self._times])
        self.places = place_s + np.concatenate([[0.0], np.cumsum(self.speeds)[:-1] * 0.001])
        self.begins_s = begins_s

    def seconds_at(self, moment_s):
        return np.interp(np.asarray(moment_s) - self.begins_s, self._times, self.places)

    def told(self, now_s):
        at_s = np.floor(now_s * 50.0) / 50.0
        place, speed = self.seconds_at(at_s), np.interp(at_s - self.begins_s, self._times, self.speeds)
        before = np.interp(at_s - self.begins_s - 0.5, self._times, self.speeds)
        return MasterClock(
            "rolling", "ticks", at_s, 1920.0 * place, 1920.0 * speed, 1920.0 * (speed - before) / 0.5
        )


class Desk:
    def __init__(self, master):
        self.now, self.blocks, self.master = 0.0, [], master
        self.speaker = SilentSpeaker(
            rate=RATE, device_frames=512, clock=lambda: self.now, heard=self.blocks.append
        )
        click = np.zeros(8, np.float32)
        self.engine = Engine(
            self.speaker,
            lambda *_: None,
            LookAhead(RATE, 512),
            ClickVoice(click, click),
            MeterBank(RATE, ("master",)),
            now=lambda: self.now,
        )
        self.speaker.start()

    def run(self, seconds):
        until = self.now + seconds
        while self.now < until:
            while self.engine.step() == 0.0:
                pass
            self.now += 0.005

    def begin(self, place_s, *, latency_frames=0, loop=None):
        place = round(place_s * RATE)
        clock = self.engine.clock + RATE
        course = Playhead(clock, place - FADE, loop)
        pace = Pace(lambda: self.master.told(self.now), course, TEMPO, RATE)
        self.engine.begin(course, PlacesMixer(latency_frames), clock + FADE, pace)
        return pace

    def heard(self):
        """(moments, seconds of the timeline) of every frame that was heard with its place."""
        sound = np.concatenate(self.blocks)[:, 0]
        # A block leaves from the moment on at which the device takes it: the first one when it is due whole.
        return (np.arange(len(sound)) + 512) / RATE, sound / RATE


def _deviation_ms(desk, from_s, *, until_s=None):
    moments, places = desk.heard()
    wanted = desk.master.seconds_at(moments)
    chosen = (moments > from_s) & (places > 0.0) & (moments < (until_s or moments[-1]))
    return (wanted - places)[chosen] * 1000.0


@pytest.mark.parametrize("latency_frames", [0, 700])
def test_a_tempo_that_drifts_by_5_percent_is_kept_within_5_ms(latency_frames):
    desk = Desk(Master(lambda t: 1.0 + 0.05 * min(max(t - 2.0, 0.0) / 8.0, 1.0), place_s=10.0))
    desk.run(0.5)
    desk.begin(10.6, latency_frames=latency_frames)

    desk.run(14.0)

    late = _deviation_ms(desk, 1.5)
    assert len(late) > 12 * RATE
    assert np.abs(late).max() < 5.0


def test_what_is_over_already_is_left_out():
    desk = Desk(Master(lambda _: 1.0, place_s=10.0))
    desk.run(0.5)
    desk.begin(10.1)

    desk.run(1.0)

    moments, places = desk.heard()
    first = np.flatnonzero(places > 0.0)[0]
    assert moments[first] < 0.56
    assert np.abs(_deviation_ms(desk, moments[first] + 0.02)).max() < 1.0


def test_a_song_that_is_early_waits_for_its_moment():
    desk = Desk(Master(lambda _: 1.0, place_s=10.0))
    desk.run(0.5)
    desk.begin(11.0)

    desk.run(1.0)

    moments, places = desk.heard()
    first = np.flatnonzero(places > 0.0)[0]
    assert moments[first] == pytest.approx(1.0 - FADE / RATE, abs=0.002)
    assert np.abs(_deviation_ms(desk, 1.02)).max() < 1.0


def test_others_are_told_the_speed_and_the_place():
    desk = Desk(Master(lambda _: 1.04, place_s=10.0))
    desk.run(0.5)
    desk.begin(10.6)
    desk.run(3.0)

    course = desk.engine.heard_courses()[0]

    assert course.speed == pytest.approx(1.04, abs=0.002)
    assert desk.engine.heard.place / RATE == pytest.approx(float(desk.master.seconds_at(desk.now)), abs=0.012)


def test_a_loop_turns_on_the_masters_beat():
    desk = Desk(Master(lambda _: 1.03, place_s=10.0))
    desk.run(0.5)
    desk.begin(10.6, loop=(10 * RATE, 12 * RATE))

    desk.run(5.0)

    moments, places = desk.heard()
    chosen = moments > 1.5
    wanted = 10.0 + (desk.master.seconds_at(moments) - 10.0) % 2.0
    apart = (wanted - places + 1.0) % 2.0 - 1.0
    assert np.percentile(np.abs(apart[chosen]), 99.5) < 0.003


def test_free_again_it_goes_on_at_its_own_speed():
    desk = Desk(Master(lambda _: 1.05, place_s=10.0))
    desk.run(0.5)
    desk.begin(10.6)
    desk.run(1.0)
    desk.engine.run_freely()
    desk.run(1.0)

    _, places = desk.heard()

    assert np.diff(places[-4800:]).mean() * RATE == pytest.approx(1.0, abs=1e-3)
