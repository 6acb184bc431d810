"""An independent JACK client, in a process of its own, that writes down every MIDI message and its frame.

Run as a script it is that process: `python jack_midi_recorder.py NAME listen|loop`; orders come in, answers
go out.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

WAIT_S = 120


class JackMidiRecorder:
    """Hears MIDI through a JACK server.

    Args:
        server: where: a `JackServer`.
        name: how its client is called; its ports are “NAME:in” and “NAME:out”.
        loops: whether it sends all that it hears on at once.
    """

    def __init__(self, server, name="listener", *, loops=False):
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), name, "loop" if loops else "listen"],
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

    def connect(self, pattern):
        """Wait for another's output whose name holds this, and listen to it from now on."""
        self._order(f"connect {pattern}", "connected")

    def wait_for(self, count):
        """Until so many messages have come."""
        self._order(f"until {count}", "reached")

    def take(self):
        """All that came: [(frame of the server, bytes)], in the order in which it came."""
        return [(frame, bytes.fromhex(data)) for frame, data in self._asked("take")["messages"]]

    def clock(self):
        """(frame of the server, `time.monotonic()`) of one moment, the best of several looks."""
        return tuple(self._asked("clock"))

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _asked(self, order):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def _order(self, order, answer):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        self._expect(answer)

    def _expect(self, answer):
        heard = self._process.stdout.readline().strip()
        if heard != answer:
            raise RuntimeError(f"the recorder said {heard!r}, not {answer!r}")


class _Listener:
    """The process's side."""

    def __init__(self, name, *, loops):
        import jack  # only this process needs it

        self.client = jack.Client(name, no_start_server=True)
        self.heard = []
        self._loops = loops
        self._ear = self.client.midi_inports.register("in")
        self._mouth = self.client.midi_outports.register("out")
        self.client.set_process_callback(self._process)

    def follow(self, order, rest):
        """The answer to an order."""
        match order:
            case "connect":
                return self._connect(rest)
            case "until":
                return self._until(int(rest))
            case "take":
                return json.dumps({"messages": [(frame, data.hex()) for frame, data in self.heard]})
            case _:
                return json.dumps(self._clock())

    def _process(self, _frames):
        first = self.client.last_frame_time
        self._mouth.clear_buffer()
        for offset, data in self._ear.incoming_midi_events():
            self.heard.append((first + offset, bytes(data)))
            if self._loops:
                self._mouth.write_midi_event(offset, bytes(data))

    def _connect(self, pattern):
        give_up = time.monotonic() + WAIT_S
        while time.monotonic() < give_up:
            ports = self.client.get_ports(is_midi=True, is_output=True)
            found = [port for port in ports if pattern in port.name and not self.client.owns(port)]
            if found:
                self.client.connect(found[0], self._ear)
                return "connected"
            time.sleep(0.01)
        return f"no port {pattern} came"

    def _until(self, count):
        give_up = time.monotonic() + WAIT_S
        while len(self.heard) < count and time.monotonic() < give_up:
            time.sleep(0.01)
        return "reached" if len(self.heard) >= count else f"only {len(self.heard)} came"

    def _clock(self):
        looks = []
        for _ in range(20):
            before = time.monotonic()
            frame = self.client.frame_time
            after = time.monotonic()
            looks.append((after - before, frame, (before + after) / 2))
        return min(looks)[1:]


def _serve(name, how):
    listener = _Listener(name, loops=how == "loop")
    with listener.client:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            order, _, rest = line.strip().partition(" ")
            sys.stdout.write(listener.follow(order, rest) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2])
