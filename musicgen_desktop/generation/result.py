"""What an engine hands back: notes per stem, their harmony, how to mix them and how they were made."""

from typing import Any

import msgspec

from musicgen_desktop.music import Chord, Control, Key, Note, Patch
from musicgen_desktop.timing import MeterMap, TempoMap


class PlacedChord(msgspec.Struct, frozen=True):
    """A chord on the timeline, in ticks from the start of the song."""

    start_ticks: int
    length_ticks: int
    chord: Chord


class PlacedSection(msgspec.Struct, frozen=True):
    """A named part of the form; intensity 0 (still) to 1 (full)."""

    name: str
    start_ticks: int
    length_ticks: int
    intensity: float


class Effect(msgspec.Struct, frozen=True):
    """An effect of the mixer by its kind, with the parameters that differ from its defaults."""

    kind: str
    parameters: dict[str, float] = {}


class StemMix(msgspec.Struct, frozen=True):
    """How a stem sits in the mix.

    Attributes:
        level_lu: wanted loudness while it plays, in LU relative to the anchor (drums or lead) at 0.
        pan: -1 left to 1 right.
        sends: name of a return → send level in dB, after the fader.
    """

    level_lu: float
    pan: float = 0.0
    inserts: tuple[Effect, ...] = ()
    sends: dict[str, float] = {}


class Stem(msgspec.Struct, frozen=True):
    """One instrument's notes through the whole song; notes count ticks from the start of the song."""

    name: str
    role: str
    patch: Patch
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()
    mix: StemMix = StemMix(level_lu=0.0)


class Return(msgspec.Struct, frozen=True):
    """A bus that stems send to, such as a reverb."""

    name: str
    inserts: tuple[Effect, ...]


class Understood(msgspec.Struct, frozen=True):
    """Words of the prompt and what they were taken to mean, both for a person to read."""

    words: str
    meaning: str


class Provenance(msgspec.Struct, frozen=True):
    """How a take was made, enough to make it again; `request` holds JSON values."""

    engine: str
    model: str
    licence: str
    commercial_use: bool
    seed: int
    prompt: str
    request: dict[str, Any]
    versions: dict[str, str]


class NotesTake(msgspec.Struct, frozen=True):
    """A whole song as notes. Chords cover it without gaps; bars count from 1."""

    title: str
    tempo_map: TempoMap
    meter_map: MeterMap
    key: Key
    bars: int
    style: str
    chords: tuple[PlacedChord, ...]
    sections: tuple[PlacedSection, ...]
    stems: tuple[Stem, ...]
    returns: tuple[Return, ...]
    master: tuple[Effect, ...]
    provenance: Provenance
    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()

    def stem(self, role: str) -> Stem:
        """The stem of that role.

        Raises:
            KeyError: when the song has none.
        """
        for stem in self.stems:
            if stem.role == role:
                return stem
        raise KeyError(role)
