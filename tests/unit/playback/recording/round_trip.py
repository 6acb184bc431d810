"""The process that records what it plays: `python round_trip.py FOLDER`. See test_round_trip.py."""

import json
import sys
import threading
import time

import numpy as np

from musicgen_desktop.playback.recording import (
    ArmedTrack,
    Recorder,
    RecordingSetup,
    loopback_signal,
    measure_loopback,
)
from musicgen_desktop.playback.speaker import SpeakerSettings, open_speaker
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

AHEAD = 40_000  # nearly all that fits: a busy machine must not starve it
LONGEST_S = 30


class Device:
    """A speaker that is kept filled, and what came in."""

    def __init__(self):
        self.speaker = open_speaker(SpeakerSettings(inputs=2))
        self.speaker.write(np.zeros((AHEAD, 2), np.float32))
        self.speaker.start()
        self.frames_in = 0
        self.listener = lambda *_: None

    def play(self, sound):
        """Write all of it, some frames ahead; where it begins."""
        begins, give_up = self.speaker.written, time.monotonic() + LONGEST_S
        for at in range(0, len(sound), 512):
            while self.speaker.queued() + 512 > AHEAD:
                self.look()
                if time.monotonic() > give_up:
                    raise SystemExit("waited too long")
                time.sleep(0.002)
            self.speaker.write(sound[at : at + 512])
        return begins

    def look(self):
        self.speaker.check()
        block = self.speaker.read_input()
        if len(block):
            self.listener(block, self.frames_in, self.speaker.clock_of_input(self.frames_in))
            self.frames_in += len(block)


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def silence(frames):
    return np.zeros((frames, 2), np.float32)


def measured(device):
    heard = []
    device.listener = lambda block, _, clock: heard.append((clock, block))
    began = device.play(loopback_signal(device.speaker.rate))
    device.play(silence(2 * AHEAD))
    sound = np.concatenate([block for _, block in heard])
    return measure_loopback(sound[began - heard[0][0] :], device.speaker.rate)


def recorded(device, folder, latency):
    """A song that loops, recorded: (what was played round by round, the take)."""
    song = (0.1 * np.random.default_rng(1).standard_normal((40_000, 2))).astype(np.float32)
    course = Playhead(device.speaker.written, 10_000, (10_000, 50_000))
    setup = RecordingSetup(
        folder,
        device.speaker.rate,
        TempoMap.constant(120),
        (ArmedTrack("t", "Vox", (0, 1)),),
        latency_frames=latency,
    )
    recorder = Recorder(setup, course)
    device.listener = recorder.feed
    for _ in range(3):
        device.play(song)
    recorder.end_at(device.speaker.written)
    device.play(silence(2 * AHEAD + latency))
    result = recorder.finish(LONGEST_S)
    np.save(f"{folder}/song.npy", song)
    return result


if __name__ == "__main__":
    told = threading.Event()
    device = Device()
    threading.Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
    say(ready=True)
    while not told.is_set():
        device.play(silence(512))
    loop = measured(device)
    take = recorded(device, sys.argv[1], loop.latency_frames).takes[0]
    say(
        latency_frames=loop.latency_frames,
        confidence=loop.confidence,
        level_db=loop.level_db,
        starvations=device.speaker.starvations,
        path=take.path,
        spans=[[span.offset_frames, span.frames, span.place] for span in take.spans],
    )
    device.speaker.close()
