"""What the render thread hears of one strip: ring after ring, without a click between them."""

import threading
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from musicgen_desktop.dsp import Audio, fade_in, fade_out
from musicgen_desktop.playback.mixer import Planar

from ._ring import SourceRing

_CROSS_S = 0.01
_GAP_S = 0.003
_CUSHION_S = 0.1


class Change(NamedTuple):
    """A course was set: what was rendered along an earlier one is void from this frame of the stream on."""

    number: int
    differs_from: int


class Timing(NamedTuple):
    """What the render thread has to know of courses; replaced whole.

    Attributes:
        changes: the last ones, in order.
        starts: the clock at which the song was begun, or jumped to: nothing is faded there.
        rolls: there is a course; a block that is still read without one misses nothing.
    """

    changes: tuple[Change, ...] = ()
    starts: int = 0
    rolls: bool = True


class Lease:
    """A ring while one source has it.

    Args:
        slot: the ring's number.
        ring: the ring.
        generation: what the writer calls the source.
        continues: it is the same source as the one before, rendered anew.
    """

    def __init__(self, slot: int, ring: SourceRing, generation: int, *, continues: bool = False) -> None:
        self.slot = slot
        self.generation = generation
        self.continues = continues
        self._ring = ring

    @property
    def has_begun(self) -> bool:
        """Whether the writer knows of it."""
        return self._ring.generation == self.generation

    def span(self, timing: Timing) -> tuple[int, int]:
        """(first clock, clock behind the last) of sound that is there and still right."""
        ring = self._ring
        if not self.has_begun:
            return 0, 0
        course = ring.course  # before the end: the writer cuts the end before it names the course
        first, end = ring.span()
        changes = timing.changes
        if changes and course != changes[-1].number:
            for change in changes:
                if change.number > course:
                    end = min(end, change.differs_from)
        return first, max(end, first)

    def holds(self, clock: int, frames: int, timing: Timing) -> bool:
        """Whether all of this is there."""
        first, end = self.span(timing)
        return first <= clock and clock + frames <= end

    def read(self, clock: int, frames: int) -> Planar:
        """[2, frames], a new array."""
        return self._ring.read(clock, frames)


class Fades:
    """Curves for one rate, computed once."""

    def __init__(self, rate: int) -> None:
        cross, gap = max(round(_CROSS_S * rate), 1), max(round(_GAP_S * rate), 1)
        # Straight, so that what is alike on both sides passes unchanged.
        self.cross_in, self.cross_out = fade_in(cross, "linear"), fade_out(cross, "linear")
        self.gap_in, self.gap_out = fade_in(gap, "s_curve"), fade_out(gap, "s_curve")
        self.cushion = round(_CUSHION_S * rate)


