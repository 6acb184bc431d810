"""What a track's strip holds besides its fader: inserts, sends and automation."""

from bisect import bisect_right
from typing import Literal, Self

import msgspec

SILENT_DB = -120.0
"""A gain at or below this is silence; −144 dB is the lowest gain that a project stores."""


class Insert(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An effect in a strip. `effect` names a built-in one (“equalizer”) or a plugin (“vst3:…”)."""

    id: str
    effect: str
    name: str = ""
    parameters: dict[str, float] = {}
    """Only what differs from the effect's defaults. Never changed in place."""
    bypassed: bool = False
    state: bytes | None = None
    """A plugin's own opaque state."""

    def with_parameter(self, name: str, value: float) -> Self:
        """The insert with one parameter set."""
        return msgspec.structs.replace(self, parameters={**self.parameters, name: value})


class Send(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tap from a strip to the bus `target`."""

    id: str
    target: str
    gain_db: float = 0.0
    pre_fader: bool = False
    enabled: bool = True

    def with_gain(self, gain_db: float) -> Self:
        """The send at another level."""
        return msgspec.structs.replace(self, gain_db=gain_db)


class AutomationPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value at a tick. `curve` says how it goes on to the next point: held, or straight in ticks."""

    tick: int
    value: float
    curve: Literal["hold", "linear"] = "linear"


class Automation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A parameter that moves with the song.

    `target` is “gain_db”, “pan”, “muted” (1 is muted), “insert:<id>:<parameter>” or “send:<id>:gain_db”.
    `points` ascend by tick; of two at one tick the later one holds from there on (a jump).
    """

    id: str
    target: str
    points: tuple[AutomationPoint, ...] = ()
    enabled: bool = True

    def value_at(self, tick: float) -> float:
        """The value at a tick, held before the first point and after the last.

        Raises:
            ValueError: when there is no point at all.
        """
        if not self.points:
            raise ValueError("an automation without points has no value")
        after = bisect_right(self.points, tick, key=lambda point: point.tick)
        if after == 0:
            return self.points[0].value
        left = self.points[after - 1]
        if after == len(self.points) or left.curve == "hold":
            return left.value
        right = self.points[after]
        share = (tick - left.tick) / (right.tick - left.tick)
        return left.value + share * (right.value - left.value)

    def with_point(self, point: AutomationPoint) -> Self:
        """The curve with one more point; a point that is already at that tick is replaced."""
        others = tuple(other for other in self.points if other.tick != point.tick)
        after = bisect_right(others, point.tick, key=lambda other: other.tick)
        return msgspec.structs.replace(self, points=(*others[:after], point, *others[after:]))

    def without_points(self, start_ticks: int, end_ticks: int) -> Self:
        """The curve without the points from `start_ticks` up to, not including, `end_ticks`."""
        left = tuple(point for point in self.points if not start_ticks <= point.tick < end_ticks)
        return msgspec.structs.replace(self, points=left)
