"""MIDI clock in: what its bytes and their moments say about the master's song."""

from musicgen_desktop.timing import PPQ, MasterClock, MasterState

from ._midi import CLOCK, CONTINUE, START, STOP, position_of
from ._phase_lock import PhaseLock

_STEP_TICKS = PPQ / 24
_SIXTEENTH_TICKS = PPQ // 4
_LOST_S, _LOST_STEPS = 0.3, 8.0


class ClockFollower:
    """Follows MIDI clock with start, stop, continue and song position.

    Args:
        name: of the port, for sentences.
        offset_s: so much later than at its moment a message is meant; negative for earlier.
    """

    def __init__(self, name: str, offset_s: float = 0.0) -> None:
        self._name, self._offset_s = name, offset_s
        self._lock = PhaseLock(_STEP_TICKS)
        self._next: float | None = None
        """What the next clock marks, when it was told."""
        self._rest = 0.0
        self._is_rolling = self._is_lost = False
        self._starts = 0
        self._heard_s: float | None = None

    def hear(self, data: bytes, at_s: float) -> None:
        """Take a message; others than those of the clock are passed over.

        Args:
            data: one whole message.
            at_s: when it came, on the monotonic clock.
        """
        at_s += self._offset_s
        if data == CLOCK:
            self._tick(at_s)
        elif data in (START, CONTINUE):
            self._next = 0.0 if data == START else self._rest
            self._is_lost = False
        elif data == STOP:
            self._stop()
        else:
            sixteenths = position_of(data)
            if sixteenths is not None:
                self._locate(float(sixteenths * _SIXTEENTH_TICKS))

    def look(self, now_s: float) -> MasterClock:
        """What is known at this moment."""
        self._notice_silence(now_s + self._offset_s)
        phase = self._lock.phase
        speed = 0.0 if phase is None else phase.speed
        if self._is_lost:
            sentence = (
                f"The MIDI clock from “{self._name}” does not arrive any more; start its sender again,"
                " and look at its settings and the cable."
            )
            return MasterClock("lost", at_s=now_s, place=self._rest, starts=self._starts, problem=sentence)
        if self._is_rolling and phase is not None:
            return MasterClock(
                "rolling",
                at_s=phase.at_s,
                place=phase.place,
                speed=speed,
                drift=phase.drift,
                starts=self._starts,
            )
        is_there = self._heard_s is not None or self._starts > 0
        state: MasterState = "stopped" if is_there else "waiting"
        return MasterClock(state, at_s=now_s, place=self._rest, speed=speed, starts=self._starts)

    def _notice_silence(self, at_s: float) -> None:
        phase = self._lock.phase
        patience_s = _LOST_S if phase is None else max(_LOST_S, _LOST_STEPS * _STEP_TICKS / phase.speed)
        if self._heard_s is None or at_s - self._heard_s <= patience_s:
            return
        self._heard_s = None
        self._lock.forget()
        if self._is_rolling:
            self._stop()
            self._is_lost = True

    def _tick(self, at_s: float) -> None:
        self._notice_silence(at_s)
        self._heard_s = at_s
        self._lock.tick(at_s)
        if self._next is not None:
            self._lock.mark(self._next)
            self._next, self._is_rolling = None, True
            self._starts += 1
        if self._is_rolling:
            self._rest = self._lock.place + _STEP_TICKS

    def _stop(self) -> None:
        self._starts += self._is_rolling
        self._is_rolling, self._next = False, None

    def _locate(self, place: float) -> None:
        self._rest = place
        if self._is_rolling:
            self._next = place
        else:
            self._starts += 1
            if self._next is not None:
                self._next = place
