"""Equalizer and filter."""

from typing import Any, ClassVar

import numpy as np

from musicgen_desktop.timing import TempoMap

from ._effect import Effect, Planar
from ._pedal import Pedal

_OFF_BELOW_HZ = 10.0
_OFF_ABOVE_HZ = 20000.0

# Two first-order stages in a row are 3 dB down at the wanted place when each is 1.5 dB down there:
# each corner moves by √(10^0.15 − 1).
_TWO_STAGES = (10.0**0.15 - 1.0) ** 0.5


def low_cut_hz(cut_hz: float) -> float:
    """The corner of each of two first-order high-passes that are 3 dB down together at `cut_hz`."""
    return cut_hz * _TWO_STAGES


def high_cut_hz(cut_hz: float, rate: int) -> float:
    """The corner of each of two first-order low-passes; held below half the sample rate."""
    return min(cut_hz / _TWO_STAGES, 0.49 * rate)


class Equalizer(Effect):
    """Cuts of 12 dB per octave, two shelves and three peaks; a band that does nothing costs nothing."""

    kind: ClassVar[str] = "equalizer"
    _BANDS: ClassVar[tuple[str, ...]] = (
        "low_cut",
        "low_shelf",
        "peak1",
        "peak2",
        "peak3",
        "high_shelf",
        "high_cut",
    )

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._plugins: dict[str, list[Any]] = {}
        self._pedals: dict[str, Pedal] = {}
        for band in self._BANDS:
            if self._is_on(band):
                self._add(band)
        self._join()

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        for pedal in self._row:
            block = pedal.process(block)
        return block

    def changed(self, name: str) -> None:
        band = name.rsplit("_", 1)[0]
        if band in self._plugins:
            for plugin in self._plugins[band]:
                self._tune(band, plugin)
        elif self._is_on(band):
            self._add(band)
            self._join()

    @classmethod
    def tail_frames(cls, _values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 5  # a narrow peak in the bass rings about so long

    def _is_on(self, band: str) -> bool:
        if band == "low_cut":
            return self.values["low_cut_hz"] >= _OFF_BELOW_HZ
        if band == "high_cut":
            return _OFF_BELOW_HZ <= self.values["high_cut_hz"] < _OFF_ABOVE_HZ
        return self.values[f"{band}_db"] != 0.0

    def _add(self, band: str) -> None:
        import pedalboard  # noqa: PLC0415

        match band:
            case "low_cut":
                plugins: list[Any] = [pedalboard.HighpassFilter() for _ in range(2)]
            case "high_cut":
                plugins = [pedalboard.LowpassFilter() for _ in range(2)]
            case "low_shelf":
                plugins = [pedalboard.LowShelfFilter()]
            case "high_shelf":
                plugins = [pedalboard.HighShelfFilter()]
            case _:
                plugins = [pedalboard.PeakFilter()]
        for plugin in plugins:
            self._tune(band, plugin)
        self._plugins[band] = plugins
        self._pedals[band] = Pedal(plugins, self.rate)

    def _join(self) -> None:
        self._row = [self._pedals[band] for band in self._BANDS if band in self._pedals]

    def _tune(self, band: str, plugin: Any) -> None:
        hz = self.values[f"{band}_hz"]
        match band:
            case "low_cut":
                # Switched off by automation it stays in the row, far below what can be heard.
                plugin.cutoff_frequency_hz = low_cut_hz(max(hz, 1.0))
            case "high_cut":
                off = not _OFF_BELOW_HZ <= hz < _OFF_ABOVE_HZ
                plugin.cutoff_frequency_hz = high_cut_hz(1e9 if off else hz, self.rate)
            case _:
                plugin.cutoff_frequency_hz = min(hz, 0.49 * self.rate)
                plugin.gain_db = self.values[f"{band}_db"]
                if band.startswith("peak"):
                    plugin.q = self.values[f"{band}_q"]


class Filter(Effect):
    """A resonant ladder filter, for sweeps."""

    kind: ClassVar[str] = "filter"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._ladder = pedalboard.LadderFilter()
        for name in self.values:
            self.changed(name)
        self._pedal = Pedal([self._ladder], self.rate)

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        return self._pedal.process(block)

    @classmethod
    def tail_frames(cls, _values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 5

    def changed(self, name: str) -> None:
        match name:
            case "mode":
                modes = type(self._ladder).Mode
                self._ladder.mode = (modes.LPF24, modes.HPF24, modes.BPF12)[int(self.values["mode"])]
            case "cutoff_hz":
                self._ladder.cutoff_hz = float(np.clip(self.values["cutoff_hz"], 20.0, 0.45 * self.rate))
            case _:
                self._ladder.resonance = 0.9 * self.values["resonance"]  # above that it sings on its own
