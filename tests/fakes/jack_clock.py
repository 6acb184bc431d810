"""A JACK client that is not ours and sends MIDI clock: each message at its frame, with a tempo that drifts.

Run with the port to connect to, the tempo, its drift in percent, over how many seconds, and how many clocks
to send. It prints when it is connected, waits for a line, sends a start and its clocks, and then prints one
JSON object: the moments of its clocks on the monotonic clock, and how unevenly the server's own clock ran.
"""

import contextlib
import json
import sys
import threading
import time

import jack


def schedule(bpm, drift, over_s, count, rate):
    """The frame of each clock."""
    frames, at = [], 0.0
    for _ in range(count):
        frames.append(round(at * rate))
        at += 60.0 / (24.0 * bpm * (1.0 + drift / 100.0 * min(at / over_s, 1.0)))
    return frames


class Sender:
    """Writes the clocks into the blocks they belong to."""

    def __init__(self, client, frames):
        self.client, self.frames = client, frames
        self.port = client.midi_outports.register("out")
        self.may_begin, self.done = threading.Event(), threading.Event()
        self.first, self.sent = None, 0

    def process(self, block):
        self.port.clear_buffer()
        if not self.may_begin.is_set() or self.done.is_set():
            return
        now = self.client.last_frame_time
        if self.first is None:
            self.first = now + block
            self.port.write_midi_event(0, b"\xfa")
            return
        while self.sent < len(self.frames) and self.first + self.frames[self.sent] < now + block:
            self.port.write_midi_event(self.first + self.frames[self.sent] - now, b"\xf8")
            self.sent += 1
        if self.sent == len(self.frames):
            self.done.set()


def connected(client, port, to):
    give_up = time.monotonic() + 60.0
    while time.monotonic() < give_up:
        for found in client.get_ports(to, is_midi=True, is_input=True):
            with contextlib.suppress(jack.JackError):  # its client is not active yet
                client.connect(port, found)
                return
        time.sleep(0.02)
    raise SystemExit(f"no port {to}")


def moments_of(frames, pairs):
    """When the server's frames were: a straight line through (moment, frame), for two clocks drift apart."""
    n = len(pairs)
    moment, frame = sum(t for t, _ in pairs) / n, sum(f for _, f in pairs) / n
    spread = sum((f - frame) ** 2 for _, f in pairs)
    slope = sum((f - frame) * (t - moment) for t, f in pairs) / spread
    uneven = max(abs(t - moment - (f - frame) * slope) for t, f in pairs)
    return [moment + (each - frame) * slope for each in frames], uneven


def main(to, bpm, drift, over_s, count):
    client = jack.Client("other clock", no_start_server=True)
    sender = Sender(client, schedule(bpm, drift, over_s, count, client.samplerate))
    client.set_process_callback(sender.process)
    pairs = []
    with client:
        connected(client, sender.port, to)
        sys.stdout.write("connected\n")
        sys.stdout.flush()
        sys.stdin.readline()
        sender.may_begin.set()
        while not sender.done.wait(0.1):
            pairs.append((time.monotonic(), client.frame_time))
        pairs.append((time.monotonic(), client.frame_time))
    moments, uneven_s = moments_of([sender.first + frame for frame in sender.frames], pairs)
    sys.stdout.write(json.dumps({"moments": moments, "uneven_ms": 1000.0 * uneven_s}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
