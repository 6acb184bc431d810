"""Send the open project over MIDI while it plays: ports, channels, edits."""

from musicgen_desktop.exchange.live_sync import Event as MidiEvent
from musicgen_desktop.exchange.live_sync import (
    LiveSyncClient,
    LoopbackReport,
    MidiDiedError,
    MidiProblem,
    OpenedPort,
    PortsOpened,
    Sent,
)
from musicgen_desktop.foundation import MidiPort

from ._latency import MeasureMidi
from ._listing import MidiPorts, list_midi_ports
from ._live_midi import LiveMidi
from ._routing import SONG_PORT, Route, Routing, Virtual, routing_of
from ._send import SendMidi, SendReport

__all__ = [
    "SONG_PORT",
    "LiveMidi",
    "LiveSyncClient",
    "LoopbackReport",
    "MeasureMidi",
    "MidiDiedError",
    "MidiEvent",
    "MidiPort",
    "MidiPorts",
    "MidiProblem",
    "OpenedPort",
    "PortsOpened",
    "Route",
    "Routing",
    "SendMidi",
    "SendReport",
    "Sent",
    "Virtual",
    "list_midi_ports",
    "routing_of",
]
