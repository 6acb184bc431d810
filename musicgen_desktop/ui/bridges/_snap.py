"""The grid that mouse drags snap to, in the timeline and in the piano roll alike."""

from typing import Literal

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.timing import PPQ, MeterMap, TempoMap

SnapChoice = Literal["adaptive", "bar", "1/2", "1/4", "1/8", "1/16", "1/32", "off"]
SNAP_CHOICES: tuple[SnapChoice, ...] = ("adaptive", "bar", "1/2", "1/4", "1/8", "1/16", "1/32", "off")

_CLOSEST_PX = 12.0
_NOTES = {"1/2": 2 * PPQ, "1/4": PPQ, "1/8": PPQ // 2, "1/16": PPQ // 4, "1/32": PPQ // 8}


class Snap(QObject):
    """Which grid is chosen, and where a place lands on it."""

    changed = Signal()

    def __init__(self, choice: SnapChoice = "adaptive", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice: SnapChoice = choice
        self.triplets = False

    def choose(self, choice: SnapChoice) -> None:
        """Another grid."""
        if choice != self.choice:
            self.choice = choice
            self.changed.emit()

    def set_triplets(self, triplets: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Three steps where there were two."""
        if triplets != self.triplets:
            self.triplets = triplets
            self.changed.emit()

    def step_ticks(self, px_per_tick: float, meters: MeterMap, tick: int = 0) -> int:
        """The distance of grid lines at a zoom level; 1 when snapping is off, a bar's length for bars."""
        meter = meters.meter_at(max(0, tick))
        if self.choice == "off":
            return 1
        if self.choice == "bar":
            return meter.bar_ticks
        if self.choice != "adaptive":
            step = _NOTES[self.choice]
        else:
            steps = [PPQ // 8, PPQ // 4, PPQ // 2, meter.beat_ticks, meter.bar_ticks]
            step = next(
                (each for each in sorted(steps) if each * px_per_tick >= _CLOSEST_PX), meter.bar_ticks
            )
            if step == meter.bar_ticks:
                return step
        return step * 2 // 3 if self.triplets else step

    def snapped(self, tick: float, px_per_tick: float, meters: MeterMap, *, bypass: bool = False) -> int:
        """The place on the grid that is nearest; the grid begins anew at every bar line.

        Args:
            tick: where the mouse is.
            px_per_tick: the zoom, for the adaptive grid.
            meters: of the song.
            bypass: the modifier is held: the whole tick itself.
        """
        whole = max(0, round(tick))
        if bypass or self.choice == "off":
            return whole
        bar = meters.bar_of(whole)
        begin, end = meters.tick_of_bar(bar), meters.tick_of_bar(bar + 1)
        step = self.step_ticks(px_per_tick, meters, whole)
        below = begin + (whole - begin) // step * step
        above = min(below + step, end)
        return below if whole - below < above - whole else above


def text_of_place(tick: int, meters: MeterMap) -> str:
    """“12.3.240”."""
    return meters.position_of(max(0, tick)).text


def text_of_time(tick: float, tempo: TempoMap) -> str:
    """Minutes, seconds and thousandths: “0:25.310”."""
    thousandths = max(0, round(tempo.seconds_at(tick) * 1000.0))
    return f"{thousandths // 60000}:{thousandths % 60000 // 1000:02}.{thousandths % 1000:03}"
