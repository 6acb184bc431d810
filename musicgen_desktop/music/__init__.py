"""Notes, keys, scales, chords, voicings and the General MIDI tables."""

from ._chord import Chord
from ._general_midi import DRUM, GM_DRUMS, GM_FAMILIES, GM_PROGRAMS, gm_family, gm_program
from ._key import Key
from ._note import Control, Note, note_order, one_key_at_a_time
from ._patch import Patch
from ._pitch import BLACK_KEYS, PitchClass, parse_pitch, pitch_class_name, pitch_name
from ._progression import parse_progression, parse_progression_bars
from ._roman import roman_chord, roman_name
from ._scale import SCALES, Scale
from ._voicing import voice_lead

__all__ = [
    "BLACK_KEYS",
    "DRUM",
    "GM_DRUMS",
    "GM_FAMILIES",
    "GM_PROGRAMS",
    "SCALES",
    "Chord",
    "Control",
    "Key",
    "Note",
    "Patch",
    "PitchClass",
    "Scale",
    "gm_family",
    "gm_program",
    "note_order",
    "one_key_at_a_time",
    "parse_pitch",
    "parse_progression",
    "parse_progression_bars",
    "pitch_class_name",
    "pitch_name",
    "roman_chord",
    "roman_name",
    "voice_lead",
]
