"""Distortion, saturation and bit crusher: a curve for each sample, loudness kept."""

import math
from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np

from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.timing import TempoMap

from ._effect import Effect, Planar, mix_into
from ._pedal import Pedal

# A stand-in for music at −18 dBFS RMS: nine values spread as a normal distribution is.
_PROGRAMME: Planar = np.array(
    [-1.86, -1.15, -0.72, -0.35, 0.0, 0.35, 0.72, 1.15, 1.86], np.float32
) * np.float32(0.126)


class _Shaper(Effect):
    """A memoryless curve between dry and wet; wet is made as loud as dry for music at −18 dBFS RMS."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._match()

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        wet = self.values["wet"]
        if wet == 0.0:
            return block
        shaped = self._colour(self._curve(block))
        return mix_into(block, shaped, 1.0 - wet, wet * self._level)

    def changed(self, name: str) -> None:  # noqa: ARG002
        self._match()

    def _match(self) -> None:
        before = float(np.sqrt(np.mean(_PROGRAMME**2)))
        after = float(np.sqrt(np.mean(self._curve(_PROGRAMME) ** 2)))
        self._level = before / after if after > 0.0 else 1.0

    @abstractmethod
    def _curve(self, sound: Planar) -> Planar:
        """The shape itself, louder or not."""

    def _colour(self, sound: Planar) -> Planar:
        return sound


class Distortion(_Shaper):
    """Hard drive into a tanh; `tone` darkens what comes out."""

    kind: ClassVar[str] = "distortion"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._low_pass = pedalboard.LowpassFilter(self._tone_hz())
        self._tone = Pedal([self._low_pass], self.rate)

    def _curve(self, sound: Planar) -> Planar:
        driven = sound * np.float32(db_to_gain(self.values["drive_db"]))
        np.tanh(driven, out=driven)
        return driven

    def _colour(self, sound: Planar) -> Planar:
        return self._tone.process(sound)

    def changed(self, name: str) -> None:
        super().changed(name)
        if name == "tone":
            self._low_pass.cutoff_frequency_hz = self._tone_hz()

    @classmethod
    def tail_frames(cls, _values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 100

    def _tone_hz(self) -> float:
        return float(min(1000.0 * 18.0 ** self.values["tone"], 0.45 * self.rate))


class Saturation(_Shaper):
    """Soft warmth as of tape: x / √(1 + x²), a little more on one side, which brings even harmonics."""

    kind: ClassVar[str] = "saturation"

    def _curve(self, sound: Planar) -> Planar:
        driven = sound * np.float32(db_to_gain(self.values["drive_db"]))
        lean = np.float32(0.15)
        driven += lean
        driven /= np.sqrt(np.float32(1.0) + driven * driven)
        driven -= lean / np.float32(math.sqrt(1.0 + float(lean) ** 2))
        return driven


class Bitcrush(_Shaper):
    """Fewer bits per sample."""

    kind: ClassVar[str] = "bitcrush"

    def _curve(self, sound: Planar) -> Planar:
        steps = np.float32(2.0 ** (self.values["bits"] - 1.0))
        crushed = sound * steps
        np.rint(crushed, out=crushed)
        crushed /= steps
        return crushed

    def _match(self) -> None:
        self._level = 1.0
