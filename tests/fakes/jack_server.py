"""A real JACK server without a sound card, and a client that is not ours to hear what is played through it.

PortAudio lists JACK only in a process that was started with the server's name: whatever is to play there runs
in a process of its own, with `JackServer.environment`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

NEEDED = ("jackd", "jack_wait")
RECORDER = Path(__file__).with_name("jack_recorder.py")
WAIT_S = 120

# JACK has room for eight names of servers, keeps those of killed ones for good, and starts no ninth. So names
# are used again, each by one process at a time, which holds its lock.
NAMES = tuple(f"test-{number}" for number in range(6))


def _locked(names):
    """The first of these names that nobody else uses, and its lock, which ends with this process."""
    import fcntl  # where there is no JACK, this may not exist

    give_up = time.monotonic() + WAIT_S
    while time.monotonic() < give_up:
        for name in names:
            lock = os.open(Path(tempfile.gettempdir(), f"jack-server-{name}.lock"), os.O_CREAT | os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
            else:
                if not _answers(name):
                    return name, lock
                os.close(lock)  # the server of a test run that was killed
        time.sleep(0.1)
    raise RuntimeError("all names of test servers are in use")


def _answers(name):
    asked = subprocess.run(["jack_wait", "-c", "-s", name], check=False, capture_output=True, text=True)
    return asked.stdout.strip() == "running"


def missing_programs():
    """What has to be installed before `JackServer` can start; an empty list when all is there."""
    return [name for name in NEEDED if shutil.which(name) is None]


class JackServer:
    """A server of its own name that nothing else talks to. It waits for its clients, so nothing gets lost.

    Args:
        period: frames per callback.
        rate: frames per second.
        realtime: run before all else, where the system allows: only then its clock is even under load.
    """

    def __init__(self, period=512, rate=48000, *, realtime=False):
        self.period = period
        self.rate = rate
        self._urgency = "-R" if realtime else "-r"
        self.name, self._lock = _locked(NAMES)
        self.environment = os.environ | {"JACK_DEFAULT_SERVER": self.name, "JACK_NO_START_SERVER": "1"}
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        if self._lock is None:
            _, self._lock = _locked([self.name])
        # -r not real-time, -S waits for every client; dummy: a clock instead of a card.
        self._process = subprocess.Popen(
            [
                # It ends with the test run, however that ends.
                *(("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()),
                *("jackd", self._urgency, "-S", "-n", self.name),
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
        if self._process.poll() is not None:
            raise RuntimeError(f"another server is called {self.name}")

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._end()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

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
        self._connects = False
        self._expect("ready")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def connect(self):
        """Wait until the other client has ports, then listen to them; from now on all is kept."""
        self._order("connect", "connected")

    def connect_soon(self):
        """As `connect`, but go on at once: as soon as there is such a client, it is listened to."""
        if self._connects:
            self._expect("connected")
        self._connects = True
        self._process.stdin.write("connect\n")
        self._process.stdin.flush()

    def now(self):
        """How many frames were kept so far."""
        self._process.stdin.write("now\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

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
