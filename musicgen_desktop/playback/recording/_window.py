"""Which frames of the stream are recorded, and where on the timeline they belong."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from musicgen_desktop.playback.transport import Playhead


class Piece(NamedTuple):
    """A stretch of a block that is recorded; the timeline runs straight on it.

    Attributes:
        offset: where in the block it begins.
        frames: how many, 1 or more.
        place: the frame of the timeline that it begins with, 0 or later.
    """

    offset: int
    frames: int
    place: int


class Round(NamedTuple):
    """A stretch of the stream that is kept; the timeline runs straight on it."""

    clock: int
    frames: int
    place: int


class RecordingWindow:
    """The courses that the song takes while it is recorded, and what of them is kept.

    Args:
        course: the one at the start.
        from_clock: nothing before this frame of the stream is kept.
        punch: (first frame, first frame outside) of the timeline; None keeps everything.
    """

    def __init__(
        self, course: Playhead, *, from_clock: int = 0, punch: tuple[int, int] | None = None
    ) -> None:
        self._courses = [course]
        self._from_clock = from_clock
        self._punch = punch
        self._end_clock: int | None = None

    @property
    def end_clock(self) -> int | None:
        """The first frame of the stream that is no longer recorded; None while that is open."""
        return self._end_clock

    def set_course(self, course: Playhead) -> None:
        """From `course.clock` on the song runs otherwise; what had been announced for later is forgotten."""
        while self._courses and self._courses[-1].clock >= course.clock:
            self._courses.pop()
        self._courses.append(course)

    def end_at(self, clock: int) -> None:
        """Nothing from this frame of the stream on is kept."""
        self._end_clock = clock if self._end_clock is None else min(clock, self._end_clock)

    def pieces(self, clock: int, frames: int) -> Iterator[Piece]:
        """What is kept of the block that begins at `clock`, in order."""
        for course, first, end in self._stretches(clock, clock + frames):
            for span in course.spans(first, end - first):
                yield from self._punched(first - clock + span.offset, span.frames, span.place)

    def rounds(self, end: int, clocks: Sequence[int], reach: int) -> Iterator[Round]:
        """All that is kept up to `end`, each round whole and in order; not all of those where nothing is.

        A short loop turns millions of times in a day. Of each course the first and the last round are
        there, and those between in which, or up to `reach` frames before which, something happened.

        Args:
            end: the first frame of the stream that is not looked at.
            clocks: when something happened; ascending.
            reach: 0 or more.
        """
        for course, first, last in self._stretches(self._courses[0].clock, end):
            at = first
            while at < last:
                jump = course.next_jump(at)
                stop = last if jump is None else min(jump, last)
                for piece in self._punched(0, stop - at, course.place_at(at)):
                    yield Round(at + piece.offset, piece.frames, piece.place)
                at = stop
                if course.loop is not None and at < last:
                    index = bisect_left(clocks, at - reach)
                    wanted = min(clocks[index], last - 1) if index < len(clocks) else last - 1
                    turn = course.loop[1] - course.loop[0]
                    at += max(wanted - at, 0) // turn * turn

    def forget_before(self, clock: int) -> None:
        """Let go of courses that ended before this frame."""
        while len(self._courses) > 1 and self._courses[1].clock <= clock:
            del self._courses[0]

    def _stretches(self, clock: int, end: int) -> Iterator[tuple[Playhead, int, int]]:
        """(course, first frame, first frame outside) of the stream, where it is not too early or too late."""
        end = end if self._end_clock is None else min(end, self._end_clock)
        for index, course in enumerate(self._courses):
            later = self._courses[index + 1].clock if index + 1 < len(self._courses) else end
            first, last = max(clock, self._from_clock, course.clock, course.sounding_clock), min(end, later)
            if first < last:
                yield course, first, last

    def _punched(self, offset: int, frames: int, place: int) -> Iterator[Piece]:
        low, high = (0, place + frames) if self._punch is None else self._punch
        first, end = max(place, low, 0), min(place + frames, high)
        if first < end:
            yield Piece(offset + first - place, end - first, first)
