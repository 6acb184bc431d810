"""The lines that notes snap to."""

import msgspec

from ._meter import MeterMap
from ._ticks import note_ticks


class Grid(msgspec.Struct, frozen=True):
    """Evenly spaced lines from tick 0; with swing, every second one comes late.

    >>> [Grid(240, swing=1.0).line(i) for i in range(4)]
    [0, 320, 480, 800]

    Attributes:
        step_ticks: from line to line, at least 1.
        swing: 0 is straight; 1 delays the second step of each pair to 2/3 of the pair, a triplet feel.

    Raises:
        ValueError: for values outside these ranges.
    """

    step_ticks: int
    swing: float = 0.0

    def __post_init__(self) -> None:
        if self.step_ticks < 1:
            raise ValueError("a grid step is at least one tick")
        if not 0.0 <= self.swing <= 1.0:
            raise ValueError("swing lies between 0 and 1")

    @classmethod
    def of(cls, value: str, *, triplet: bool = False, swing: float = 0.0) -> "Grid":
        """A grid of written note values: “1/16”, or its triplets, also written “1/16T”.

        >>> Grid.of("1/8", triplet=True).step_ticks
        320

        Raises:
            UserInputError: when `value` is no note value.
        """
        ticks = note_ticks(value)
        return cls(ticks * 2 // 3 if triplet else ticks, swing)

    def line(self, index: int) -> int:
        """The tick of line `index`; line 0 lies at tick 0, lines before it are negative."""
        delay = round(self.swing * self.step_ticks / 3) if index % 2 else 0
        return index * self.step_ticks + delay

    def index_of(self, tick: int) -> int:
        """The line nearest to `tick`; halfway goes to the later one."""
        guess = tick // self.step_ticks
        return min((guess + 1, guess), key=lambda index: abs(self.line(index) - tick))

    def snap(self, tick: int) -> int:
        """The tick of the nearest line."""
        return self.line(self.index_of(tick))


def grid_lines(meter_map: MeterMap, start: int, end: int, step: int) -> list[int]:
    """Lines `step` ticks apart with `start` ≤ tick < `end`, begun anew at every bar line.

    >>> from musicgen_desktop.timing import Meter
    >>> grid_lines(MeterMap.constant(Meter(7, 8)), 2880, 4400, 960)
    [2880, 3360, 4320]

    Raises:
        ValueError: when `step` is below 1.
    """
    if step < 1:
        raise ValueError("a grid step is at least one tick")
    lines: list[int] = []
    bar = meter_map.bar_of(start)
    begin = meter_map.tick_of_bar(bar)
    while begin < end:
        after = meter_map.tick_of_bar(bar + 1)
        first = begin + max(0, -((begin - start) // step)) * step
        lines.extend(range(first, min(after, end), step))
        bar, begin = bar + 1, after
    return lines
