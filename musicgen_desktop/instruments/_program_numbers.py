"""Which General MIDI program stands for a sound that another program is to play."""

from functools import cache

from musicgen_desktop.music import Patch

from ._general_midi import general_midi_fallback
from ._make import synth_presets

# Synthesizer presets have no General MIDI number; a receiver gets the nearest kind of sound.
_CATEGORY_PROGRAMS = {
    "bass": 38,
    "lead": 81,
    "pad": 89,
    "keys": 4,
    "pluck": 45,
    "organ": 16,
    "strings": 50,
    "brass": 62,
    "bell": 14,
    "stab": 55,
    "arp": 80,
    "fx": 97,
    "guitar": 29,
    "wind": 73,
    "percussion": 117,
    "voice": 54,
}


def general_midi_program(patch: Patch) -> int:
    """The program a General MIDI receiver should take for this patch (0..127)."""
    if patch.source == "general_midi" or patch.program or patch.is_drums:
        return patch.program
    own = _programs_of_presets().get(patch.preset)
    if own is not None:
        return own
    preset = synth_presets().get(patch.preset)
    return _CATEGORY_PROGRAMS.get(preset.category, 0) if preset else 0


@cache
def _programs_of_presets() -> dict[str, int]:
    """The presets that stand in for a General MIDI program, and which; the lowest when for several."""
    programs = {
        general_midi_fallback(Patch(source="general_midi", program=program)).preset: program
        for program in reversed(range(128))
    }
    programs.pop("", None)
    return programs
