"""Play, stop, locate, loop and record as rules: each wish answers with the next state, nothing waits here.

    stopped ──play──▶ locating ──started──▶ counting_in ─┐
       ▲  ◀─────────────┐   ▲                 time       ▼      punch
       │              stop  └───locate──────────────── playing ◀────▶ recording
       └──silent── stopping ◀──stop─── (any of the three that sound)

`scrubbing` is a short round of its own: from any state by `scrub`, and by `stop` back to stopped.
"""

from typing import Literal

import msgspec

from musicgen_desktop.timing import SHORTEST_LOOP_FRAMES, Playhead

TransportState = Literal[
    "stopped", "locating", "counting_in", "playing", "recording", "stopping", "scrubbing"
]

SCRUB_S = 0.08


class Transport(msgspec.Struct, frozen=True, kw_only=True):
    """Where the song stands, and by which rules it goes on. All places are frames of the timeline.

    Attributes:
        state: `locating` waits for the sound of `course`; `stopping` is the fade before silence.
        cursor: where the song stands when it does not run, and from where it plays.
        started_from: where playing began or was last sent to; where a stop returns to.
        course: how the song runs; while locating, how it will (its clock is given by `started`). None in
            `stopped` and `stopping`.
        loop: (first frame, first frame outside); kept while the loop is off.
        is_looping: whether the loop is on.
        punch: (first frame, first frame outside) that is recorded; None records wherever it plays.
        is_record_on: whether playing records; stopping ends it.
        return_on_stop: whether a stop goes back to `started_from` instead of staying.
    """

    state: TransportState = "stopped"
    cursor: int = 0
    started_from: int = 0
    course: Playhead | None = None
    loop: tuple[int, int] | None = None
    is_looping: bool = False
    punch: tuple[int, int] | None = None
    is_record_on: bool = False
    return_on_stop: bool = False

    @property
    def is_rolling(self) -> bool:
        """Whether the song runs, or is about to."""
        return self.state in ("locating", "counting_in", "playing", "recording")

    @property
    def active_loop(self) -> tuple[int, int] | None:
        """The loop, when it is on and long enough to be one."""
        if not self.is_looping or self.loop is None or self.loop[1] - self.loop[0] < SHORTEST_LOOP_FRAMES:
            return None
        return self.loop

    def loop_before(self, place: int) -> tuple[int, int] | None:
        """The active loop, unless the place lies behind it: then it is passed by, also by a count-in."""
        loop = self.active_loop
        return None if loop is None or place >= loop[1] else loop

    def place_at(self, clock: int) -> int:
        """The frame of the timeline at a frame of the stream, wherever it is in its course."""
        if self.course is None or self.state == "scrubbing":
            return self.cursor
        return self.course.place if self.state == "locating" else self.course.place_at(clock)

    def records_at(self, place: int) -> bool:
        """Whether this frame of the timeline is recorded when it is played."""
        return self.is_record_on and (self.punch is None or self.punch[0] <= place < self.punch[1])

    def at(self, clock: int) -> "Transport":
        """What time alone has made of it: a count-in ends, recording punches in and out."""
        if self.course is None or self.state not in ("counting_in", "playing", "recording"):
            return self
        if self.course.sounds_from is not None and clock < self.course.sounding_clock:
            return self._with(state="counting_in")
        return self._with(state="recording" if self.records_at(self.course.place_at(clock)) else "playing")

    def play(self, clock: int, count_in_from: int | None = None) -> "Transport":
        """Play from the cursor; without effect while it runs.

        Args:
            clock: the frame of the stream from which on the course may begin.
            count_in_from: the frame at which clicks begin, at or before the cursor; None for no count-in.
        """
        if self.is_rolling:
            return self
        return self._sent(clock, self.cursor, count_in_from)

    def started(self, clock: int) -> "Transport":
        """The sound of the course is there: it begins at this frame of the stream."""
        if self.state != "locating" or self.course is None:
            return self
        course = msgspec.structs.replace(self.course, clock=clock)
        return self._with(state="playing", course=course).at(clock)

    def stop(self, clock: int) -> "Transport":
        """Fade out. The place stays, or returns to where playing began; recording is off.

        Args:
            clock: the frame of the stream that is heard when the wish comes.
        """
        if self.state in ("stopped", "stopping"):
            return self
        heard_nothing = self.state in ("locating", "counting_in", "scrubbing")
        place = self.started_from if self.return_on_stop or heard_nothing else self.place_at(clock)
        return self._with(state="stopping", cursor=max(place, 0), course=None, is_record_on=False)

    def silent(self) -> "Transport":
        """The fade of a stop is over."""
        return self._with(state="stopped") if self.state == "stopping" else self

    def locate(self, place: int, clock: int) -> "Transport":
        """Go elsewhere, and go on playing there if it plays. A count-in is not counted again.

        Args:
            place: held at 0 or more.
            clock: the frame of the stream from which on the new course may begin.
        """
        place = max(place, 0)
        if self.is_rolling:
            return self._sent(clock, place)
        if self.state == "scrubbing":
            return self._with(state="stopping", cursor=place, started_from=place, course=None)
        return self._with(cursor=place, started_from=place)

    def return_to_start(self, clock: int) -> "Transport":
        """Locate the beginning of the loop when there is one, else of the song."""
        loop = self.active_loop
        return self.locate(loop[0] if loop is not None else 0, clock)

    def with_loop(self, loop: tuple[int, int] | None, clock: int, *, is_on: bool = True) -> "Transport":
        """Move the loop, or switch it on or off; what plays goes on without a gap.

        Args:
            loop: (first frame, first frame outside).
            clock: the frame of the stream from which on it holds.
            is_on: whether it repeats.
        """
        changed = self._with(loop=loop, is_looping=is_on and loop is not None)
        course = self.course
        if course is not None and self.state == "locating":
            course = msgspec.structs.replace(course, loop=changed.loop_before(self.cursor))
        elif course is not None and self.state != "scrubbing":
            course = course.continued(clock, changed.active_loop)
        return msgspec.structs.replace(changed, course=course)

    def with_record(self, clock: int, *, is_on: bool) -> "Transport":
        """Switch recording on or off, also while it plays: punching in by hand."""
        return self._with(is_record_on=is_on).at(clock)

    def with_punch(self, punch: tuple[int, int] | None, clock: int) -> "Transport":
        """Record only between two places; None records wherever it plays."""
        return self._with(punch=punch).at(clock)

    def scrub(self, place: int, clock: int, rate: int) -> "Transport":
        """Sound a moment around a place again and again, at its own speed. Playing and recording end.

        Args:
            place: held at 0 or more.
            clock: the frame of the stream from which on it may sound.
            rate: frames per second.
        """
        place = max(place, 0)
        frames = max(round(SCRUB_S * rate), SHORTEST_LOOP_FRAMES)
        course = Playhead(clock, place, (place, place + frames))
        return self._with(
            state="scrubbing", cursor=place, started_from=place, course=course, is_record_on=False
        )

    def _sent(self, clock: int, place: int, count_in_from: int | None = None) -> "Transport":
        first = place if count_in_from is None else min(count_in_from, place)
        sounds_from = place if first < place else None
        course = Playhead(clock, first, self.loop_before(place), sounds_from)
        return self._with(state="locating", cursor=place, started_from=place, course=course)

    def _with(self, **changes: object) -> "Transport":
        return msgspec.structs.replace(self, **changes)
