"""The render thread's work step by step, a clock in the hand and a mixer that plays the places themselves."""

import numpy as np
import pytest

from musicgen_desktop.playback.host._engine import Engine
from musicgen_desktop.playback.realtime import ClickVoice, LookAhead, MeterBank
from musicgen_desktop.playback.speaker import SilentSpeaker
from musicgen_desktop.playback.transport import Playhead

RATE = 48_000
FADE = 480
MARGIN = 1024  # two device blocks


class PlacesMixer:
    """Its sound is the frame of the timeline, as a number: what is heard tells where it comes from."""

    def __init__(self, latency_frames=0):
        self.latency_frames = latency_frames
        self.swapped = []

    def process(self, clock, frames, course, _read, tap):
        mix = np.zeros((2, frames), np.float32)
        for span in course.spans(clock - self.latency_frames, frames):
            places = np.arange(span.place, span.place + span.frames)
            mix[:, span.offset : span.offset + span.frames] = places
        if tap is not None:
            tap("master", mix)
        return mix

    def swap(self, prepared):
        self.swapped.append(prepared)


class Desk:
    """An engine, and all that was heard of it."""

    def __init__(self):
        self.now = 0.0
        self.blocks = []
        self.speaker = SilentSpeaker(
            rate=RATE, device_frames=512, clock=lambda: self.now, heard=self.blocks.append
        )
        click = np.zeros(8, np.float32)
        click[0] = 1.0
        self.engine = Engine(
            self.speaker,
            lambda *_: None,
            LookAhead(RATE, 512),
            ClickVoice(click * 2, click),
            MeterBank(RATE, ("master",)),
        )
        self.speaker.start()

    def run(self, seconds):
        """Let time pass, the engine working whenever it has something to do."""
        until = self.now + seconds
        while self.now < until:
            while self.engine.step() == 0.0:
                pass
            self.now += 0.005

    def begin(self, place=FADE, *, mixer=None, loop=None, clock=None):
        clock = self.engine.clock + RATE if clock is None else clock
        course = Playhead(clock, place - FADE, loop)
        self.engine.begin(course, mixer or PlacesMixer(), clock + FADE)
        return course

    @property
    def heard(self):
        """[frames] of the left channel."""
        return np.concatenate(self.blocks)[:, 0]


@pytest.fixture
def desk():
    return Desk()


def first_frame_of(sound, value):
    return int(np.flatnonzero(sound == value)[0])


def test_nothing_is_heard_before_a_course_begins(desk):
    desk.run(0.5)

    assert not desk.heard.any()
    assert desk.engine.heard.clock is None
    assert desk.speaker.starvations == 0


def test_a_course_is_heard_frame_by_frame_after_its_fade(desk):
    desk.run(0.5)

    desk.begin(place=10_000)
    desk.run(1.0)

    start = first_frame_of(desk.heard, 10_000)
    played = desk.heard[start : start + 40_000]
    assert np.array_equal(played, np.arange(10_000, 50_000))
    assert np.all(np.diff(desk.heard[start - FADE : start]) >= 0)


def test_it_is_heard_at_once_though_the_ring_was_full_of_silence(desk):
    desk.run(0.5)
    begun = desk.speaker.played()

    desk.begin(place=10_000)
    desk.run(0.5)

    assert first_frame_of(desk.heard, 10_000) <= begun + MARGIN + FADE


def test_stopping_is_heard_at_once_and_without_a_step(desk):
    desk.begin(place=100_000)
    desk.run(1.0)
    stopped = desk.speaker.played()

    desk.engine.halt()
    desk.run(0.5)

    heard = desk.heard
    silent = stopped + MARGIN + FADE
    assert not heard[silent:].any()
    assert np.abs(np.diff(heard[stopped - FADE : silent + 10])).max() < 1.1 * heard.max() * np.pi / 2 / FADE
    assert desk.engine.heard.clock is None


def test_after_a_stop_it_stands_where_the_ear_was(desk):
    desk.begin(place=100_000)
    desk.run(1.0)
    place = desk.engine.heard.place

    desk.engine.halt()
    desk.run(0.2)

    assert desk.engine.heard.place == pytest.approx(place, abs=512)
    assert place == pytest.approx(100_000 + RATE, abs=3_000)


