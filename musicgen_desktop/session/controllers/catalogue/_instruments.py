"""Everything that can play a notes track: General MIDI, the synthesizer's presets and drum kits."""

import re
from typing import Literal

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.instruments import synth_presets
from musicgen_desktop.music import GM_PROGRAMS, Patch, gm_family, gm_program

_FAMILIES = {
    "drums": "Drum kits",
    "percussion": "Percussion",
    "bass": "Basses",
    "keys": "Keys",
    "organ": "Organs",
    "guitar": "Guitars",
    "pluck": "Plucks",
    "lead": "Leads",
    "pad": "Pads",
    "arp": "Arpeggios",
    "stab": "Stabs",
    "bell": "Bells and mallets",
    "strings": "Synth strings",
    "brass": "Synth brass",
    "wind": "Woodwinds",
    "voice": "Voices",
    "fx": "Effects",
}
# Roland GS numbers the drum sets so, and General MIDI fonts follow it.
_DRUM_SETS = {
    0: "Standard Drums",
    8: "Room Drums",
    16: "Power Drums",
    24: "Electronic Drums",
    25: "TR-808 Drums",
    32: "Jazz Drums",
    40: "Brush Drums",
}


class InstrumentEntry(msgspec.Struct, frozen=True):
    """One instrument.

    Attributes:
        name: what a person calls it.
        family: the heading it stands under.
        source: whether the SoundFont plays it, or the built-in synthesizer.
        patch: what a track's `patch` becomes.
        words: lower case, for searching.
    """

    name: str
    family: str
    source: Literal["general_midi", "synth"]
    patch: Patch
    words: str


def instruments() -> tuple[InstrumentEntry, ...]:
    """Every instrument, families together: General MIDI in its own order, then ours and the user's by name.

    Raises:
        UserInputError: when a preset file of the user's is bad.
    """
    general = [
        _entry(gm_family(number), Patch(source="general_midi", program=number, name=name), "general midi")
        for number, name in enumerate(GM_PROGRAMS)
    ]
    sets = [
        _entry(
            "Drum sets",
            Patch(source="general_midi", program=number, is_drums=True, name=name),
            "general midi",
        )
        for number, name in _DRUM_SETS.items()
    ]
    order = list(_FAMILIES)
    presets = sorted(
        synth_presets().values(),
        key=lambda preset: (
            order.index(preset.category) if preset.category in _FAMILIES else len(order),
            preset.category,
            preset.name.casefold(),
        ),
    )
    ours = [
        _entry(
            _FAMILIES.get(preset.category, preset.category.capitalize()),
            Patch(
                source="synth", preset=preset.id, is_drums=preset.category == "drums", name=preset.name[:200]
            ),
            f"synthesizer {preset.id.replace('_', ' ')} {preset.category}",
        )
        for preset in presets
    ]
    return (*general, *sets, *ours)


def find_instruments(text: str) -> tuple[InstrumentEntry, ...]:
    """The instruments in whose name, family or kind every word is found; a musician's own word
    (“rhodes”, “808”) counts too. The best come first, and all of them when nothing was typed.

    Raises:
        UserInputError: as `instruments`.
    """
    words = text.casefold().split()
    if not words:
        return instruments()
    meant = _meant_program(text)
    found: list[tuple[int, InstrumentEntry]] = []
    for entry in instruments():
        is_meant = (
            entry.source == "general_midi" and not entry.patch.is_drums and entry.patch.program == meant
        )
        if is_meant or all(word in entry.words for word in words):
            found.append((_rank(entry, words, is_meant=is_meant), entry))
    found.sort(key=lambda each: each[0])  # stable: equals stay in their order
    return tuple(entry for _rank_of, entry in found)


def _entry(family: str, patch: Patch, kind: str) -> InstrumentEntry:
    words = f"{patch.name} {family} {kind}".casefold()
    return InstrumentEntry(patch.name, family, patch.source, patch, words)


def _rank(entry: InstrumentEntry, words: list[str], *, is_meant: bool) -> int:
    name = entry.name.casefold()
    if is_meant or name == " ".join(words):
        return 0
    starts = re.split(r"[^\w]+", name)
    if all(any(part.startswith(word) for part in starts) for word in words):
        return 1
    return 2 if all(word in name for word in words) else 3


def _meant_program(text: str) -> int | None:
    try:
        return gm_program(text)
    except UserInputError:
        return None
