"""kill -9 at any moment of a recording: all but the last second is there, and whole."""

import os
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from musicgen_desktop.playback.recording import find_unfinished
from musicgen_desktop.playback.recording._read_log import read_log

ROUNDS = 60
LONG_ROUNDS = 6  # of these the recording is longer than a second when the kill comes

# A warm process forks one recorder after another. A recorder hears 40 seconds of input in one, tells of
# each block it handed in, and never stops by itself.
NURSERY = """
import os, sys, time
from pathlib import Path
import numpy as np
from musicgen_desktop.playback.recording import ArmedNotes, ArmedTrack, Recorder, RecordingSetup
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

BLOCK = 4800

def record_for_ever(folder, faster):
    tracks = (ArmedTrack("a", "Vox", (0,)), ArmedTrack("b", "Guitar", (0, 1)))
    setup = RecordingSetup(folder, 48_000, TempoMap.constant(120), tracks, (ArmedNotes("k", "Keys"),))
    recorder = Recorder(setup, Playhead(0, 0, (0, 72_000)))
    began, fed = time.monotonic(), 0
    while True:
        frame = np.arange(fed + 1, fed + BLOCK + 1, dtype=np.float64)[:, None]
        recorder.feed(((frame + [0, 0.25]) / 2**23).astype(np.float32), fed, fed)
        recorder.hear("k", bytes((0x90, 60, 100)), fed)
        recorder.hear("k", bytes((0x80, 60, 0)), fed + 2400)
        fed += BLOCK
        os.write(1, f"fed {fed} {time.monotonic()}\\n".encode())
        time.sleep(max(began + fed / 48_000 / faster - time.monotonic(), 0))

for line in sys.stdin:
    folder, faster = line.split()
    child = os.fork()
    if child == 0:
        try:
            record_for_ever(folder, float(faster))
        finally:
            os.write(1, b"failed\\n")
            os._exit(1)
    os.write(1, f"started {child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"ended\\n")
"""


def run_and_kill(nursery, folder, number):
    """One recorder, killed at a moment that the number chooses: [(frames fed, when)], and when it died."""
    dice = random.Random(f"kill {number}")
    is_long = number % (ROUNDS // LONG_ROUNDS) == 0
    lines = dice.randint(1, 40)
    nursery.stdin.write(f"{folder} {1 if is_long else 40}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline().removeprefix("started "))
    fed = []
    while len(fed) < 2 or (fed[-1][1] - fed[0][1] < 1.5 if is_long else len(fed) < lines):
        word, *figures = nursery.stdout.readline().split()
        assert word == "fed"
        fed.append((int(figures[0]), float(figures[1])))
    spin_until = time.perf_counter() + dice.random() * 0.02
    while time.perf_counter() < spin_until:
        pass
    died = time.monotonic()
    os.kill(child, signal.SIGKILL)
    last = [line.split() for line in iter(nursery.stdout.readline, "ended\n")]
    return fed + [(int(frames), float(moment)) for _, frames, moment in last], died


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_a_killed_recorder_loses_at_most_the_last_second(make, tmp_path):
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    old_frames = saved = mended = 0
    try:
        for number in range(ROUNDS):
            folder = tmp_path / str(number)
            fed, died = run_and_kill(nursery, folder, number)
            (log,) = find_unfinished(folder)
            logged = read_log(log).frames
            as_it_died = [
                len(make.sound_of(path)) for path in folder.glob("*.wav")
            ]  # before anything is mended

            found = make.recovered(folder)

            older = max([frames for frames, moment in fed if moment < died - 1.0], default=0)
            if not found:  # where everything was the last second's, everything may be lost
                assert older == logged == max(as_it_died, default=0) == 0
                continue
            (recovered,) = found
            assert len(recovered.takes) == len(as_it_died) == 2
            for take, columns in zip(recovered.takes, ([0], [0, 1]), strict=True):
                sound = make.sound_of(take.path)
                assert len(sound) == take.frames >= max(older, logged, *as_it_died)
                np.testing.assert_array_equal(sound, make.ramp(len(sound), 2)[:, columns])
                assert [span.place for span in take.spans] == [0] * len(take.spans)
                assert [span.frames for span in take.spans[:-1]] == [72_000] * (len(take.spans) - 1)
            notes = sum(len(span.notes) for each in recovered.notes for span in each.spans)
            assert notes >= older // 4_800
            old_frames += older > 0
            saved += 1
            mended += min(take.frames for take in recovered.takes) > min(as_it_died)
    finally:
        nursery.stdin.close()
        nursery.stdout.close()
        nursery.wait()

    assert old_frames >= LONG_ROUNDS  # on a slow machine short rounds have some too
    assert mended > saved // 2
