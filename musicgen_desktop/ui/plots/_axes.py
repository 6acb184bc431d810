"""Axes that speak of frequencies and bars. Only imported once plots are seen: it loads pyqtgraph."""

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from musicgen_desktop.document import Project
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

from ._target import Target

_NAMED_HZ = (20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
_CLOSEST_PX = 44.0
_ROOM_PX = 14.0

Ticks = list[tuple[float, list[float]]]


class RoomyAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph publishes no types
    """Its first and last numbers may stand out over its ends: pyqtgraph drops them where there is a grid."""

    def boundingRect(self) -> QRectF:
        """Room for half a number at either end."""
        rect = QRectF(super().boundingRect())
        return rect.adjusted(-_ROOM_PX, -_ROOM_PX, _ROOM_PX, _ROOM_PX)


class HertzAxis(RoomyAxis):
    """Its values are log₁₀ of hertz."""

    def tickValues(self, low: float, high: float, _size: float) -> Ticks:
        """The numbers that engineers know."""
        named = [math.log10(hertz) for hertz in _NAMED_HZ]
        fine = [math.log10(digit * 10.0**decade) for decade in range(1, 5) for digit in range(1, 10)]
        return [
            (1.0, [value for value in named if low - 1e-6 <= value <= high + 1e-6]),
            (0.1, [value for value in fine if low <= value <= high]),
        ]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """“50”, “2k”; lines between have none."""
        if spacing < 1.0:
            return [""] * len(values)
        return [_short_hertz(10.0**value) for value in values]


class BarAxis(RoomyAxis):
    """Its values are seconds behind the start of the target; its marks stand at bar lines."""

    def __init__(self, orientation: str = "bottom") -> None:
        super().__init__(orientation)
        self._bars: list[tuple[float, int]] = []

    def show_bars(self, project: Project, target: Target) -> None:
        """Another part of a song."""
        meters, tempo = project.meter_map, project.tempo_map
        begin = tempo.seconds_at(target.start_ticks)
        first = meters.bar_of(target.start_ticks)
        if meters.tick_of_bar(first) < target.start_ticks:
            first += 1
        last = meters.bar_of(target.end_ticks)
        self._bars = [
            (tempo.seconds_at(meters.tick_of_bar(bar)) - begin, bar) for bar in range(first, last + 1)
        ]
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> Ticks:
        """Bar lines; where they would stand too close, every second, fourth, eighth … one."""
        seen = [(second, bar) for second, bar in self._bars if low - 1e-6 <= second <= high + 1e-6]
        px_a_bar = size / max(1, len(seen))
        every = 1
        while px_a_bar * every < _CLOSEST_PX:
            every *= 2
        named = [second for second, bar in seen if (bar - 1) % every == 0]
        others = [second for second, bar in seen if (bar - 1) % every] if px_a_bar >= 6.0 else []
        return [(1.0, named), (0.5, others)]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Numbers of bars."""
        if spacing < 1.0:
            return [""] * len(values)
        bars = dict(self._bars)
        return [str(bars.get(value, "")) for value in values]


class LevelAxis(RoomyAxis):
    """Numbers with a true minus."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """As many digits as the marks need."""
        digits = 0 if spacing >= 1.0 else 1
        return [f"{value:.{digits}f}".replace("-", "−") for value in values]


def dressed(axis: pg.AxisItem) -> pg.AxisItem:
    """An axis in the theme's colours and type."""
    worn = tokens()
    axis.setPen(colour(worn.line_strong))
    axis.setTextPen(colour(worn.text_soft))
    axis.setStyle(tickFont=font(Sizes.TINY, tabular=True), tickLength=0, hideOverlappingLabels=False)
    axis.enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's own argument
    return axis


def _short_hertz(hertz: float) -> str:
    return f"{hertz / 1000.0:.0f}k" if hertz >= 999.0 else f"{hertz:.0f}"