class Voice:
    """One strip's sound. `read` belongs to the render thread and never waits; all else to the control thread.

    A source that replaces another waits until it has sound, then the two are cross-faded. Where sound is
    missing there is silence, with soft edges.
    """

    def __init__(self, fades: Fades) -> None:
        self.late_frames = 0
        """Missing when they were read."""
        self.read_clock: int | None = None
        """The clock of the last block that was read."""
        self._fades = fades
        self._current: Lease | None = None
        self._waiting: list[Lease | None] = []
        self._retired: list[Lease] = []
        self._lock = threading.Lock()
        self._is_dry = False
        self._last: Audio = np.zeros(2, np.float32)

    def play(self, lease: Lease | None) -> None:
        """Let this follow what sounds now, as soon as it can; None lets it fade out."""
        with self._lock:
            # Of those that wait the first is nearest to being ready, the last is what is wanted.
            self._retire(self._waiting[1:])
            self._waiting = [*self._waiting[:1], lease]

    def settle(self) -> None:
        """Nobody listens: what waits is taken at once."""
        with self._lock:
            if self._waiting:
                self._retire([self._current, *self._waiting[:-1]])
                self._current = self._waiting[-1]
                self._waiting = []

    def forget_silent(self) -> list[Lease]:
        """The other process is new and knows no ring: what sounds now sounds on as long as it lasts.

        Returns:
            Leases that are over.
        """
        with self._lock:
            self._retire(self._waiting)
            self._waiting = []
            if self._current is not None and not self._current.has_begun:
                self._retire([self._current])
                self._current = None
        return self.take_retired()

    def take_retired(self) -> list[Lease]:
        """Leases that are over since the last call."""
        with self._lock:
            retired, self._retired = self._retired, []
        return retired

    @property
    def newest(self) -> Lease | None:
        """What it will play in the end."""
        with self._lock:
            return self._waiting[-1] if self._waiting else self._current

    @property
    def waits(self) -> bool:
        """Whether a source waits to be heard."""
        return bool(self._waiting)

    @property
    def is_over(self) -> bool:
        """Whether nothing sounds or waits."""
        with self._lock:
            return self._current is None and not self._waiting

    def span(self, timing: Timing) -> tuple[int, int] | None:
        """Of what it will play in the end; None for nothing."""
        wanted = self.newest
        return None if wanted is None else wanted.span(timing)

    def read(self, clock: int, frames: int, timing: Timing) -> Planar | None:
        """[2, frames], a new array; None while nothing is played."""
        self.read_clock = clock
        begins = clock == timing.starts
        if begins:
            self._is_dry = False
            self._last = np.zeros(2, np.float32)
        old = self._current
        if self._waiting and self._lock.acquire(blocking=False):
            try:
                has_changed = self._advance(clock, frames, timing)
                new = self._current
            finally:
                self._lock.release()
            if has_changed and not begins:
                return self._crossed(old, new, clock, frames, timing)
        current = self._current  # looked at once: the control thread may settle meanwhile
        return None if current is None else self._taken(current, clock, frames, timing)

    def _advance(self, clock: int, frames: int, timing: Timing) -> bool:
        """Go on to the latest of those waiting that has sound here; the others are over."""
        needed = frames
        if self._current is not None and self._current.holds(clock, frames, timing):
            needed += self._fades.cushion  # what is safe is not left for what may run dry
        for index in reversed(range(len(self._waiting))):
            lease = self._waiting[index]
            if lease is None or lease.holds(clock, needed, timing):
                self._retire([self._current, *self._waiting[:index]])
                self._current = lease
                self._waiting = self._waiting[index + 1 :]
                return True
        return False

    def _retire(self, leases: Iterable[Lease | None]) -> None:
        self._retired += [lease for lease in leases if lease is not None]

    def _crossed(
        self, old: Lease | None, new: Lease | None, clock: int, frames: int, timing: Timing
    ) -> Planar:
        rise, fall = self._fades.cross_in, self._fades.cross_out
        if len(rise) > frames:
            rise, fall = fade_in(frames, "linear"), fade_out(frames, "linear")
        count = len(rise)
        if old is not None and new is not None and new.continues and not old.holds(clock, count, timing):
            return self._taken(new, clock, frames, timing)  # without a gap it fits on what was read last
        before = None if old is None else self._taken(old, clock, count, timing)
        self._is_dry = False
        block = np.zeros((2, frames), np.float32) if new is None else new.read(clock, frames)
        block[:, :count] *= rise
        if before is not None:
            block[:, :count] += before * fall
        self._last = block[:, -1]
        return block

    def _taken(self, lease: Lease, clock: int, frames: int, timing: Timing) -> Planar:
        """What the ring holds, with soft edges where it does not."""
        first, end = lease.span(timing)
        if first <= clock and clock + frames <= end and not self._is_dry:
            block = lease.read(clock, frames)
            self._last = block[:, -1]
            return block
        low, high = max(first, clock), min(end, clock + frames)
        block = np.zeros((2, frames), np.float32)
        if low < high:
            part = lease.read(low, high - low)
            if self._is_dry or low > clock:
                _fade(part, self._fades.gap_in, at_end=False)
            if high < clock + frames:
                _fade(part, self._fades.gap_out, at_end=True)
            block[:, low - clock : high - clock] = part
        if (low > clock or low >= high) and not self._is_dry:
            # The sound broke off at the end of the last block: its last frame is let down gently.
            fall = self._fades.gap_out[:frames]
            block[:, : len(fall)] += self._last[:, np.newaxis] * fall
        if timing.rolls:
            self.late_frames += frames - max(high - low, 0)
        self._is_dry = high < clock + frames or low >= high
        self._last = block[:, -1]
        return block


def _fade(part: Planar, curve: Audio, *, at_end: bool) -> None:
    """In place, over the whole curve or as much of it as fits."""
    count = min(len(curve), part.shape[1])
    if at_end:
        part[:, -count:] *= curve[-count:]
    else:
        part[:, :count] *= curve[:count]
