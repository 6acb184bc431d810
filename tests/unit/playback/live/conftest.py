"""A JACK server, a keyboard that is not ours, and our side, each in a process of its own."""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.jack_server import JackServer, missing_programs

HERE = Path(__file__).parent
WAIT_S = 120


class Process:
    """A script that takes orders line by line and answers each."""

    def __init__(self, server, script, *arguments):
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / script), *arguments],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.hello = self._answer()

    def order(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._answer()

    def ask(self, line):
        return json.loads(self.order(line))

    def ask_until(self, line, is_so):
        """Ask again until the answer is so; the last answer."""
        give_up = time.monotonic() + WAIT_S
        while not is_so(answer := self.ask(line)) and time.monotonic() < give_up:
            pass
        return answer

    def close(self):
        if self._process.stdin.closed:
            return
        self._process.stdin.close()
        try:
            self._process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _answer(self):
        line = self._process.stdout.readline()
        assert line, "the process ended without an answer"
        return line


class Stage:
    """All of them together."""

    def __init__(self, parts):
        self.server = JackServer(256)
        parts.callback(self.server.stop)
        self.server.start()
        self.keyboard = Process(self.server, "keyboard.py", "keys")
        parts.callback(self.keyboard.close)
        self.hearer = Process(self.server, "hearer.py", "keys")
        parts.callback(self.hearer.close)


@pytest.fixture
def stage():
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install jackd2)")
    pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")
    with contextlib.ExitStack() as parts:
        yield Stage(parts)
