"""The program's window in a process of its own, which is asked, driven and killed through its pipes."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[2]
WAIT_S = 60


class DrivenWindow:
    """Starts the window; `begun` waits until it can be asked.

    Args:
        home: where it keeps the user's files.
        project: opened; None shows the start page.
        environment: of the process; without a screen unless told.
    """

    def __init__(self, home, project=None, environment=None):
        environment = (dict(os.environ) if environment is None else environment) | {
            "MUSICGEN_DESKTOP_HOME": str(home),
            "PYTHONPATH": str(REPOSITORY),
        }
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        self.told_edits = []
        """(number, moment) of every edit, the moment as `time.monotonic` told it."""
        self._answers = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.fakes.window_process",
                *([] if project is None else [str(project)]),
            ],
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def begun(self):
        """Once the window is shown and has done what it does first."""
        assert self._answer() == "begun"
        return self

    def ask(self, command, *arguments):
        self.send(command, *arguments)
        return self._answer()

    def send(self, command, *arguments):
        """As `ask`, for a command whose answer nobody waits for: `edit`."""
        self.process.stdin.write(json.dumps([command, *arguments]).encode() + b"\n")
        self.process.stdin.flush()

    def wait_for(self, what, within_s=WAIT_S):
        """The state of the window, once it is as it should be."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            state = self.ask("state")
            if what(state):
                return state
            time.sleep(0.02)
        raise AssertionError(f"the window did not come so far: {state}")

    def children(self):
        """The processes that it has started, as psutil sees them."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill(self):
        """SIGKILL; the moment when it was sent, and the processes that it had started."""
        children = self.children()
        moment = time.monotonic()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        self._let_go()
        return moment, children

    def end(self):
        """Close the window as its cross does; the exit status."""
        self.send("close")
        status = self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        self._let_go()
        return status

    def abandon(self):
        """End it whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        self._let_go()

    def _let_go(self):
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()

    def _answer(self):
        try:
            answer = self._answers.get(timeout=WAIT_S)
        except queue.Empty:
            raise AssertionError(f"the window does not answer; it ended with {self.process.poll()}") from None
        assert answer is not EOFError, f"the window ended with {self.process.wait(WAIT_S)}"
        return answer

    def _read(self):
        for line in self.process.stdout:
            if line[:1].isdigit():
                number, moment = line.split()
                self.told_edits.append((int(number), float(moment)))
            else:
                self._answers.put(json.loads(line))
        self._answers.put(EOFError)
