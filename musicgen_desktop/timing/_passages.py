"""The course of a song, cut into straight passages: what whoever keeps time with it has to know."""

from typing import NamedTuple

from ._play_clock import ClockReading, HeardCourse

_SAME_SONG_S = 0.05
_ELSEWHERE_S = 3.0
_LATE_START_S = 1.0


class Passage(NamedTuple):
    """A stretch of time in which the timeline runs straight, or the song stands.

    Attributes:
        at_s: when it begins to be heard, on `time.monotonic()`.
        seconds: how long it is heard.
        place: the frame of the timeline that it begins with; negative in a count-in before bar 1.
        frames: of the timeline, from there on; 0 while the song stands.
        frame_s: how long each frame of the timeline is heard; 0 while the song stands.
        rate: frames of the timeline per second at its own speed.
        begins: the song did not lead here: it starts, has jumped, comes in behind a count-in, or stops.
        counts_in: the song itself is silent here, though the timeline runs.
    """

    at_s: float
    seconds: float
    place: int
    frames: int
    frame_s: float
    rate: int
    begins: bool
    counts_in: bool

    @property
    def is_rolling(self) -> bool:
        """Whether the timeline runs."""
        return self.frame_s > 0.0

    @property
    def end_s(self) -> float:
        """The moment at which the next one begins."""
        return self.at_s + self.seconds

    def moment_of(self, place: float) -> float:
        """When a frame of the timeline is heard; only while it runs."""
        return self.at_s + (place - self.place) * self.frame_s


class Passages:
    """Follows a clock from reading to reading without a gap and without saying anything twice.

    What readings tell of the time to come may change until it is heard: so ask for little more than is
    needed at once. What has been said stays said; what changed since then takes effect where that ended.
    """

    def __init__(self) -> None:
        self._frame: float | None = None
        """Of the clock, up to which all has been said."""
        self._stream: int | None = None
        """Of the song's stream, likewise; None in silence."""
        self._place = self._straight = 0
        """Of the timeline, likewise; and where it would be without a jump just there."""
        self._counted = False
        self._was_silent = False
        """The last that was said is that the song stands."""
        self._rate = 0

    def until(self, reading: ClockReading, moment_s: float, now_s: float) -> list[Passage]:
        """What is heard from where the last call ended up to a moment.

        Args:
            reading: the newest.
            moment_s: up to which; what is asked for twice is answered once.
            now_s: where the first call begins. Without a device, or when the clock stands still for long, the
                song stands from here on.
        """
        if not reading.is_live(now_s) or not reading.courses:
            return self._lost(now_s)
        if self._frame is None or self._rate != reading.rate or self._is_elsewhere(reading, now_s):
            self._frame, self._rate = reading.frame_at(now_s), reading.rate
            self._was_silent = False
        end = reading.frame_at(moment_s)
        found: list[Passage] = []
        while self._frame < end:
            course = reading.course_at(self._frame)
            if course is None:
                break
            if course.playhead is not None and self._was_silent and course.frame < self._frame:
                # On a busy machine one hears of a start when it is over: its first notes are said late.
                self._frame = max(float(course.frame), self._frame - _LATE_START_S * reading.rate)
            behind = [each.frame for each in reading.courses if each.frame > self._frame]
            until = min(float(min(behind, default=end)), end)
            if course.playhead is None:
                found += self._silence(reading, course, until)
            else:
                found += self._song(reading, course, until)
            self._frame = until
        return found

    def _is_elsewhere(self, reading: ClockReading, now_s: float) -> bool:
        """Whether the clock is another one, or nobody asked for long.

        A machine that stood still for less is caught up with: what was left out is said late, nothing twice.
        """
        if self._frame is None:
            return False
        return abs(reading.frame_at(now_s) - self._frame) > _ELSEWHERE_S * reading.rate

    def _lost(self, now_s: float) -> list[Passage]:
        if self._frame is None:
            return []
        was_rolling, rate = self._stream is not None, self._rate
        self._frame = self._stream = None
        self._counted = self._was_silent = False
        return (
            [Passage(now_s, 0.0, self._place, 0, 0.0, rate, begins=True, counts_in=False)]
            if was_rolling
            else []
        )

    def _silence(self, reading: ClockReading, course: HeardCourse, until: float) -> list[Passage]:
        begins = self._stream is not None or course.place != self._place
        start = self._frame or 0.0
        self._stream, self._place, self._counted = None, course.place, False
        self._was_silent = True
        passage = Passage(
            reading.moment_of(start),
            (until - start) / reading.rate,
            course.place,
            0,
            0.0,
            reading.rate,
            begins,
            counts_in=False,
        )
        return [passage]

    def _song(self, reading: ClockReading, course: HeardCourse, until: float) -> list[Passage]:
        head = course.playhead
        if head is None:
            return []
        self._was_silent = False
        stream, begins = int(course.stream_at(self._frame or 0.0) // 1), True
        said = self._stream
        near = _SAME_SONG_S * reading.rate
        if said is not None and abs(said - stream) < near and head.place_at(said) == self._place:
            # Nothing is left out or said twice where the speed changes.
            stream, begins = said, self._place != self._straight
        found: list[Passage] = []
        count = max(int(course.stream_at(until) // 1) - stream, 0)
        frame_s = 1.0 / (course.speed * reading.rate)
        for span in head.spans(stream, count):
            begins = begins or span.offset > 0
            first = stream + span.offset
            silent = min(max(head.sounding_clock - first, 0), span.frames)
            for offset, frames in ((0, silent), (silent, span.frames - silent)):
                if not frames:
                    continue
                counts_in = offset < silent
                found.append(
                    Passage(
                        reading.moment_of(course.frame_of(first + offset)),
                        frames * frame_s,
                        span.place + offset,
                        frames,
                        frame_s,
                        reading.rate,
                        begins=begins or counts_in != self._counted,
                        counts_in=counts_in,
                    )
                )
                begins, self._counted = False, counts_in
            self._straight = span.place + span.frames
        self._stream = stream + count
        self._place = head.place_at(self._stream)
        return found
