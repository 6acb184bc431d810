"""The melody, asked by other parts what sounds when."""

from bisect import bisect_left, bisect_right

from musicgen_desktop.music import Note

from ._part_notes import PartNotes


class Lead:
    """A written melody, or none."""

    def __init__(self, part: PartNotes | None) -> None:
        self.notes = part.notes if part else ()
        self._starts = [note.start_ticks for note in self.notes]
        self._longest = max((note.length_ticks for note in self.notes), default=0)

    def sounding(self, start: int, end: int) -> list[Note]:
        """Notes that sound between two ticks."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [note for note in self.notes[first:last] if note.end_ticks > start]

    def gaps(self, start: int, end: int, least: int) -> list[tuple[int, int]]:
        """The rests of at least so many ticks."""
        gaps = []
        at = start
        for note in self.sounding(start, end):
            if note.start_ticks - at >= least:
                gaps.append((at, note.start_ticks))
            at = max(at, note.end_ticks)
        if end - at >= least:
            gaps.append((at, end))
        return gaps

    def pitch_near(self, tick: int) -> int | None:
        """The pitch that began last."""
        at = bisect_right(self._starts, tick) - 1
        return self.notes[at].pitch if at >= 0 else None
