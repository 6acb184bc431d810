"""The process of `JackRecorder`: `python jack_recorder.py CLIENT SECONDS record|loop`; orders come in."""

import sys
import time

import jack
import numpy as np

of, seconds, how = sys.argv[1], float(sys.argv[2]), sys.argv[3]
client = jack.Client("ear", no_start_server=True)
ears = [client.inports.register(f"in_{side}") for side in ("left", "right")]
mouths = [client.outports.register(f"out_{side}") for side in ("left", "right")]
tape = np.zeros((2, round(seconds * client.samplerate)), np.float32)
state = {"at": 0, "keeps": False}


@client.set_process_callback
def process(frames):
    at = state["at"]
    for number, ear in enumerate(ears):
        heard = ear.get_array()
        if how == "loop":
            mouths[number].get_array()[:] = heard
        if state["keeps"]:
            fits = heard[: max(tape.shape[1] - at, 0)]
            tape[number, at : at + len(fits)] = fits
    if state["keeps"]:
        state["at"] = min(at + frames, tape.shape[1])


def say(word):
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def connect():
    give_up = time.monotonic() + 120
    while len(ports := client.get_ports(f"{of}.*", is_output=True, is_audio=True)) < 2:
        if time.monotonic() > give_up:
            raise SystemExit(f"no client {of} came")
        time.sleep(0.01)
    state["keeps"] = True
    for port, ear in zip(ports[:2], ears, strict=True):
        client.connect(port, ear)
    if how == "loop":
        others = client.get_ports(f"{of}.*", is_input=True, is_audio=True)
        for mouth, port in zip(mouths, others, strict=False):
            for known in client.get_all_connections(port):
                client.disconnect(known, port)
            client.connect(mouth, port)


with client:
    say("ready")
    for line in sys.stdin:
        order, _, path = line.strip().partition(" ")
        if order == "connect":
            connect()
            say("connected")
        elif order == "now":
            say(str(state["at"]))
        elif order == "until":
            while state["at"] < float(path) * client.samplerate:
                time.sleep(0.02)
            say("reached")
        elif order == "save":
            np.save(path, tape[:, : state["at"]].T)
            say("saved")
