"""What a track plays: notes and controller moves."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from musicgen_desktop.timing import Tick


class Note(msgspec.Struct, frozen=True):
    """One note.

    Attributes:
        start_ticks: from the start of its clip or stem, 0 or later.
        length_ticks: at least 1.
        pitch: MIDI number, 0 … 127.
        velocity: 1 … 127.

    Raises:
        ValueError: for values outside these ranges.
    """

    start_ticks: Tick
    length_ticks: Tick
    pitch: int
    velocity: int

    def __post_init__(self) -> None:
        if self.start_ticks < 0 or self.length_ticks < 1:
            raise ValueError(f"a note starts at 0 or later and lasts: {self.start_ticks}+{self.length_ticks}")
        if not 0 <= self.pitch <= 127 or not 1 <= self.velocity <= 127:
            raise ValueError(f"no such pitch or velocity: {self.pitch}, {self.velocity}")

    @property
    def end_ticks(self) -> Tick:
        """Where the key is let go."""
        return self.start_ticks + self.length_ticks


def note_order(note: Note) -> tuple[int, int, int, int]:
    """Sorts notes by start, then pitch, length and velocity: one order for equal sets of notes.

    >>> sorted([Note(960, 10, 60, 90), Note(0, 10, 64, 90), Note(0, 10, 60, 90)], key=note_order)[0].pitch
    60
    """
    return note.start_ticks, note.pitch, note.length_ticks, note.velocity


def one_key_at_a_time(notes: Iterable[Note]) -> list[Note]:
    """The notes as one keyboard can play them: a key struck again while it is held is let go first.

    MIDI has no names for notes: the first of two note-offs would end both, or the wrong one. Of two notes of
    one pitch that begin together the longer one is left.

    >>> [note.length_ticks for note in one_key_at_a_time([Note(0, 960, 60, 90), Note(480, 960, 60, 90)])]
    [480, 960]
    """
    played: list[Note] = []
    held: dict[int, Note] = {}
    for note in sorted(notes, key=note_order):
        before = held.get(note.pitch)
        if before is not None and before.start_ticks < note.start_ticks:
            ticks = min(before.length_ticks, note.start_ticks - before.start_ticks)
            played.append(
                before
                if ticks == before.length_ticks
                else Note(before.start_ticks, ticks, before.pitch, before.velocity)
            )
        # Two that begin together become the longer one, which `note_order` puts last.
        held[note.pitch] = note
    return sorted([*played, *held.values()], key=note_order)


class Control(msgspec.Struct, frozen=True):
    """A controller moves.

    Attributes:
        tick: from the start of its clip or stem.
        kind: `cc` a numbered controller, `pitch_bend`, or `pressure` of the whole channel.
        number: which controller, 0 … 127; 0 for the other kinds.
        value: 0 … 127; of a bend -8192 … 8191.

    Raises:
        ValueError: for values outside these ranges.
    """

    tick: Tick
    kind: Literal["cc", "pitch_bend", "pressure"]
    number: int = 0
    value: int = 0

    def __post_init__(self) -> None:
        low, high = (-8192, 8191) if self.kind == "pitch_bend" else (0, 127)
        if not low <= self.value <= high or not 0 <= self.number <= 127:
            raise ValueError(f"no such controller move: {self.kind} {self.number} = {self.value}")
        if self.tick < 0:
            raise ValueError("a controller moves at tick 0 or later")
