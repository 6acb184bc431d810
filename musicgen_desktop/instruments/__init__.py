"""Notes become sound: SoundFonts, a synthesizer, a drum machine."""

from ._fingerprint import sound_fingerprints
from ._general_midi import general_midi_fallback
from ._live_instrument import LiveInstrument
from ._live_make import make_live_instrument
from ._make import available_soundfont, make_instrument, render_notes, synth_presets
from ._preset import PresetInfo
from ._preset_files import BadPresetError
from ._program_numbers import general_midi_program
from ._schedule import Instrument, ScheduledControl, ScheduledNote
from ._sound_font_file import BadSoundFontError

__all__ = [
    "BadPresetError",
    "BadSoundFontError",
    "Instrument",
    "LiveInstrument",
    "PresetInfo",
    "ScheduledControl",
    "ScheduledNote",
    "available_soundfont",
    "general_midi_fallback",
    "general_midi_program",
    "make_instrument",
    "make_live_instrument",
    "render_notes",
    "sound_fingerprints",
    "synth_presets",
]
