"""Live MIDI: a process of its own sends notes and clocks at the moment at which the song is heard."""

from ._client import LiveSyncClient, MidiDiedError
from ._loopback import LoopbackReport, NothingCameBackError, measure_loopback
from ._messages import (
    ClocksTaken,
    Command,
    Event,
    MidiProblem,
    OpenedPort,
    Part,
    PartsTaken,
    PortsOpened,
    PortWish,
    Sent,
    SetClocks,
    SetMaster,
    SetParts,
    SetPorts,
    SetSong,
    SetThru,
)
from ._ports import (
    MidiOutputLostError,
    NoSuchMidiOutputError,
    NoVirtualPortsError,
    find_midi_output,
    list_midi_outputs,
)
from ._process import run_midi_process
from ._rtmidi_port import are_virtual_ports_possible
from ._source import Due, Source

__all__ = [
    "ClocksTaken",
    "Command",
    "Due",
    "Event",
    "LiveSyncClient",
    "LoopbackReport",
    "MidiDiedError",
    "MidiOutputLostError",
    "MidiProblem",
    "NoSuchMidiOutputError",
    "NoVirtualPortsError",
    "NothingCameBackError",
    "OpenedPort",
    "Part",
    "PartsTaken",
    "PortWish",
    "PortsOpened",
    "Sent",
    "SetClocks",
    "SetMaster",
    "SetParts",
    "SetPorts",
    "SetSong",
    "SetThru",
    "Source",
    "are_virtual_ports_possible",
    "find_midi_output",
    "list_midi_outputs",
    "measure_loopback",
    "run_midi_process",
]
