"""A source played along a course: count-in, jumps and their seams."""

import numpy as np

from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.transport import Playhead, Span

from ._players import Player

LONGEST_KEPT_LOOP_S = 4.0


class Performance:
    """Renders by the stream's clock.

    Every round of a loop but the first sounds alike: of a short loop the second is kept and played again, for
    an instrument would have to find into each round anew.

    Args:
        player: of the source.
        rate: frames per second.
    """

    def __init__(self, player: Player, rate: int) -> None:
        self.player = player
        self._longest_kept = round(LONGEST_KEPT_LOOP_S * rate)
        self._seam: Planar | None = None
        self._seam_clock = 0
        self._head: Planar | None = None
        self._head_place = 0
        self._round: Planar | None = None
        self._round_filled = 0
        self._round_of: tuple[int, int] | None = None

    def prepare(self, place: int, frames: int) -> None:
        """Have the sound from this frame of the timeline on at hand."""
        place = max(place, 0)
        if self._head is None or self._head_place != place:
            self._head, self._head_place = self.player.read(place, frames), place

    def render(self, course: Playhead, clock: int, frames: int) -> Planar:
        """[2, frames], a new array, from this frame of the stream on."""
        spans = course.spans(clock, frames)
        blocks = [self._span(course, clock + span.offset, span) for span in spans]
        return blocks[0] if len(blocks) == 1 else np.concatenate(blocks, axis=1)

    def _span(self, course: Playhead, clock: int, span: Span) -> Planar:
        jumped = clock > course.clock and course.place_at(clock - 1) + 1 != span.place
        if not jumped and clock != self._seam_clock:
            self._seam = None
        if jumped:
            self._begin_round(course)
        again = self._is_in_later_round(course, clock)
        kept = self._kept(course, span) if again else None
        if kept is not None:
            self._seam = None
            return kept
        if jumped:
            # The seam comes first: the instrument still stands where the song breaks off.
            self._seam = self.player.seam(course.place_at(clock - 1) + 1, span.place)
        silent = min(max(course.sounding_clock - clock, -span.place, 0), span.frames)
        block = self._read(span.place + silent, span.frames - silent)
        if silent:
            block = np.concatenate([np.zeros((2, silent), np.float32), block], axis=1)
        self._lay_seam(block, clock)
        if again:
            self._keep(course, span, block)
        return block

    def _read(self, place: int, frames: int) -> Planar:
        """From the timeline; the sound prepared for this place is used up first."""
        head = self._head
        if head is None or not frames or not 0 <= place - self._head_place < head.shape[1]:
            return self.player.read(place, frames) if frames else np.zeros((2, 0), np.float32)
        ready = head[:, place - self._head_place :][:, :frames]
        count = ready.shape[1]
        if count == frames:
            return ready.copy()
        self._head = None
        return np.concatenate([ready, self.player.read(place + count, frames - count)], axis=1)

    def _lay_seam(self, block: Planar, clock: int) -> None:
        seam = self._seam
        if seam is None:
            return
        count = min(seam.shape[1], block.shape[1])
        block[:, :count] += seam[:, :count]
        # Of a loop shorter than the seam the rest is lost: it has nearly faded.
        self._seam = seam[:, count:] if count < seam.shape[1] else None
        self._seam_clock = clock + count

    def _begin_round(self, course: Playhead) -> None:
        if course.loop is None:
            return
        first, end = course.loop
        if self._round_of != course.loop:
            self._round_of = course.loop
            self._round = (
                np.zeros((2, end - first), np.float32) if end - first <= self._longest_kept else None
            )
        elif self._round is not None and self._round_filled == self._round.shape[1]:
            return
        self._round_filled = 0  # of a round in which something was left out nothing is kept

    def _is_in_later_round(self, course: Playhead, clock: int) -> bool:
        """Whether a loop that is kept has been jumped in: its first round knows no seam."""
        if course.loop is None or not course.turns or self._round is None or self._round_of != course.loop:
            return False
        return course.place + clock - course.clock >= course.loop[1]

    def _kept(self, course: Playhead, span: Span) -> Planar | None:
        """The span out of the round that was kept; None when it is not whole yet."""
        if self._round is None or course.loop is None or self._round_filled < self._round.shape[1]:
            return None
        at = span.place - course.loop[0]
        return self._round[:, at : at + span.frames].copy()

    def _keep(self, course: Playhead, span: Span, block: Planar) -> None:
        if self._round is None or course.loop is None:
            return
        at = span.place - course.loop[0]
        if at == self._round_filled:  # in one piece with what is kept already
            self._round[:, at : at + span.frames] = block
            self._round_filled += span.frames
