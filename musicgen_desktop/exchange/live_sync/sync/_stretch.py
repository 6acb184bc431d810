"""How the song runs in time, as senders of clocks need it."""

from collections.abc import Iterable
from typing import NamedTuple

from musicgen_desktop.timing import Passage


class Stretch(NamedTuple):
    """Time in which the song runs straight.

    Attributes:
        from_s: on the monotonic clock.
        until_s: likewise, later than `from_s`.
        place_s: seconds of the timeline that are heard at `from_s`.
        speed: seconds of the timeline per second.
    """

    from_s: float
    until_s: float
    place_s: float
    speed: float = 1.0

    @property
    def end_s(self) -> float:
        """Seconds of the timeline at which it ends."""
        return self.place_s + (self.until_s - self.from_s) * self.speed

    def moment(self, place_s: float) -> float:
        """When a place is heard, on the monotonic clock."""
        return self.from_s + (place_s - self.place_s) / self.speed


class Timed(NamedTuple):
    """A MIDI message and the moment on the monotonic clock at which it is due."""

    at_s: float
    data: bytes


APART_S = 0.005
"""The song has jumped when its place differs by more; less is two clocks measured against each other."""


def stretches_of(passages: Iterable[Passage]) -> list[Stretch]:
    """Those passages in which the song is heard to run; in a count-in it does not yet."""
    return [
        Stretch(each.at_s, each.end_s, each.place / each.rate, 1.0 / (each.frame_s * each.rate))
        for each in passages
        if each.is_rolling and not each.counts_in and each.seconds > 0.0
    ]
