"""Where on the timeline a block is, seen from strips that hear it later or sooner."""

from musicgen_desktop.playback.transport import Playhead, Span


class Places:
    """One block's places. What is `late` frames behind the mixer's input sees the song jump that much later.

    Args:
        course: how the song runs.
        clock: the stream's frame at the block's beginning.
        frames: of the block.
    """

    def __init__(self, course: Playhead, clock: int, frames: int) -> None:
        self.frames = frames
        self._course = course
        self._clock = clock
        self._known: dict[int, list[Span]] = {}

    def spans(self, late: int) -> list[Span]:
        """The block, cut where the timeline jumps."""
        found = self._known.get(late)
        if found is None:
            found = self._known[late] = self._course.spans(self._clock - late, self.frames)
        return found

    def place(self, late: int) -> int:
        """The block's first frame on the timeline."""
        return self.spans(late)[0].place
