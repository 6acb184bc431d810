"""What sounds a note track."""

from typing import Literal

import msgspec


class Patch(msgspec.Struct, frozen=True):
    """One sound of one source.

    Attributes:
        source: a General MIDI SoundFont, or our own synthesizer.
        program: General MIDI program, 0 … 127.
        bank: 0 … 16383.
        preset: of the synthesizer, like `saw_lead`; for drums a kit, like `kit_808`.
        is_drums: the pitches are General MIDI drum pitches.
        name: what a person calls it.

    Raises:
        ValueError: for values outside these ranges.
    """

    source: Literal["general_midi", "synth"]
    program: int = 0
    bank: int = 0
    preset: str = ""
    is_drums: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.program <= 127 or not 0 <= self.bank <= 16383:
            raise ValueError(f"no such program: bank {self.bank}, program {self.program}")
