"""Tells other processes what is heard when: writes the play clock, on the render thread."""

import time

from musicgen_desktop.timing import ClockReading, PlayClock

from ._engine import Engine

_EVERY_S = 0.01
_STEP_S = 0.00005
_MOST_COURSES = 32


class ClockFace:
    """Writes the clock whenever the song's course changes, and a hundred times a second besides.

    Args:
        clock: others read it.
    """

    def __init__(self, clock: PlayClock) -> None:
        self._clock = clock
        self._last = ClockReading()
        self.plan_number = 0
        """Of the plan whose timeline is played; a stale value is fine."""

    def show(self, engine: Engine) -> None:
        """Tell how things stand if anything is new; called by the render thread."""
        now = time.monotonic()
        courses = engine.heard_courses()[:_MOST_COURSES]
        if courses == self._last.courses and now - self._last.written_s < _EVERY_S:
            return
        frame = engine.speaker.played()
        at_s = engine.moment_of(frame)
        if at_s is None:
            return
        reading = ClockReading(now, at_s, frame, engine.speaker.rate, courses, self.plan_number)
        self._last = reading.steered(self._last, _STEP_S)
        self._clock.write(self._last)

    def go_dark(self) -> None:
        """There is no device any more; called when no render thread runs."""
        self._last = ClockReading(time.monotonic(), plan_number=self.plan_number)
        self._clock.write(self._last)
