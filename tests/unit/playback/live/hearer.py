"""Our side in a process of its own: `python hearer.py PORT`, orders on standard input, answers as JSON."""

import json
import sys

from musicgen_desktop.instruments import make_live_instrument
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.live import (
    LiveLoop,
    LiveTrack,
    MidiInput,
    MidiPortLostError,
    find_midi_input,
    list_midi_inputs,
)
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.playback.speaker import SilentSpeaker

events = []
speaker = SilentSpeaker(device_frames=256)
speaker.start()
instrument = make_live_instrument(Patch("synth", preset="saw_lead"), speaker.rate)
loop = LiveLoop(
    speaker,
    [LiveTrack("track", instrument, StripSettings("track"), speaker.rate)],
    listener=events.append,
)
keyboard = MidiInput(find_midi_input(sys.argv[1]), loop.hear)
loop.start()
print(json.dumps([port.name for port in list_midi_inputs()]), flush=True)  # noqa: T201
for line in sys.stdin:
    order, *numbers = line.split()
    lost = None
    if order == "check":
        try:
            keyboard.check()
        except MidiPortLostError as error:
            lost = str(error)
    elif order == "close":
        keyboard.close()
        loop.close()
        instrument.render(speaker.rate)
    answer = {
        "data": [event.data.hex() for event in events],
        "at": [event.at for event in events],
        "lost": lost,
        "open": keyboard.is_open,
        "notes": loop.latency.notes,
        "latency_ms": loop.latency.mean_ms,
        "sounding": instrument.sounding,
        "failed": loop.failed,
    }
    print(json.dumps(answer), flush=True)  # noqa: T201
