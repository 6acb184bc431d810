"""Runs `jack_clock.py`: another program's MIDI clock, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

_PROGRAM = Path(__file__).with_name("jack_clock.py")


class JackClockSender:
    """Sends MIDI clock with a start.

    Args:
        server: where: a `JackServer`.
        to: a part of the name of the port that it connects to, as soon as that is there.
        bpm: at the beginning.
        drift: percent that it gains.
        over_s: in so many seconds.
        clocks: how many, 24 to the quarter note.
    """

    def __init__(self, server, to, *, bpm=120.0, drift=0.0, over_s=10.0, clocks=480):
        self.uneven_ms = 0.0
        words = [to, bpm, drift, over_s, clocks]
        self._process = subprocess.Popen(
            [sys.executable, str(_PROGRAM), *map(str, words)],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self):
        """Wait until it is connected, then have it begin."""
        heard = self._process.stdout.readline().strip()
        if heard != "connected":
            raise RuntimeError(f"the clock said {heard!r}")
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def moments(self):
        """Wait until all were sent: when that was, on the monotonic clock."""
        told = json.loads(self._process.stdout.readline())
        self.uneven_ms = told["uneven_ms"]
        """By how much the server's clock was off an even one at most: nothing can be told more exactly."""
        return told["moments"]

    def close(self):
        self._process.stdin.close()
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
