"""What another machine's clock says, for whoever runs with it."""

from typing import Literal

import msgspec

from ._ticks import PPQ

_DRIFTS_S = 1.0
"""So long a change of tempo is believed to go on."""

MasterState = Literal["off", "waiting", "stopped", "rolling", "lost"]


class MasterClock(msgspec.Struct, frozen=True, array_like=True):
    """Which place of another machine's song is heard at which moment, and how it goes on.

    Attributes:
        state: `off` follows nothing; `waiting` has heard nothing yet; `lost` heard nothing for too long.
        unit: of places: “ticks” of a song with its own tempo, or “seconds” of a timeline.
        at_s: a moment on the monotonic clock.
        place: what is heard then.
        speed: units per second; 0 while it is not known.
        drift: change of the speed, units per second².
        starts: grows with every start, stop and jump of the master.
        bar: (a bar line's place, ticks of a bar) where only phase and tempo are shared, and each machine has
            a place of its own; None where the place itself is the song's.
        plays: whether the others play, where only phase and tempo are shared; None where nobody tells.
        problem: a sentence when something is wrong.
    """

    state: MasterState = "off"
    unit: Literal["ticks", "seconds"] = "ticks"
    at_s: float = 0.0
    place: float = 0.0
    speed: float = 0.0
    drift: float = 0.0
    starts: int = 0
    bar: tuple[float, float] | None = None
    plays: bool | None = None
    problem: str = ""

    @property
    def bpm(self) -> float | None:
        """Its tempo, where it tells one."""
        return 60.0 * self.speed / PPQ if self.unit == "ticks" and self.speed > 0.0 else None

    def place_at(self, at_s: float) -> float:
        """The place at a moment near `at_s`; where it stands while it does not roll."""
        if self.state != "rolling":
            return self.place
        ahead = at_s - self.at_s
        drifting = min(max(ahead, -_DRIFTS_S), _DRIFTS_S)
        return self.place + self.speed * ahead + self.drift * drifting * (ahead - 0.5 * drifting)

    def moment_of(self, place: float) -> float:
        """When a place near this one is heard, its drift left aside.

        Raises:
            ValueError: while it does not run.
        """
        if self.speed <= 0.0:
            raise ValueError("a clock that stands reaches no place")
        return self.at_s + (place - self.place) / self.speed
