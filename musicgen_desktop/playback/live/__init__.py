"""Keys and microphones are heard at once: MIDI inputs, live tracks, and the loop that keeps them sounding."""

from ._live_input import LiveInput
from ._live_loop import LiveLoop, LiveSource, LiveSpeaker
from ._live_strip import PreparedStrip
from ._live_track import LiveTrack
from ._midi_event import CONTROL, NOTE_OFF, NOTE_ON, MidiEvent
from ._midi_input import MidiInput
from ._midi_parser import MidiParser
from ._midi_ports import (
    JACK,
    MidiPort,
    MidiPortLostError,
    NoMidiError,
    NoSuchMidiPortError,
    find_midi_input,
    list_midi_inputs,
)
from ._thru_latency import ThruLatency

__all__ = [
    "CONTROL",
    "JACK",
    "NOTE_OFF",
    "NOTE_ON",
    "LiveInput",
    "LiveLoop",
    "LiveSource",
    "LiveSpeaker",
    "LiveTrack",
    "MidiEvent",
    "MidiInput",
    "MidiParser",
    "MidiPort",
    "MidiPortLostError",
    "NoMidiError",
    "NoSuchMidiPortError",
    "PreparedStrip",
    "ThruLatency",
    "find_midi_input",
    "list_midi_inputs",
]
