"""How a MIDI file is written: its type, and how finely it counts."""

from typing import Literal

import msgspec

from musicgen_desktop.foundation import UserInputError
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

    def ours(self, tick: int) -> Tick:
        """The tick of ours where one of the file lies."""
        return tick * PPQ // self.ppq


def midi_form(midi_type: int, ppq: int) -> MidiForm:
    """A form from numbers that a person typed.

    Raises:
        UserInputError: no such type, or another count of ticks.
    """
    for kind in (0, 1):
        for ticks in (480, 960):
            if (midi_type, ppq) == (kind, ticks):
                return MidiForm(kind, ticks)
    if midi_type not in (0, 1):
        raise UserInputError(f"MIDI files are written as type 0 or 1, not {midi_type}.")
    raise UserInputError(f"MIDI files are written with 480 or 960 ticks per quarter note, not {ppq}.")
