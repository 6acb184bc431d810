"""Which frame of the timeline is heard at which moment, now and a little later."""

import msgspec

from ._playhead import Playhead

_LIVE_S = 2.0


class HeardCourse(msgspec.Struct, frozen=True, array_like=True):
    """What is heard from one frame of the clock on, until the next course begins.

    Attributes:
        frame: of the clock.
        playhead: how the song runs; its `clock` is the frame of the song's stream that is heard at `frame`.
            None in silence.
        place: in silence, the frame of the timeline at which the song stands.
        speed: frames of the stream for each frame of the clock; 1 unless it is played faster or slower.
    """

    frame: int
    playhead: Playhead | None = None
    place: int = 0
    speed: float = 1.0

    def stream_at(self, frame: float) -> float:
        """The frame of the stream that is heard at a frame of the clock; only while the song runs."""
        if self.playhead is None:
            raise ValueError("Nothing runs in silence.")
        return self.playhead.clock + (frame - self.frame) * self.speed

    def frame_of(self, stream: float) -> float:
        """The inverse of `stream_at`."""
        if self.playhead is None:
            raise ValueError("Nothing runs in silence.")
        return self.frame + (stream - self.playhead.clock) / self.speed


class ClockReading(msgspec.Struct, frozen=True, array_like=True):
    """How the song is heard, as known at one moment.

    Attributes:
        written_s: `time.monotonic()` when it was written; the same clock in all processes of the machine.
        at_s: `time.monotonic()` at which the frame `frame` is heard.
        frame: of the device's clock, which runs on evenly whether a song plays or not.
        rate: frames per second; 0 while no device is open.
        courses: ascending by frame. The first one is heard now, or will be as soon as something is.
        plan_number: of the plan whose timeline is meant.
        learnt_s: as `at_s`, as it was learnt last: quicker to follow when the device stumbles, and uneven.
        jack_clock: 0 unless the device is the JACK server's own: then its frames and the server's run side by
            side as long as this number stays the same.
    """

    written_s: float = 0.0
    at_s: float = 0.0
    frame: int = 0
    rate: int = 0
    courses: tuple[HeardCourse, ...] = ()
    plan_number: int = 0
    learnt_s: float = 0.0
    jack_clock: int = 0

    def is_live(self, now_s: float) -> bool:
        """Whether there is a device, and its process still tells of it."""
        return self.rate > 0 and now_s - self.written_s < _LIVE_S

    def frame_at(self, moment_s: float) -> float:
        """The frame of the clock that is heard at a moment of `time.monotonic()`."""
        return self.frame + (moment_s - self.at_s) * self.rate

    def moment_of(self, frame: float) -> float:
        """The moment of `time.monotonic()` at which a frame of the clock is heard; only with a device."""
        return self.at_s + (frame - self.frame) / self.rate

    def course_at(self, frame: float) -> HeardCourse | None:
        """What is heard at a frame of the clock; None where nothing is known of it."""
        found = None
        for course in self.courses:
            if course.frame > frame and found is not None:
                break
            found = course
        return found

    def place_at(self, moment_s: float) -> float | None:
        """The frame of the timeline that is heard at a moment, or at which the song stands then.

        None while no device is open. Negative in a count-in before bar 1.
        """
        if not self.rate:
            return None
        frame = self.frame_at(moment_s)
        course = self.course_at(frame)
        if course is None or course.playhead is None:
            return None if course is None else float(course.place)
        stream = course.stream_at(frame)
        whole = int(stream // 1)
        return course.playhead.place_at(whole) + stream - whole

    def is_rolling_at(self, moment_s: float) -> bool:
        """Whether the song is heard to run at a moment, a count-in included."""
        course = self.course_at(self.frame_at(moment_s)) if self.rate else None
        return course is not None and course.playhead is not None
