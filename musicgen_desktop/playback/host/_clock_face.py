"""Tells other processes what is heard when: writes the play clock, on the render thread."""

import time

from musicgen_desktop.timing import ClockReading, PlayClock

from ._engine import Engine
from ._steady_clock import SteadyClock

_EVERY_S = 0.01
_MOST_COURSES = 32


class ClockFace:
    """Writes the clock whenever the song's course changes, and a hundred times a second besides.

    Args:
        clock: others read it.
    """

    def __init__(self, clock: PlayClock) -> None:
        self._clock = clock
        self._last = ClockReading()
        self._steady = SteadyClock(0)
        self._starvations = 0
        self.plan_number = 0
        """Of the plan whose timeline is played; a stale value is fine."""

    def show(self, engine: Engine) -> None:
        """Tell how things stand if anything is new; called by the render thread."""
        now = time.monotonic()
        courses = engine.heard_courses()[:_MOST_COURSES]
        if courses == self._last.courses and now - self._last.written_s < _EVERY_S:
            return
        frame = engine.speaker.played()
        learnt_s = engine.moment_of(frame)
        if learnt_s is None:
            return
        if engine.speaker.rate != self._last.rate:
            self._steady = SteadyClock(engine.speaker.rate)
        elif engine.speaker.starvations != self._starvations:
            self._steady.forget()
        self._starvations = engine.speaker.starvations
        at_s = self._steady.moment_of(frame, learnt_s, now)
        self._last = ClockReading(
            now,
            at_s,
            frame,
            engine.speaker.rate,
            courses,
            self.plan_number,
            learnt_s,
            1 + self._starvations if "JACK" in engine.speaker.host_api else 0,
        )
        self._clock.write(self._last)

    def go_dark(self) -> None:
        """There is no device any more; called when no render thread runs."""
        self._last = ClockReading(time.monotonic(), plan_number=self.plan_number)
        self._clock.write(self._last)
