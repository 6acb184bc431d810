"""Bars, beats and ticks as people write them: “12.3.240”."""

import re
from typing import Protocol

import msgspec

from musicgen_desktop.foundation import UserInputError

_WRITTEN = re.compile(r"\s*([0-9]{1,6})(?:[.:]([0-9]{1,2}))?(?:[.:]([0-9]{1,4}))?\s*", re.ASCII)


class Position(msgspec.Struct, frozen=True, order=True):
    """A place on the bar grid.

    Attributes:
        bar: counted from 1; 0 and below lie before the song.
        beat: counted from 1, in notes below the line of the meter.
        tick: what is left, in ticks, from 0.
    """

    bar: int
    beat: int = 1
    tick: int = 0

    @property
    def text(self) -> str:
        """Bar.beat.tick.

        >>> Position(12, 3, 240).text
        '12.3.240'
        """
        return f"{self.bar}.{self.beat}.{self.tick}"

    def __str__(self) -> str:
        return self.text


class _Meter(Protocol):
    @property
    def numerator(self) -> int: ...
    @property
    def beat_ticks(self) -> int: ...


class _Bars(Protocol):
    """What of a meter map is needed here."""

    def tick_of_bar(self, bar: int) -> int: ...
    def meter_of_bar(self, bar: int) -> _Meter: ...


def parse_position(text: str, meter_map: _Bars) -> int:
    """Read “5”, “5.3” or “5.3.240” as a tick.

    >>> from musicgen_desktop.timing import Meter, MeterMap
    >>> parse_position("5.3.240", MeterMap.constant(Meter(4, 4)))
    17520

    Raises:
        UserInputError: when the text is no position, or the bar has no such beat or tick.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise UserInputError("A position is written bar.beat.tick, like 5, 5.3 or 5.3.240.")
    bar, beat, tick = int(match[1]), int(match[2] or 1), int(match[3] or 0)
    if bar < 1:
        raise UserInputError("Bars count from 1.")
    meter = meter_map.meter_of_bar(bar)
    if not 1 <= beat <= meter.numerator:
        raise UserInputError(f"Bar {bar} is in {meter} and has beats 1 to {meter.numerator}, not {beat}.")
    if tick >= meter.beat_ticks:
        raise UserInputError(f"A beat of bar {bar} has ticks 0 to {meter.beat_ticks - 1}, not {tick}.")
    return meter_map.tick_of_bar(bar) + (beat - 1) * meter.beat_ticks + tick
