"""The process that plays in the tests of the sound card: `python player.py SCENE EXPECTED.npy`.

It says what it did, one JSON value a line, and goes on at each line it is given. What it meant to be heard it
writes to EXPECTED.npy.
"""

import json
import sys
import threading
import time

import numpy as np

from musicgen_desktop.playback.speaker import (
    SpeakerLostError,
    SpeakerSettings,
    needs_new_process,
    open_speaker,
    rescan,
)

AHEAD = 60000  # other tests may keep this process waiting
LONGEST_S = 120


def noise(frames, seed):
    return (0.1 * np.random.default_rng(seed).standard_normal((frames, 2))).astype(np.float32)


def silence(frames):
    return np.zeros((frames, 2), np.float32)


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Player:
    """A speaker that is kept filled."""

    def __init__(self, **settings):
        self.speaker = open_speaker(SpeakerSettings(**settings))
        self.speaker.write(silence(AHEAD))
        self.speaker.start()
        self.input = []
        self.reads = self.speaker.inputs > 0

    def feed(self, sound, blocks=(700, 512, 1023)):
        """Write all of it, some frames ahead; where it begins."""
        at, begins, turn = 0, self.speaker.written, 0
        while at < len(sound):
            block = sound[at : at + blocks[turn % len(blocks)]]
            self.wait(lambda: self.speaker.queued() + 1024 <= AHEAD)
            self.speaker.write(block)
            at, turn = at + len(block), turn + 1
        return begins

    def wait(self, condition):
        give_up = time.monotonic() + LONGEST_S
        while not condition():
            self.look()
            if time.monotonic() > give_up:
                raise SystemExit("waited too long")
            time.sleep(0.002)

    def look(self):
        self.speaker.check()
        if self.reads:
            self.input.append(self.speaker.read_input())

    def play_silence_until_told(self):
        told = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
        say(ready=True)
        while not told.is_set():
            self.feed(silence(512))

    def play_out(self):
        """Silence until all that was meant is surely heard."""
        self.feed(silence(AHEAD + 8000))

    def delay_of(self, sound, written_at):
        """How many stream frames after it was put out this sound came in; None when it did not, exactly."""
        came = np.concatenate(self.input)
        starts = np.flatnonzero(np.all(came == sound[0], axis=1))
        for start in starts:
            if np.array_equal(came[start : start + len(sound)], sound):
                return self.speaker.clock_of_input(int(start)) - written_at
        return None


def offset_of(speaker):
    """How many frames more came in than went out."""
    late = 1 << 40
    return late - speaker.clock_of_input(late)


def play_exactly(path, **settings):
    player = Player(**settings)
    player.play_silence_until_told()
    sound = noise(96000, 1)
    player.feed(sound)
    player.play_out()
    np.save(path, sound)
    speaker = player.speaker
    say(
        starvations=speaker.starvations,
        device_frames=speaker.device_frames,
        latency_frames=speaker.latency_frames,
        rate=speaker.rate,
        name=speaker.name,
    )
    speaker.close()


def play_through_alsa(path):
    play_exactly(path, device="default", host_api="ALSA", rate=48000)


def lose_and_reopen(path):
    player = Player(host_api="ALSA", rate=48000)
    try:
        player.play_silence_until_told()
        player.feed(silence(48000 * LONGEST_S))
    except SpeakerLostError as error:
        player.speaker.close()
        say(sentence=str(error), needs_new_process=needs_new_process())
    sys.stdin.readline()
    player = Player(host_api="ALSA", rate=48000)
    sound = noise(20000, 1)
    player.feed(sound)
    player.play_out()
    np.save(path, sound)
    say(silent=player.speaker.why_silent)
    player.speaker.close()


def rewrite_ahead(path):
    player = Player()
    player.play_silence_until_told()
    sound, late = noise(96000, 1), 0
    for first in range(0, 96000, 4800):
        at = player.feed(sound[first : first + 4800]) + 4800 - 1500
        other = noise(777, first)
        known = player.speaker.read_back(at, 777)
        if not np.array_equal(known, sound[first + 3300 : first + 4077]):
            raise SystemExit("read back something else than was written")
        late += player.speaker.rewrite(at, other)
        sound[first + 3300 : first + 4077] = other
    player.play_out()
    np.save(path, sound)
    say(late=late)
    player.speaker.close()


def starve(path):
    player = Player(inputs=2)
    speaker = player.speaker
    player.play_silence_until_told()
    first, second = noise(20000, 1), noise(20000, 2)
    began = [player.feed(first)]
    player.wait(lambda: speaker.starvations)
    consistent = (speaker.queued(), speaker.played() - speaker.written)
    speaker.resume_frames = 3 * AHEAD // 4  # this process may be kept waiting again
    began.append(player.feed(second))
    player.play_out()
    np.save(path, np.concatenate([first, second]))
    say(
        starvations=speaker.starvations,
        at_the_starvation=consistent,
        offset=offset_of(speaker),
        delays=[player.delay_of(first, began[0]), player.delay_of(second, began[1])],
    )
    speaker.close()


def play_live(path):
    player = Player()
    player.play_silence_until_told()
    sound = noise(5000, 1)
    player.feed(silence(4096))
    player.speaker.write_live(sound)
    player.wait(lambda: player.speaker.queued() + 1024 <= AHEAD)
    player.play_out()
    np.save(path, sound)
    say(starvations=player.speaker.starvations, left=player.speaker.live_queued())
    player.speaker.close()


def record_often(path):
    delays, offsets = [], []
    for opening in range(4):
        player = Player(inputs=2)
        player.play_silence_until_told()
        sound = noise(5000, opening)
        began = player.feed(sound)
        player.play_out()
        delays.append(player.delay_of(sound, began))
        offsets.append(offset_of(player.speaker))
        player.speaker.close()
    np.save(path, silence(0))
    say(delays=delays, offsets=offsets)


def forget_the_input(path):
    player = Player(inputs=2)
    speaker = player.speaker
    player.play_silence_until_told()
    player.reads = False
    player.feed(silence(48000 * 6))
    player.reads = True
    sound = noise(5000, 1)
    began = player.feed(sound)
    player.play_out()
    np.save(path, sound)
    say(
        overflows=speaker.input_overflows,
        starvations=speaker.starvations,
        lost=offset_of(speaker) < 0,
        delay=player.delay_of(sound, began),
    )
    speaker.close()


def lose(path):
    player = Player(inputs=2)
    try:
        player.play_silence_until_told()
        player.feed(silence(48000 * LONGEST_S))
    except SpeakerLostError as error:
        player.speaker.close()
        player.speaker.close()
        try:
            open_speaker(SpeakerSettings())
        except SpeakerLostError as again:
            say(
                sentence=str(error),
                again=str(again),
                needs_new_process=needs_new_process(),
                rescanned=rescan(),
            )
    np.save(path, silence(0))


if __name__ == "__main__":
    scenes = (
        *(play_exactly, play_through_alsa, rewrite_ahead, starve, play_live, record_often),
        *(forget_the_input, lose, lose_and_reopen),
    )
    {scene.__name__: scene for scene in scenes}[sys.argv[1]](sys.argv[2])
