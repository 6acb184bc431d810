"""A MIDI controller that is not ours: `python jack_controller.py NAME`, orders on standard input.

An order is messages in hexadecimal, one a word, such as “b00740 904064”; they are sent one in each period.
Each order is answered with the moment at which its first message went out, in seconds of `time.monotonic`.
"""

import sys
import threading
import time
from collections import deque

import jack

client = jack.Client(sys.argv[1], no_start_server=True)
out = client.midi_outports.register("out")
outbox = deque()
sent_at = []
sent = threading.Event()


@client.set_process_callback
def process(_frames):
    out.clear_buffer()
    if outbox:
        out.write_midi_event(0, outbox.popleft())
        sent_at.append(time.monotonic())
        if not outbox:
            sent.set()


with client:
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        sent.clear()
        sent_at.clear()
        outbox.extend(bytes.fromhex(word) for word in line.split())
        sent.wait(30)
        print(sent_at[0], flush=True)  # noqa: T201
