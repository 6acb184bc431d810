"""From the stream's clock, which only runs forward, to the timeline, on which the song may jump."""

from typing import NamedTuple

import msgspec

SHORTEST_LOOP_FRAMES = 64
"""A loop shorter than this is no loop: it would be a tone."""


class Span(NamedTuple):
    """A stretch of a block on which the timeline runs straight.

    Attributes:
        offset: where in the block it begins.
        frames: how many, 1 or more.
        place: the frame of the timeline that it begins with; negative in a count-in before bar 1.
    """

    offset: int
    frames: int
    place: int


class Playhead(msgspec.Struct, frozen=True):
    """How the song runs from one moment of the stream on: straight, or round in a loop.

    Attributes:
        clock: the frame of the stream at which this course begins.
        place: the frame of the timeline there.
        loop: (first frame, first frame outside) of the timeline; None for none. A course that begins at or
            behind the loop's end runs on straight.
        sounds_from: the frame of the timeline from which on the song is heard in the first round: what lies
            before it is a count-in. None when it sounds at once.
    """

    clock: int = 0
    place: int = 0
    loop: tuple[int, int] | None = None
    sounds_from: int | None = None

    @property
    def turns(self) -> bool:
        """Whether it will ever jump."""
        return (
            self.loop is not None
            and self.loop[1] - self.loop[0] >= SHORTEST_LOOP_FRAMES
            and self.place < self.loop[1]
        )

    @property
    def sounding_clock(self) -> int:
        """The frame of the stream from which on the song is heard."""
        silent = 0 if self.sounds_from is None else max(self.sounds_from - self.place, 0)
        return self.clock + silent

    def place_at(self, clock: int) -> int:
        """The frame of the timeline at this frame of the stream; before the course began it ran straight."""
        place = self.place + clock - self.clock
        if self.loop is None or not self.turns or place < self.loop[1]:
            return place
        first, end = self.loop
        return first + (place - end) % (end - first)

    def spans(self, clock: int, frames: int) -> list[Span]:
        """The block from `clock` on, cut where the timeline jumps; in order, and together as long."""
        found: list[Span] = []
        offset = 0
        while offset < frames:
            place = self.place_at(clock + offset)
            count = frames - offset
            if self.loop is not None and self.turns and place < self.loop[1]:
                count = min(count, self.loop[1] - place)
            found.append(Span(offset, count, place))
            offset += count
        return found

    def next_jump(self, clock: int) -> int | None:
        """The first frame of the stream after `clock` at which the timeline jumps; None for never."""
        if self.loop is None or not self.turns:
            return None
        return clock + self.loop[1] - self.place_at(clock)

    def continued(self, clock: int, loop: tuple[int, int] | None) -> "Playhead":
        """The same song from `clock` on, at the place it has reached, with another loop."""
        sounds_from = self.sounds_from if clock < self.sounding_clock else None
        return Playhead(clock, self.place_at(clock), loop, sounds_from)
