"""Compressor, noise gate and limiter."""

from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.timing import TempoMap

from ._effect import Effect, Planar
from ._glide import eased_steps
from ._pedal import Pedal

_FLOOR = np.float32(1e-6)  # −120 dBFS: below it there is nothing to find a gain for


class _LinkedGain(Effect):
    """Dynamics whose gain is the same left and right, so that the picture does not swing.

    pedalboard treats each channel alone. It is handed the louder of both as one channel; what comes out
    divided by what went in is the gain for both.
    """

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._plugin = self._make()
        for name in self.values:
            self.changed(name)
        self._pedal = Pedal([self._plugin], self.rate, channels=1)
        self._expected = np.float32(1.0)

    @abstractmethod
    def _make(self) -> Any:
        """The plugin whose gain is taken."""

    def changed(self, name: str) -> None:
        if hasattr(self._plugin, name):
            setattr(self._plugin, name, self.values[name])

    @classmethod
    def fixed(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return ()

    @classmethod
    def rest_frames(cls, values: dict[str, float], rate: int, _tempo: TempoMap) -> int | None:
        return round((0.5 + 3.0 * values["release_ms"] / 1000.0) * rate)

    def _joined(self, gain: Planar) -> Planar:
        """The same gain; while knobs glide, bent so that it goes on from where the last block's was going."""
        step = self._expected - gain[0, 0]
        self._expected = 2.0 * gain[0, -1] - gain[0, -2] if gain.shape[1] > 1 else gain[0, -1]
        if self.gliding:
            gain += step * (1.0 - eased_steps(gain.shape[1]))
        return gain

    def _gain(self, block: Planar) -> Planar:
        """[1, frames]."""
        key = np.abs(block)
        louder = np.maximum(key[:1], key[1:], out=key[:1])
        np.maximum(louder, _FLOOR, out=louder)
        gain = self._pedal.process(louder)
        gain /= louder
        return gain


class Compressor(_LinkedGain):
    """Turns down what is louder than the threshold; `wet` below 1 keeps some of the dry sound beside it."""

    kind: ClassVar[str] = "compressor"

    def _make(self) -> Any:
        import pedalboard  # noqa: PLC0415

        return pedalboard.Compressor()

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        gain = self._gain(block)
        wet = self.values["wet"]
        gain *= np.float32(wet * db_to_gain(self.values["makeup_db"]))
        if wet < 1.0:
            gain += np.float32(1.0 - wet)
        block *= self._joined(gain)
        return block


class Gate(_LinkedGain):
    """Turns down what is quieter than the threshold."""

    kind: ClassVar[str] = "gate"

    def _make(self) -> Any:
        import pedalboard  # noqa: PLC0415

        return pedalboard.NoiseGate()

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        block *= self._joined(self._gain(block))
        return block


class Limiter(Effect):
    """A gain, then a true-peak limiter that looks ahead, so its output is late."""

    kind: ClassVar[str] = "limiter"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        from musicgen_desktop.dsp import TruePeakLimiter  # noqa: PLC0415

        self._limiter = TruePeakLimiter(self.rate, self.values["ceiling_db"], 2)

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        gain = self.glided("gain", db_to_gain(self.values["gain_db"]), block.shape[1])
        if not isinstance(gain, float) or gain != 1.0:
            block *= np.asarray(gain, np.float32)
        return np.ascontiguousarray(self._limiter.process(np.ascontiguousarray(block.T)).T)

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return (values["ceiling_db"],)

    @classmethod
    def rest_frames(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> int | None:
        return None  # it counts its frames in blocks from the first one on

    @classmethod
    def latency_frames(cls, values: dict[str, float], rate: int) -> int:
        from musicgen_desktop.dsp import TruePeakLimiter  # noqa: PLC0415

        return int(TruePeakLimiter(rate, values["ceiling_db"], 2).latency_frames)
