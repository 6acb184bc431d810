"""Whose sounds a song is made of: what the engine says of its notes, and what the instruments add."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.generation import NotesTake

_OURS = "The sounds: built-in synthesizer"
_SHIPPED = "FluidR3Mono (MIT licence)"


def with_sound_rights(take: NotesTake, soundfont: Path | None) -> NotesTake:
    """The take whose rights speak of its sounds too.

    Args:
        take: its provenance speaks of the notes alone.
        soundfont: the General MIDI font that plays it; None when the built-in synthesizer plays everything.
    """
    sources = [_OURS]
    commercial = take.provenance.commercial_use
    if soundfont is not None and any(stem.patch.source == "general_midi" for stem in take.stems):
        if soundfont.resolve().is_relative_to(resources_folder().resolve()):
            sources.append(_SHIPPED)
        else:
            sources.append(f"your SoundFont “{soundfont.name}”, whose licence decides about selling")
            commercial = False
    provenance = msgspec.structs.replace(
        take.provenance,
        licence=f"{take.provenance.licence} {' and '.join(sources)}.",
        commercial_use=commercial,
    )
    return msgspec.structs.replace(take, provenance=provenance)
