"""How a MIDI file is written: its type, and how finely it counts."""

from typing import Literal

import msgspec

from musicgen_desktop.timing import PPQ, Tick

MidiType = Literal[0, 1]
TicksPerQuarter = Literal[480, 960]


class MidiForm(msgspec.Struct, frozen=True):
    """The outer form of a Standard MIDI File.

    Attributes:
        type: 1 for a track each, a conductor track before them; 0 for all in one track, as Live writes.
        ppq: ticks per quarter note. At 480, places on odd ticks of ours are half a tick late.
    """

    type: MidiType = 1
    ppq: TicksPerQuarter = 960

    def tick(self, tick: Tick) -> int:
        """A tick of ours as the nearest one of the file, counted from its beginning."""
        return (2 * tick * self.ppq + PPQ) // (2 * PPQ)

    def tick_before(self, tick: Tick) -> int:
        """The last tick of the file that is not later than one of ours."""
        return tick * self.ppq // PPQ

    def ours(self, tick: int) -> Tick:
        """The tick of ours where one of the file lies."""
        return tick * PPQ // self.ppq
