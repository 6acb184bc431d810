"""Which clock of the song goes to which frame of the speaker."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import HeardCourse

_KEPT = 128


class _Entry(NamedTuple):
    """From this frame of the speaker on, it sounds this clock of this course; or nothing, at this place."""

    frame: int
    clock: int | None
    course: Playhead | None
    place: int
    speed: float = 1.0

    def clock_of(self, frame: int) -> int | None:
        """The clock that a later frame of the speaker sounds; None for nothing."""
        return None if self.clock is None else self.clock + round((frame - self.frame) * self.speed)


class Timetable:
    """The render thread writes it; any thread may read it. It forgets what was heard long ago."""

    def __init__(self) -> None:
        self._entries: deque[_Entry] = deque([_Entry(0, None, None, 0)], _KEPT)

    def rest(self, frame: int, place: int) -> None:
        """From this frame on nothing sounds, and the song stands at this place."""
        self._entries.append(_Entry(frame, None, None, place))

    def sound(self, frame: int, clock: int, course: Playhead | None, speed: float) -> None:
        """From this frame on the song sounds from this clock on, so fast."""
        self._entries.append(_Entry(frame, clock, course, 0, speed))

    def at(self, frame: int) -> tuple[int | None, int]:
        """The clock that a frame sounds, None for nothing, and the place on the timeline."""
        entries = tuple(self._entries)
        # The newest first: what was written over lies behind, and may name later frames.
        found = next((each for each in reversed(entries) if each.frame <= frame), entries[0])
        clock = found.clock_of(frame)
        if clock is None or found.course is None:
            return None, found.place
        return clock, found.course.place_at(clock)

    def clock_of(self, frame: int) -> int | None:
        """The clock that a frame sounds, or would if the song had not stopped before it.

        None where nothing has sounded yet.
        """
        for entry in reversed(tuple(self._entries)):
            if entry.clock is not None and entry.frame <= frame:
                return entry.clock_of(frame)
        return None

    def heard_from(
        self, frame: int, following: Sequence[Playhead], fading_in: range
    ) -> tuple[HeardCourse, ...]:
        """What is heard from a frame on, as far as it is known: ascending by the speaker's frame.

        Args:
            frame: of the ear.
            following: courses that the song turns into, each at its clock.
            fading_in: clocks of which only what follows them is to be heard.
        """
        kept: list[_Entry] = []
        for entry in reversed(self._entries):
            if kept and entry.frame >= kept[-1].frame:
                continue  # it was written over before it was heard
            kept.append(entry)
            if entry.frame <= frame:
                break
        last = kept[0]
        kept.reverse()
        if last.clock is not None:
            for course in following:
                at = last.frame + round((course.clock - last.clock) / last.speed)
                kept.append(_Entry(at, course.clock, course, 0, last.speed))
        return tuple(_heard(entry, fading_in) for entry in kept)


def _heard(entry: _Entry, fading_in: range) -> HeardCourse:
    if entry.clock is None or entry.course is None:
        return HeardCourse(entry.frame, None, entry.place)
    playhead = entry.course.continued(entry.clock, entry.course.loop)
    if entry.clock in fading_in:
        playhead = msgspec.structs.replace(playhead, sounds_from=playhead.place_at(fading_in.stop))
    elif playhead.sounds_from is not None:
        playhead = msgspec.structs.replace(playhead, sounds_from=None)
    return HeardCourse(entry.frame, playhead, speed=entry.speed)
