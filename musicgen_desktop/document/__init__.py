"""The project as plain frozen values: tracks, clips, sends, automation. No files, no sound, no window.

An edit never changes a value; it makes a new one that shares every untouched part with the old one, so the
undo history is a list of references and two versions are compared quickly by identity.
"""

from ._check import check_project
from ._clip import AudioClip, Clip, FadeShape, NotesClip
from ._colours import TRACK_COLOURS
from ._frozen import Frozen
from ._media import AudioSource, Take
from ._midi import ControllerKind, ControllerMode, MidiBinding, MidiController, MidiOutput
from ._mixing import SILENT_DB, Automation, AutomationPoint, Insert, Send
from ._origin import Origin
from ._project import MASTER_ID, Project
from ._rules import BadProjectError
from ._song import ChordChange, KeyChange, LoopRange, Marker, Section
from ._told_rights import origins_of, told_rights
from ._track import Track, TrackKind

__all__ = [
    "MASTER_ID",
    "SILENT_DB",
    "TRACK_COLOURS",
    "AudioClip",
    "AudioSource",
    "Automation",
    "AutomationPoint",
    "BadProjectError",
    "ChordChange",
    "Clip",
    "ControllerKind",
    "ControllerMode",
    "FadeShape",
    "Frozen",
    "Insert",
    "KeyChange",
    "LoopRange",
    "Marker",
    "MidiBinding",
    "MidiController",
    "MidiOutput",
    "NotesClip",
    "Origin",
    "Project",
    "Section",
    "Send",
    "Take",
    "Track",
    "TrackKind",
    "check_project",
    "origins_of",
    "told_rights",
]
