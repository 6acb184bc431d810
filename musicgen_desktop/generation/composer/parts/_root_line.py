"""Where the bass stands: the register of every chord's lowest note."""

import msgspec

from musicgen_desktop.music import Chord

from ._song import Song
from ._tones import nearest_pitch


class BassEvent(msgspec.Struct, frozen=True):
    """A note to be: straight ticks from the start of the song, a sign, and whether it may swing."""

    tick: int
    length: int
    sign: str
    swings: bool = True
    pitch: int = 0


def bass_class(chord: Chord) -> int:
    """The pitch class the bass plays for a chord: the one under the slash, or the root."""
    return chord.root if chord.bass is None else chord.bass


class RootLine:
    """The register of every chord's bass note: each near the last, drawn towards the low end."""

    def __init__(self, song: Song, low: int, high: int) -> None:
        self._song = song
        self.low, self.high = low, high
        self.roots: list[int] = []
        home = low + 7
        before = home
        top = max(low + 11, min(high - 5, low + 16))
        for placed in song.chords:
            pitch = nearest_pitch(bass_class(placed.chord), (before + home) // 2, low, top)
            self.roots.append(pitch)
            before = pitch

    def at(self, tick: int) -> int:
        """The bass note of the chord at a tick."""
        return self.roots[self._song.chord_index(tick)]
