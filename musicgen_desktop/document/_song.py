"""What lies along the song apart from tracks: sections, markers, keys, chords and the loop."""

from typing import Self

import msgspec


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named part of the form: “Verse”, “Drop”."""

    id: str
    name: str
    start_ticks: int
    length_ticks: int
    intensity: float = 0.5
    """0 (still) to 1 (full force)."""

    @property
    def end_ticks(self) -> int:
        """The first tick after the section."""
        return self.start_ticks + self.length_ticks

    def moved_to(self, start_ticks: int) -> Self:
        """The section at another place."""
        return msgspec.structs.replace(self, start_ticks=start_ticks)


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named place in the song."""

    id: str
    name: str
    tick: int

    def moved_to(self, tick: int) -> Self:
        """The marker at another place."""
        return msgspec.structs.replace(self, tick=tick)


class KeyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From this tick on the song is in `key`, written as `music.Key` prints it: “F# minor”."""

    tick: int
    key: str


class ChordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One chord of the chord track, written as `music.Chord` prints it: “Am7/G”."""

    tick: int
    length_ticks: int
    symbol: str


class LoopRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The span that the transport repeats while `enabled`; `end_ticks` is the first tick outside."""

    start_ticks: int = 0
    end_ticks: int = 0
    enabled: bool = False
