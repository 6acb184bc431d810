"""The loop on a clock that the test moves: a constant delay, exact frames, no note that stays."""

import threading

import numpy as np
import pytest

from musicgen_desktop.instruments import make_live_instrument
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.live import LiveLoop, LiveTrack, MidiEvent
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.playback.speaker import SilentSpeaker

RATE = 48_000


class Clicks:
    """Stands for a live track: one frame of sound for each key that is struck."""

    def __init__(self):
        self.rendered = 0
        self.struck = []
        self.let_go = []
        self.panics = 0

    def hear(self, event, at=0):
        (self.struck if event.kind == 0x90 else self.let_go).append(self.rendered + at)

    def render(self, frames):
        block = np.zeros((frames, 2), np.float32)
        for frame in self.struck:
            if self.rendered <= frame < self.rendered + frames:
                block[frame - self.rendered] = 1.0
        self.rendered += frames
        return block

    def panic(self):
        self.panics += 1


class Room:
    """A speaker, its clock, and all that was heard."""

    def __init__(self, device_frames=256):
        self.now = 100.0
        self.heard = []
        self.speaker = SilentSpeaker(
            rate=RATE, device_frames=device_frames, clock=lambda: self.now, heard=self.heard.append
        )
        self.speaker.start()

    def loop(self, *tracks, **options):
        return LiveLoop(self.speaker, tracks, now=lambda: self.now, **options)

    def run(self, loop, seconds, events=(), step_s=0.0015):
        """Turn the loop as its thread would; events are told at their time or shortly after it."""
        events = sorted(events, key=lambda event: event.at)
        end = self.now + seconds
        while self.now < end:
            while events and events[0].at <= self.now:
                loop.hear(events.pop(0))
            loop.turn()
            self.now += step_s

    def onsets(self):
        """The seconds at which something began to be heard, since the speaker was started."""
        self.speaker.live_queued()
        sound = np.concatenate(self.heard)[:, 0]
        return np.flatnonzero(sound) / RATE


def a_stroke(at, pitch=60):
    return MidiEvent(at, bytes((0x90, pitch, 100)))


def a_release(at, pitch=60):
    return MidiEvent(at, bytes((0x80, pitch, 0)))


@pytest.mark.parametrize("device_frames", [64, 256, 512, 1024])
def test_every_stroke_is_heard_the_same_time_after_its_key(device_frames):
    room = Room(device_frames)
    loop = room.loop(Clicks())
    room.run(loop, 0.2)
    times = np.cumsum(np.random.default_rng(1).uniform(0.003, 0.05, 60)) + room.now

    room.run(loop, 3.0, [a_stroke(at) for at in times])

    # Onsets count what was taken; the first block is taken when its time has passed.
    delays = room.onsets() + device_frames / RATE - (times - 100.0)
    assert len(delays) == 60
    assert np.ptp(delays) < 0.0002
    assert delays.mean() == pytest.approx(loop.delay_s, abs=0.0005)
    assert loop.latency.late == 0
    assert loop.latency.underruns == 0


def test_the_delay_is_two_or_three_device_blocks_and_is_reported():
    room = Room(256)
    loop = room.loop(Clicks())
    room.run(loop, 0.2)

    room.run(loop, 0.5, [a_stroke(room.now + 0.1)])

    assert 0.012 <= loop.delay_s <= 0.020
    assert loop.latency.notes == 1
    assert loop.latency.last_ms == pytest.approx(loop.delay_s * 1000, abs=0.1)
    assert loop.latency.worst_ms == loop.latency.mean_ms == loop.latency.last_ms


def test_a_turn_that_comes_too_late_makes_the_loop_careful_and_loses_no_key():
    room = Room(256)
    track = Clicks()
    loop = room.loop(track)
    room.run(loop, 0.2)
    before = loop.delay_s

    room.now += 0.1
    room.run(loop, 0.3, [a_stroke(room.now - 0.05), a_stroke(room.now + 0.2, 61)])

    assert loop.latency.underruns == 1
    assert loop.delay_s > before
    assert len(track.struck) == 2
    assert loop.latency.late == 1


def test_after_a_long_calm_the_delay_is_what_it_was():
    room = Room(256)
    loop = room.loop(Clicks())
    room.run(loop, 0.2)
    before = loop.delay_s
    room.now += 0.1
    room.run(loop, 0.1)
    careful = loop.delay_s

    room.run(loop, 70.0, step_s=0.004)

    assert careful > before
    assert loop.delay_s == before
    assert loop.latency.underruns == 1


def test_a_key_never_comes_up_before_it_went_down_though_time_stamps_say_so():
    room = Room(256)
    track = Clicks()
    loop = room.loop(track)
    room.run(loop, 0.2)

    loop.hear(a_stroke(room.now + 0.004))
    loop.hear(a_release(room.now))
    room.run(loop, 0.2)

    assert track.let_go[0] >= track.struck[0]


def test_a_listener_is_told_of_every_message_and_its_time():
    told = []
    room = Room()
    loop = room.loop(Clicks(), listener=told.append)
    events = [a_stroke(100.01), a_release(100.02)]

    room.run(loop, 0.1, events)

    assert told == events


def test_without_tracks_nothing_is_written_and_the_listener_is_told_all_the_same():
    told = []
    room = Room()
    loop = room.loop(listener=told.append)
    loop.hear(a_stroke(room.now))

    room.run(loop, 0.1)

    assert room.speaker.live_queued() == 0
    assert loop.latency.underruns == 0
    assert len(told) == 1


def test_a_flood_of_messages_ends_in_silence_and_not_in_a_note_that_stays():
    room = Room()
    track = Clicks()
    loop = room.loop(track)

    for _ in range(10_000):
        loop.hear(a_stroke(room.now))
    loop.turn()

    assert track.panics == 1


def test_an_instrument_that_fails_ends_the_loop_with_a_sentence():
    class Broken(Clicks):
        def render(self, frames):
            raise RuntimeError(f"no {frames}")

    room = Room()
    loop = room.loop(Broken())

    loop.start()
    loop._thread.join(10)
    loop.close()

    assert loop.failed is not None
    assert "Arm the track again" in loop.failed


def test_a_real_track_sounds_on_its_own_thread_and_is_silent_after_close():
    heard = threading.Event()
    blocks = []

    def listen(block):
        blocks.append(block)
        if np.any(block):
            heard.set()

    speaker = SilentSpeaker(rate=RATE, device_frames=256, heard=listen)
    speaker.start()
    instrument = make_live_instrument(Patch("synth", preset="saw_lead"), RATE)
    track = LiveTrack("track", instrument, StripSettings("track"), RATE)
    loop = LiveLoop(speaker, [track])
    loop.start()

    loop.hear(a_stroke(loop._now()))
    sounded = heard.wait(10)
    loop.close()
    speaker.close()
    instrument.render(RATE)

    assert sounded
    assert loop.failed is None
    assert not instrument.sounding
