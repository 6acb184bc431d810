"""How beats are counted: meters, and where each bar begins."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

import msgspec

from musicgen_desktop.foundation import UserInputError

from ._position import Position
from ._ticks import WHOLE_TICKS

_MOST_BEATS = 32
_DENOMINATORS = (1, 2, 4, 8, 16, 32)
_MOST_BARS = 1_000_000
_WRITTEN = re.compile(r"\s*([0-9]{1,3})\s*/\s*([0-9]{1,3})\s*")


class Meter(msgspec.Struct, frozen=True):
    """A time signature.

    >>> Meter(7, 8).bar_ticks, Meter(7, 8).groups, Meter(6, 8).pulse_ticks
    (3360, (2, 2, 3), 1440)

    Attributes:
        numerator: beats in a bar, 1 … 32.
        denominator: the note that is one beat: 1, 2, 4, 8, 16 or 32.

    Raises:
        ValueError: for other numbers.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 1 <= self.numerator <= _MOST_BEATS or self.denominator not in _DENOMINATORS:
            raise ValueError(f"{self.numerator}/{self.denominator} is not a meter")

    @classmethod
    def parse(cls, text: str) -> "Meter":
        """Read “7/8”.

        Raises:
            UserInputError: when the text is no meter we know.
        """
        match = _WRITTEN.fullmatch(text) if text.isascii() else None
        if match is None:
            raise UserInputError("A meter is written as beats/note, like 4/4, 3/4, 6/8 or 7/8.")
        beats, note = int(match[1]), int(match[2])
        if not 1 <= beats <= _MOST_BEATS or note not in _DENOMINATORS:
            raise UserInputError(
                f"The meter {beats}/{note} cannot be counted: "
                f"use 1 to {_MOST_BEATS} beats of a 1, 2, 4, 8, 16 or 32 note."
            )
        return cls(beats, note)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def bar_ticks(self) -> int:
        """The length of a bar."""
        return self.numerator * self.beat_ticks

    @property
    def beat_ticks(self) -> int:
        """The length of the note below the line."""
        return WHOLE_TICKS // self.denominator

    @property
    def pulse_ticks(self) -> int:
        """The length of the beat one taps: three notes in compound meters (6/8, 9/8, 12/8), else one."""
        return self.beat_ticks * (3 if self.is_compound else 1)

    @property
    def is_compound(self) -> bool:
        """Whether each pulse divides into three, as in 6/8."""
        return self.denominator >= 8 and self.numerator > 3 and self.numerator % 3 == 0

    @property
    def groups(self) -> tuple[int, ...]:
        """How a bar is felt, in notes below the line; the accents lie where groups begin.

        >>> Meter(4, 4).groups, Meter(5, 4).groups, Meter(12, 8).groups, Meter(8, 8).groups
        ((1, 1, 1, 1), (3, 2), (3, 3, 3, 3), (3, 3, 2))
        """
        threes, rest = divmod(self.numerator, 3)
        if self.numerator <= 4:
            return (1,) * self.numerator
        if rest == 0:
            return (3,) * threes
        # 7 is 2+2+3 and 10 is 2+2+3+3; 5 is 3+2 and 8 is 3+3+2: the usual ways to dance them.
        return (2, 2, *(3,) * (threes - 1)) if rest == 1 else (*(3,) * threes, 2)


class MeterChange(msgspec.Struct, frozen=True):
    """From this bar on (counted from 1) the meter is another."""

    bar: int
    meter: Meter

    def __post_init__(self) -> None:
        if not 1 <= self.bar <= _MOST_BARS:
            raise ValueError("bars count from 1")


class MeterMap(msgspec.Struct, frozen=True, dict=True):
    """The meters of a whole song. Bars before bar 1 (a count-in) have the first meter.

    Attributes:
        changes: ascending by bar, the first at bar 1.

    Raises:
        ValueError: for any other changes.
    """

    changes: tuple[MeterChange, ...]

    def __post_init__(self) -> None:
        if not self.changes or self.changes[0].bar != 1:
            raise ValueError("a meter map begins at bar 1")
        if any(after.bar <= before.bar for before, after in pairwise(self.changes)):
            raise ValueError("meter changes ascend")

    @classmethod
    def constant(cls, meter: Meter) -> "MeterMap":
        """One meter throughout."""
        return cls((MeterChange(1, meter),))

    def tick_of_bar(self, bar: int) -> int:
        """Where a bar begins; bar 1 is tick 0, bar 0 lies before it.

        >>> MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(3, 4)))).tick_of_bar(4)
        10560
        """
        index = max(0, bisect_right(self._bars, bar) - 1)
        change = self.changes[index]
        return self._ticks[index] + (bar - change.bar) * change.meter.bar_ticks

    def bar_of(self, tick: int) -> int:
        """The bar this tick lies in."""
        index = self._index_at(tick)
        change = self.changes[index]
        return change.bar + (tick - self._ticks[index]) // change.meter.bar_ticks

    def meter_at(self, tick: int) -> Meter:
        """The meter that holds at this tick."""
        return self.changes[self._index_at(tick)].meter

    def meter_of_bar(self, bar: int) -> Meter:
        """The meter of a bar counted from 1."""
        return self.changes[max(0, bisect_right(self._bars, bar) - 1)].meter

    def position_of(self, tick: int) -> Position:
        """Bar, beat and rest of a tick; a beat is the note below the line.

        >>> MeterMap.constant(Meter(4, 4)).position_of(11 * 3840 + 2 * 960 + 240).text
        '12.3.240'
        """
        bar = self.bar_of(tick)
        beat, rest = divmod(tick - self.tick_of_bar(bar), self.meter_at(tick).beat_ticks)
        return Position(bar, beat + 1, rest)

    def _index_at(self, tick: int) -> int:
        return max(0, bisect_right(self._ticks, tick) - 1)

    @cached_property
    def _bars(self) -> list[int]:
        return [change.bar for change in self.changes]

    @cached_property
    def _ticks(self) -> list[int]:
        ticks = [0]
        for before, after in pairwise(self.changes):
            ticks.append(ticks[-1] + (after.bar - before.bar) * before.meter.bar_ticks)
        return ticks
