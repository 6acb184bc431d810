"""Standard MIDI Files: the whole song or one track of a project, and files of others, read with suspicion."""

from ._form import MidiForm, MidiType, TicksPerQuarter
from ._read import is_midi, parse_midi
from ._read_process import read_midi, run_import_process
from ._read_values import MidiMarker, MidiSong, MidiTrack, UnreadableMidiError
from ._remarks import midi_remarks
from ._write import clip_midi, save_midi, song_midi, track_midi

__all__ = [
    "MidiForm",
    "MidiMarker",
    "MidiSong",
    "MidiTrack",
    "MidiType",
    "TicksPerQuarter",
    "UnreadableMidiError",
    "clip_midi",
    "is_midi",
    "midi_remarks",
    "parse_midi",
    "read_midi",
    "run_import_process",
    "save_midi",
    "song_midi",
    "track_midi",
]
