"""Lengths of musical time as people write them: bars, beats, ticks, counted from nothing."""

import re

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import MeterMap

_WRITTEN = re.compile(r"\s*(\d{1,6})(?:[.:](\d{1,4}))?(?:[.:](\d{1,5}))?\s*")


def text_of_length(ticks: int, start_ticks: int, meters: MeterMap) -> str:
    """Whole bars, then beats, then ticks.

    >>> from musicgen_desktop.timing import Meter
    >>> text_of_length(8 * 3840 + 960, 0, MeterMap.constant(Meter(4, 4)))
    '8.1.0'

    Args:
        ticks: the length.
        start_ticks: where it begins: bars are as long as the meter there says.
        meters: of the song.
    """
    meter = meters.meter_at(max(0, start_ticks))
    bars, rest = divmod(max(0, ticks), meter.bar_ticks)
    beats, left = divmod(rest, meter.beat_ticks)
    return f"{bars}.{beats}.{left}"


def parse_length(text: str, start_ticks: int, meters: MeterMap) -> int:
    """The inverse of `text_of_length`; “4” is four bars, “0.2” two beats.

    Raises:
        UserInputError: when the text is no length, or nothing at all.
    """
    meter = meters.meter_at(max(0, start_ticks))
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UserInputError("A length is written bars.beats.ticks, like 4, 0.2 or 1.0.480.")
    bars, beats, ticks = (int(part or 0) for part in found.groups())
    length = bars * meter.bar_ticks + beats * meter.beat_ticks + ticks
    if length < 1:
        raise UserInputError("A length cannot be nothing: type at least one tick, like 0.0.1.")
    return length


def bars_of_span(start_ticks: int, end_ticks: int, meters: MeterMap) -> tuple[int, int]:
    """The first and the last bar that a span touches.

    >>> from musicgen_desktop.timing import Meter
    >>> bars_of_span(3840, 3 * 3840, MeterMap.constant(Meter(4, 4)))
    (2, 3)
    """
    first = meters.bar_of(max(0, start_ticks))
    return first, max(first, meters.bar_of(max(0, end_ticks - 1)))
