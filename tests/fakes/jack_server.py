"""A real JACK server without a sound card, and a client that is not ours to hear what is played through it.

PortAudio lists JACK only in a process that was started with the server's name: whatever is to play there runs
in a process of its own, with `JackServer.environment`.
"""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import numpy as np

NEEDED = ("jackd", "jack_wait")
RECORDER = Path(__file__).with_name("jack_recorder.py")
WAIT_S = 20


def missing_programs():
    """What has to be installed before `JackServer` can start; an empty list when all is there."""
    return [name for name in NEEDED if shutil.which(name) is None]


class JackServer:
    """A server of its own name that nothing else talks to. It waits for its clients, so nothing gets lost.

    Args:
        period: frames per callback.
        rate: frames per second.
    """

    def __init__(self, period=512, rate=48000):
        self.period = period
        self.rate = rate
        self.name = f"test-{uuid.uuid4().hex[:8]}"
        self.environment = os.environ | {"JACK_DEFAULT_SERVER": self.name, "JACK_NO_START_SERVER": "1"}
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        # -r not real-time, -S waits for every client; dummy: a clock instead of a card.
        self._process = subprocess.Popen(
            [
                *("jackd", "-r", "-S", "-n", self.name),
                *("-d", "dummy", "-r", str(self.rate), "-p", str(self.period)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        subprocess.run(
            ["jack_wait", "-s", self.name, "-w", "-t", str(WAIT_S)],
            check=True,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._end()

    def kill(self):
        """End it as a crash would."""
        self._process.kill()
        self._end()

    def _end(self):
        try:
            self._process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class JackRecorder:
    """An independent client, in a process of its own, that records what another one plays.

    Args:
        server: where.
        of: how the name of the client begins whose output ports it listens to.
        seconds: how much it can hold.
        loops: whether it also plays what it hears, at once, into that client's inputs.
    """

    def __init__(self, server, *, of="PortAudio", seconds=30.0, loops=False):
        self._process = subprocess.Popen(
            [sys.executable, str(RECORDER), of, str(seconds), "loop" if loops else "record"],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._expect("ready")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def connect(self):
        """Wait until the other client has ports, then listen to them; from now on all is kept."""
        self._order("connect", "connected")

    def wait_for(self, seconds):
        """Until so much was heard since `connect`."""
        self._order(f"until {seconds}", "reached")

    def take(self, path):
        """What was heard since `connect`: [frames, 2] float32. The file at `path` is written on the way."""
        self._order(f"save {path}", "saved")
        return np.load(path)

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _order(self, order, answer):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        self._expect(answer)

    def _expect(self, answer):
        heard = self._process.stdout.readline().strip()
        if heard != answer:
            raise RuntimeError(f"the recorder said {heard!r}, not {answer!r}")
