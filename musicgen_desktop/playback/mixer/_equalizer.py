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
        self._row: Pedal | None = None
        self._add([band for band in self._BANDS if self._is_on(band)])

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        return block if self._row is None else self._row.process(block)

    def changed(self, name: str) -> None:
        band = name.rsplit("_", 1)[0]
        if band in self._plugins:
            for plugin in self._plugins[band]:
                self._tune(band, plugin)
        elif self._is_on(band):
            self._add([band])

    @classmethod
    def tail_frames(cls, _values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 5  # a narrow peak in the bass rings about so long

    def _is_on(self, band: str) -> bool:
        if band == "low_cut":
            return self.values["low_cut_hz"] >= _OFF_BELOW_HZ
        if band == "high_cut":
            return _OFF_BELOW_HZ <= self.values["high_cut_hz"] < _OFF_ABOVE_HZ
        return self.values[f"{band}_db"] != 0.0

    def _add(self, bands: list[str]) -> None:
        """Take bands into the row, each at its place; the others keep what they remember."""
        added: list[Any] = []
        for band in bands:
            self._plugins[band] = _band_plugins(band)
            for plugin in self._plugins[band]:
                self._tune(band, plugin)
            added += self._plugins[band]
        if added:
            row = [plugin for band in self._BANDS for plugin in self._plugins.get(band, ())]
            self._row = Pedal(row, self.rate, new=added)

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


def _band_plugins(band: str) -> list[Any]:
    import pedalboard  # noqa: PLC0415

    match band:
        case "low_cut":
            return [pedalboard.HighpassFilter() for _ in range(2)]
        case "high_cut":
            return [pedalboard.LowpassFilter() for _ in range(2)]
        case "low_shelf":
            return [pedalboard.LowShelfFilter()]
        case "high_shelf":
            return [pedalboard.HighShelfFilter()]
        case _:
            return [pedalboard.PeakFilter()]


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

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return (values["mode"],)  # the library itself leads cutoff and resonance to new places

    def changed(self, name: str) -> None:
        match name:
            case "mode":
                modes = type(self._ladder).Mode
                self._ladder.mode = (modes.LPF24, modes.HPF24, modes.BPF12)[int(self.values["mode"])]
            case "cutoff_hz":
                self._ladder.cutoff_hz = float(np.clip(self.values["cutoff_hz"], 20.0, 0.45 * self.rate))
            case _:
                self._ladder.resonance = 0.9 * self.values["resonance"]  # above that it sings on its own
