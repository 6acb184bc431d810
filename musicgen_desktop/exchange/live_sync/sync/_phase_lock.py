"""The even clock behind ticks that arrive unevenly."""

import msgspec

_MEMORY = 0.955
"""Of a tick's weight, what the tick before it has. At 24 ticks to the quarter and 120 BPM half of what is
known comes from the last third of a second: jitter of ±2 ms of a USB clock becomes less than 1 ms."""
_DRIFT_FROM = 48
"""Ticks after which a change of tempo can be told from jitter."""
_OFF_S = 0.015
_OFF_TICKS = 4
"""So many ticks that far off on one side are another tempo, not jitter."""


class Phase(msgspec.Struct, frozen=True):
    """Where something that runs evenly is.

    Attributes:
        at_s: the moment, in seconds.
        place: at that moment, in units of the clock's own.
        speed: units per second.
        drift: change of the speed, units per second².
    """

    at_s: float
    place: float
    speed: float
    drift: float = 0.0

    def place_at(self, at_s: float) -> float:
        """The place at another moment near this one."""
        ahead = at_s - self.at_s
        return self.place + self.speed * ahead + 0.5 * self.drift * ahead * ahead


class PhaseLock:
    """Follows ticks that mark places of equal distance, and tells phase and tempo between them.

    A fading-memory polynomial of second degree (gains: Brookner, “Tracking and Kalman Filtering Made Easy”,
    chapter 1.3): a steady change of tempo leaves no standing error. At first all ticks weigh the same, so
    that the tempo is known from the second one on.

    Args:
        step: from tick to tick, in units of the place.
    """

    def __init__(self, step: float) -> None:
        self._step = step
        self._ticks = 0
        self._phase: Phase | None = None
        self._marked = 0.0
        self._off = 0

    @property
    def phase(self) -> Phase | None:
        """At the last tick; None before the second one."""
        return self._phase if self._ticks >= 2 else None

    @property
    def place(self) -> float:
        """What the last tick marked."""
        return self._marked

    @property
    def ticks(self) -> int:
        """How many ticks the tempo was learned from."""
        return self._ticks

    def mark(self, place: float) -> None:
        """The last tick marked this place; what is known of the tempo stays."""
        shift, self._marked = place - self._marked, place
        if self._phase is not None:
            self._phase = msgspec.structs.replace(self._phase, place=self._phase.place + shift)

    def skip(self, steps: int) -> None:
        """So many ticks were lost on the way."""
        self._marked += steps * self._step

    def forget(self) -> None:
        """Learn the tempo anew."""
        self._ticks, self._phase, self._off = 0, None, 0

    def tick(self, at_s: float) -> None:
        """The next tick came at this moment."""
        before, self._marked = self._phase, self._marked + self._step
        if before is None or at_s <= before.at_s:
            self._ticks, self._phase = 1, Phase(at_s, self._marked, 0.0)
            return
        self._ticks += 1
        if self._ticks == 2:
            self._phase = Phase(at_s, self._marked, self._step / (at_s - before.at_s))
            return
        self._correct(before, at_s)

    def _correct(self, before: Phase, at_s: float) -> None:
        speed = before.speed + before.drift * (at_s - before.at_s)
        if speed <= 0.0:
            self.forget()
            return
        place = before.place_at(at_s)
        missed = self._marked - place
        self._watch(missed / speed)
        interval = self._step / speed
        on_place, on_speed, on_drift = self._gains()
        self._phase = Phase(
            at_s,
            place + on_place * missed,
            speed + on_speed * missed / interval,
            before.drift + 2.0 * on_drift * missed / (interval * interval) if on_drift else 0.0,
        )

    def _gains(self) -> tuple[float, float, float]:
        n, memory = self._ticks - 1, _MEMORY
        if n >= _DRIFT_FROM:
            rest = 1.0 - memory
            return 1.0 - memory**3, 1.5 * rest * rest * (1.0 + memory), 0.5 * rest**3
        even = (n + 1) * (n + 2)
        on_place = max(2.0 * (2 * n + 1) / even, 1.0 - memory * memory)
        return on_place, max(6.0 / even, (1.0 - memory) ** 2), 0.0

    def _watch(self, late_s: float) -> None:
        """Believe a new tempo at once instead of creeping up to it."""
        if abs(late_s) < _OFF_S:
            self._off = 0
            return
        same_side = self._off * late_s > 0.0
        self._off = (self._off if same_side else 0) + (1 if late_s > 0.0 else -1)
        if abs(self._off) >= _OFF_TICKS:
            self._ticks, self._off = 3, 0
