"""A MIDI keyboard that is not ours: `python keyboard.py NAME`, orders on standard input.

`play N` sends N strokes and releases at places of their own in each period, with clock and system exclusive
messages between them; `hold PITCH …` strikes keys and leaves them down.
"""

import sys
import threading
from collections import deque

import jack

client = jack.Client(sys.argv[1], no_start_server=True)
out = client.midi_outports.register("out")
outbox = deque()
sent = threading.Event()


@client.set_process_callback
def process(frames):
    out.clear_buffer()
    for number in range(min(len(outbox), 8)):
        out.write_midi_event(number * frames // 8, outbox.popleft())
    if not outbox:
        sent.set()


def send(messages):
    sent.clear()
    outbox.extend(messages)
    sent.wait(30)


with client:
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        order, *numbers = line.split()
        if order == "play":
            for number in range(int(numbers[0])):
                pitch = number % 128
                messages = [
                    bytes((0x90, pitch, 1 + number % 127)),
                    b"\xf8",
                    bytes((0x80, pitch, number % 128)),
                ]
                if number % 10 == 0:
                    messages.insert(1, b"\xf0" + bytes(range(100)) + b"\xf7")
                send(messages)
        else:
            send([bytes((0x90, int(pitch), 100)) for pitch in numbers] + [b"\xb0\x40\x7f"])
        print("sent", flush=True)  # noqa: T201