def test_a_jump_cross_fades_and_goes_on_exactly(desk):
    desk.begin(place=100_000)
    desk.run(1.0)
    jumped = desk.speaker.played()

    desk.begin(place=400_000)
    desk.run(1.0)

    start = first_frame_of(desk.heard, 400_000)
    assert start <= jumped + MARGIN + FADE
    assert np.array_equal(desk.heard[start : start + 40_000], np.arange(400_000, 440_000))
    before = desk.heard[start - 2 * FADE : start - FADE]
    assert np.array_equal(before, np.arange(before[0], before[0] + FADE))


def test_a_loop_turns_to_the_frame(desk):
    desk.begin(place=5_000, loop=(5_000, 17_001))

    desk.run(3.0)

    start = first_frame_of(desk.heard, 5_000)
    rounds = desk.heard[start : start + 8 * 12_001].reshape(8, 12_001)
    assert np.array_equal(rounds, np.tile(np.arange(5_000, 17_001, dtype=np.float32), (8, 1)))


def test_another_loop_holds_from_its_clock_on(desk):
    course = desk.begin(place=5_000, loop=(5_000, 17_000))
    desk.run(0.2)
    turned = course.continued(desk.engine.clock + 3_333, None)

    desk.engine.turn_into(turned)
    desk.run(1.0)

    start = int(np.flatnonzero(desk.heard == turned.place)[-1])
    assert np.array_equal(desk.heard[start:][:30_000], np.arange(turned.place, turned.place + 30_000))
    desk.engine.step()
    assert desk.engine.heard.place == desk.heard[-1] + 1


def test_the_latency_of_the_mixer_is_taken_out(desk):
    desk.begin(place=10_000, mixer=PlacesMixer(latency_frames=777))

    desk.run(1.0)

    frame = desk.speaker.played() - 1
    assert desk.heard[frame] == pytest.approx(desk.engine.heard.place, abs=513)
    start = first_frame_of(desk.heard, 10_000)
    assert np.array_equal(desk.heard[start : start + 9_000], np.arange(10_000, 19_000))


def test_what_the_engine_says_is_heard_is_what_is_heard(desk):
    desk.begin(place=10_000, loop=(9_000, 20_000))

    for _ in range(40):
        desk.run(0.05)
        desk.engine.step()

        assert desk.engine.heard.place == desk.heard[-1] + 1 or desk.engine.heard.place == 9_000


def test_clicks_fall_on_their_frames_and_are_not_measured_as_music(desk):
    desk.engine.clicks = lambda _course, clock, frames: [
        (at, False) for at in range(clock, clock + frames) if at % 12_000 == 0
    ]
    desk.engine.click_gain = 0.25

    course = desk.begin(place=FADE, clock=48_000, mixer=SilentMixer())
    desk.run(1.0)

    hits = np.flatnonzero(desk.heard)
    assert np.array_equal(np.diff(hits), np.full(len(hits) - 1, 12_000))
    assert course.place_at(48_000) == 0
    assert not desk.engine.meters.heard(1 << 40).levels.any()


class SilentMixer(PlacesMixer):
    def process(self, _clock, frames, _course, _read, _tap):
        return np.zeros((2, frames), np.float32)


def test_a_starved_ring_grows_the_look_ahead_and_the_song_goes_on(desk):
    desk.begin(place=10_000)
    desk.run(0.5)
    target = desk.engine.look_ahead.target

    desk.now += 1.0  # nobody rendered for a second
    desk.run(1.0)

    assert desk.speaker.starvations == 1
    assert desk.engine.look_ahead.target > target
    start = first_frame_of(desk.heard, 10_000)
    song = desk.heard[start:]
    assert np.array_equal(song[song > 0][:48_000], np.arange(10_000, 58_000))


def test_a_swap_happens_between_two_blocks(desk):
    mixer = PlacesMixer()
    desk.begin(mixer=mixer)

    desk.engine.post(lambda: desk.engine.swap("plan"))
    desk.run(0.1)

    assert mixer.swapped == ["plan"]
