"""Whose sounds a song is made of: what the engine says of its notes, and what the instruments add."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.generation import NotesTake

_SOUNDS = "The sounds: "
_OURS = "built-in synthesizer"
_SHIPPED = "FluidR3Mono (MIT licence)"
_LOST = "a SoundFont that is not on this machine, whose licence decides about selling"


class SoundRights(NamedTuple):
    """A sentence on whose sounds are heard, and whether they may be sold; empty when nothing is said."""

    sentence: str
    commercial_use: bool


def with_sound_rights(take: NotesTake, soundfont: Path | None) -> NotesTake:
    """The take whose rights speak of its sounds too.

    Args:
        take: its provenance speaks of the notes alone.
        soundfont: the General MIDI font that plays it; None when the built-in synthesizer plays everything.
    """
    on_font = any(stem.patch.source == "general_midi" for stem in take.stems)
    sounds = sound_rights(by_synth=True, soundfont=soundfont if on_font else None)
    provenance = msgspec.structs.replace(
        take.provenance,
        licence=f"{take.provenance.licence} {sounds.sentence}",
        commercial_use=take.provenance.commercial_use and sounds.commercial_use,
    )
    return msgspec.structs.replace(take, provenance=provenance)


def sound_rights(*, by_synth: bool, soundfont: Path | None = None, by_lost_font: bool = False) -> SoundRights:
    """The rights of what the instruments add to notes.

    Args:
        by_synth: the built-in synthesizer is heard.
        soundfont: is heard.
        by_lost_font: a font is heard that is not here any more, from a frozen file.
    """
    sources = [_OURS] if by_synth else []
    commercial = not by_lost_font
    if soundfont is not None:
        if soundfont.resolve().is_relative_to(resources_folder().resolve()):
            sources.append(_SHIPPED)
        else:
            sources.append(f"your SoundFont “{soundfont.name}”, whose licence decides about selling")
            commercial = False
    if by_lost_font:
        sources.append(_LOST)
    return SoundRights(f"{_SOUNDS}{' and '.join(sources)}." if sources else "", commercial)


def rights_of_notes(licence: str) -> str:
    """A take's licence without what it says of the sounds: they were those of the day it was composed."""
    return licence.partition(f"{_SOUNDS}{_OURS}")[0].strip()
