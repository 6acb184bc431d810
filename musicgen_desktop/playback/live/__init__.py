"""Keys become sound at once: MIDI inputs, tracks that are played live, and the loop that keeps them heard."""

from ._live_loop import LiveLoop, LiveSpeaker
from ._live_track import LiveTrack
from ._midi_event import MidiEvent
from ._midi_input import MidiInput
from ._midi_parser import MidiParser
from ._midi_ports import (
    MidiPort,
    MidiPortLostError,
    NoMidiError,
    NoSuchMidiPortError,
    find_midi_input,
    list_midi_inputs,
)
from ._thru_latency import ThruLatency

__all__ = [
    "LiveLoop",
    "LiveSpeaker",
    "LiveTrack",
    "MidiEvent",
    "MidiInput",
    "MidiParser",
    "MidiPort",
    "MidiPortLostError",
    "NoMidiError",
    "NoSuchMidiPortError",
    "ThruLatency",
    "find_midi_input",
    "list_midi_inputs",
]
