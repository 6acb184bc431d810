"""The source process's work: the ring that will run dry first is filled first."""

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.plan import PlannedClip, SoundFiles
from musicgen_desktop.playback.transport import Playhead

from ._messages import (
    ClipsToPlay,
    DropSource,
    NotesToPlay,
    Prepare,
    Problem,
    SetCourse,
    SetSource,
    Start,
    ToChild,
    decode_source,
)
from ._performance import Performance
from ._players import ClipsPlayer, NotesPlayer, Player, SilentPlayer
from ._pool import RING_S, RingPool
from ._slot import Slot

_log = logging.getLogger(__name__)

_SHORT_BYTES = 8 << 20
_MOST_OPEN = 100
_SMALL, _MIDDLE, _LARGE = 2048, 4096, 16384
_HEAD_FRAMES = 8192
_SCARCE_S, _FAIR_S = 0.5, 1.5
_FULL_WAIT_S, _IDLE_WAIT_S = 0.05, 5.0
_UNTOUCHED_S = 0.5
"""So much of the past stays in a ring: a reader that waited for a course goes back to where it begins."""


class Feeder:
    """Follows messages and fills rings, one piece at a time. Belongs to one thread.

    Args:
        tell: takes sentences for the playback process.
        wake: called by another thread when a file has been loaded.
        cache: folder of long sounds; the user's when None.
        most_open: so many files are read where they lie; of further ones only the longest, the others are
            kept in memory, because a program may not have any number of files open.
    """

    def __init__(
        self,
        tell: Callable[[Problem], None],
        wake: Callable[[], None],
        cache: Path | None = None,
        most_open: int = _MOST_OPEN,
    ) -> None:
        self._tell = tell
        self._wake = wake
        self._cache = cache
        self._pool: RingPool | None = None
        self._most_open = most_open
        self._files = self._files_in_memory = SoundFiles(48_000, cache)
        self._rate = 48_000
        self._slots: dict[int, Slot] = {}
        self._course: Playhead | None = None
        self._course_number = 0
        self._course_from = 0
        self._place: int | None = None
        self._last: Slot | None = None
        self._ample = 0
        self._loader = ThreadPoolExecutor(1, "files")

    def follow(self, message: ToChild) -> None:
        """Do as the playback process says; rendering itself waits for `step`."""
        match message:
            case Start():
                self._start(message)
            case SetCourse():
                self._set_course(message)
            case SetSource():
                self._set_source(message)
            case DropSource():
                self._slots.pop(message.slot, None)
            case Prepare():
                self._place = message.place

    def step(self) -> bool:
        """Render the next piece; False when there is nothing to do now."""
        pool = self._pool
        if pool is None:
            return False
        if self._course is None:
            return self._prepare()
        heard, reader = pool.reader_clock, max(pool.reader_clock, self._course_from)
        # Until the reader comes to the course it plays on along the last one, which must not be written over.
        base = heard if reader - heard < pool.ring_frames // 2 else reader
        end = base + pool.ring_frames - round(_UNTOUCHED_S * self._rate)
        slot = self._neediest(reader, end)
        if slot is None:
            return False
        self._fill(slot, self._course, reader, end)
        return True

    @property
    def patience_s(self) -> float:
        """For how long nothing needs to be done, unless a message comes."""
        return _FULL_WAIT_S if self._course is not None and self._slots else _IDLE_WAIT_S

    def close(self) -> None:
        """Wait for nothing."""
        self._loader.shutdown(wait=False, cancel_futures=True)

    def _start(self, message: Start) -> None:
        self._slots.clear()
        self._course, self._place, self._last = None, None, None
        self._rate = message.rate
        self._ample = round((RING_S - _UNTOUCHED_S - _SCARCE_S) * message.rate)
        self._files = SoundFiles(message.rate, self._cache, in_place=True, most_in_memory=_SHORT_BYTES)
        self._files_in_memory = SoundFiles(message.rate, self._cache)
        try:
            self._pool = RingPool(Path(message.folder), message.rate, owns=False)
        except (OSError, ValueError) as error:
            # Unless the stream began anew just now, and the next message says where.
            self._pool = None
            self._tell(Problem(f"Instruments and files are silent: their shared memory is gone ({error})."))

    def _set_course(self, message: SetCourse) -> None:
        self._course, self._course_number = message.course, message.number
        self._course_from = message.from_clock
        if message.course is not None:
            self._place = None
        for slot in self._slots.values():
            slot.ring.follow(message.number, message.differs_from)
            slot.prepared, slot.is_filled = None, False
            slot.is_well()

    def _set_source(self, message: SetSource) -> None:
        if self._pool is None:
            return
        try:
            ring = self._pool.ring(message.slot)
        except (OSError, ValueError) as error:
            self._tell(Problem(f"A track is silent: its shared memory is gone ({error})."))
            return
        slot = Slot(ring, message, self._slots.get(message.like))
        self._slots[message.slot] = slot
        slot.ring.begin(message.generation, self._course_number, message.from_clock)

    def _neediest(self, reader: int, end: int) -> Slot | None:
        slots = [slot for slot in self._slots.values() if self._is_up(slot) and slot.ring.end <= end - _SMALL]
        if not slots:
            return None
        slots.sort(key=lambda slot: (slot.ring.end, slot.generation))
        if slots[0].is_filled and slots[0].ring.end < reader:
            # What is not heard anyway must not silence others.
            soon = reader + round(_SCARCE_S * self._rate)
            heard = next((slot for slot in slots if slot.ring.end >= reader), None)
            if heard is not None and heard.ring.end < soon:
                return heard
        # One that takes longer than it lasts must not let all others run dry.
        must_wait = slots[0] is self._last and len(slots) > 1
        is_hungry = must_wait and slots[1].ring.end < end - self._ample
        return slots[1] if is_hungry else slots[0]

    def _is_up(self, slot: Slot) -> bool:
        return slot.loading is None or slot.loading.done()

    def _fill(self, slot: Slot, course: Playhead, reader: int, end: int) -> None:
        """Render the next piece into a ring: small where it is urgent."""
        self._last = slot
        if slot.performance is None and not self._open(slot):
            return
        ring = slot.ring
        start = max(ring.end, reader, slot.from_clock)
        if start > ring.end:  # what lies between will never be heard
            start = slot.goes_on_at(start, self._rate)
        else:
            slot.is_in_time()
        if start > ring.end:
            ring.skip_to(start)
        lead = start - reader
        piece = _SMALL
        if lead > _FAIR_S * self._rate:
            piece = _LARGE
        elif lead > _SCARCE_S * self._rate or lead < 0:
            piece = _MIDDLE
        ring.write(self._rendered(slot, course, start, max(min(piece, end - start), 1)))
        slot.is_filled = True
        if ring.end >= end:
            slot.is_well()

    def _rendered(self, slot: Slot, course: Playhead, start: int, frames: int) -> Planar:
        if slot.performance is None:
            raise ValueError("render before it is open")
        try:
            block = slot.performance.render(course, start, frames)
        except Exception:  # noqa: BLE001 - a fault in one track must not silence all others
            slot.performance = self._silenced()
            block = slot.performance.render(course, start, frames)
        self._tell_problems()
        return block

    def _prepare(self) -> bool:
        """While nothing plays, have the first sounds at hand of what is likely to come."""
        if self._place is None:
            return False
        for slot in self._slots.values():
            if slot.prepared == self._place or not self._is_up(slot):
                continue
            if slot.performance is not None or self._open(slot):
                slot.prepared = self._place
                try:
                    if slot.performance is not None:
                        slot.performance.prepare(self._place, _HEAD_FRAMES)
                except Exception:  # noqa: BLE001 - as in `_rendered`
                    slot.performance = self._silenced()
                self._tell_problems()
            return True
        return False

    def _silenced(self) -> Performance:
        """What plays instead of a source that failed just now."""
        _log.exception("A source failed")
        self._tell(Problem("A track fell silent: its sound could not be made; see the log."))
        return Performance(SilentPlayer(), self._rate)

    def _open(self, slot: Slot) -> bool:
        """Make what plays the slot's source; False while its files are still being loaded."""
        try:
            wanted = decode_source(slot.encoded)
            if isinstance(wanted, ClipsToPlay):
                slot.clips = wanted.source.clips
                if slot.files is None:
                    slot.files = self._files_for(slot.clips)
                if not all(slot.files.knows(clip) for clip in slot.clips) and slot.loading is None:
                    slot.loading = self._loader.submit(self._load, slot.files, slot.clips)
                    return False
            slot.performance = Performance(self._player(wanted, slot), self._rate)
        except (MusicgenDesktopError, msgspec.DecodeError, OSError, ValueError) as error:
            self._tell(Problem(str(error)))
            slot.performance = Performance(SilentPlayer(), self._rate)
        except Exception:  # noqa: BLE001 - as in `_rendered`
            slot.performance = self._silenced()
        slot.before = None
        return True

    def _before(self, slot: Slot) -> Player | None:
        """The player of what the slot replaces; of several edits in a row only some were ever opened."""
        before = slot.before
        while before is not None and before.performance is None:
            before = before.before
        return None if before is None or before.performance is None else before.performance.player

    def _player(self, wanted: NotesToPlay | ClipsToPlay, slot: Slot) -> Player:
        if isinstance(wanted, NotesToPlay):
            return NotesPlayer(wanted, self._before(slot))
        return ClipsPlayer(wanted.source, slot.files or self._files)

    def _files_for(self, clips: Sequence[PlannedClip]) -> SoundFiles:
        """Where these clips' sound comes from; what no slot plays any more is forgotten before."""
        played = [clip for slot in self._slots.values() for clip in slot.clips]
        for files in (self._files, self._files_in_memory):
            files.keep_only(played)
            files.try_again(clips)
        are_few = len({clip.path for clip in played}) <= self._most_open
        return self._files if are_few else self._files_in_memory

    def _load(self, files: SoundFiles, clips: Iterable[PlannedClip]) -> None:
        """The loader's thread: reading and converting files may take seconds."""
        try:
            for clip in clips:
                files.sound_of(clip)
        finally:
            self._wake()

    def _tell_problems(self) -> None:
        for problems in (self._files.problems, self._files_in_memory.problems):
            while problems:
                self._tell(Problem(problems.pop(0)))
