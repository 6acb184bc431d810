"""Chorus, phaser, pump, gain and width."""

import math
from typing import Any, ClassVar

import numpy as np

from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.timing import PPQ, TempoMap

from ._effect import Effect, Planar, crossfade_gains, mix_into
from ._equalizer import low_cut_hz
from ._pedal import Pedal


class Chorus(Effect):
    """A second voice that wanders in pitch."""

    kind: ClassVar[str] = "chorus"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._chorus = pedalboard.Chorus(mix=1.0)
        for name in self.values:
            self.changed(name)
        self._pedal = Pedal([self._chorus], self.rate)

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        dry, wet = crossfade_gains(self.values["wet"])
        frames = block.shape[1]
        dry_level, wet_level = self.glided("dry", dry, frames), self.glided("wet", wet, frames)
        return mix_into(block, self._pedal.process(block), dry_level, wet_level)

    def changed(self, name: str) -> None:
        if name != "wet":
            setattr(self._chorus, name, self.values[name])

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return (values["centre_delay_ms"],)

    @classmethod
    def rest_frames(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> int | None:
        return None  # what moves in it goes on in silence

    @classmethod
    def tail_frames(cls, values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return round(
            (values["centre_delay_ms"] / 1000.0 * 2.0 + 0.1) * rate * (1.0 + 8.0 * abs(values["feedback"]))
        )


class Phaser(Effect):
    """Notches that move up and down."""

    kind: ClassVar[str] = "phaser"
    _NAMES: ClassVar[dict[str, str]] = {
        "rate_hz": "rate_hz",
        "depth": "depth",
        "centre_hz": "centre_frequency_hz",
        "feedback": "feedback",
        "wet": "mix",
    }

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._phaser = pedalboard.Phaser()
        for name in self.values:
            self.changed(name)
        self._pedal = Pedal([self._phaser], self.rate)

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        return self._pedal.process(block)

    def changed(self, name: str) -> None:
        setattr(self._phaser, self._NAMES[name], self.values[name])

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return (values["centre_hz"],)

    @classmethod
    def rest_frames(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> int | None:
        return None  # what moves in it goes on in silence

    @classmethod
    def tail_frames(cls, _values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 10


class Gain(Effect):
    """Louder or softer."""

    kind: ClassVar[str] = "gain"

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        block *= np.float32(db_to_gain(self.values["gain_db"]))
        return block


class Width(Effect):
    """The side signal louder or softer, and the bass in the middle if wanted."""

    kind: ClassVar[str] = "width"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._bass: Pedal | None = None
        self._cuts: list[Any] = []
        self.changed("mono_below_hz")

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        half = np.float32(0.5)
        middle = (block[0] + block[1]) * half
        side = (block[0] - block[1]) * (half * np.float32(self.values["width"]))
        if self._bass is not None:
            side = self._bass.process(side[np.newaxis])[0]
        np.add(middle, side, out=block[0])
        np.subtract(middle, side, out=block[1])
        return block

    def changed(self, name: str) -> None:
        if name != "mono_below_hz":
            return
        hz = low_cut_hz(max(self.values["mono_below_hz"], 1.0))
        if self._bass is None and self.values["mono_below_hz"] > 1.0:
            import pedalboard  # noqa: PLC0415

            self._cuts = [pedalboard.HighpassFilter(hz) for _ in range(2)]
            self._bass = Pedal(self._cuts, self.rate, channels=1)
        for cut in self._cuts:
            cut.cutoff_frequency_hz = hz

    @classmethod
    def tail_frames(cls, values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        return rate // 10 if values["mono_below_hz"] > 1.0 else 0


class Pump(Effect):
    """Ducks on every beat and comes back, following the tempo map."""

    kind: ClassVar[str] = "pump"
    follows_timeline: ClassVar[bool] = True
    _AT_ONCE: ClassVar[int] = 1024

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self._first = 0
        self._frames = np.zeros(0, np.int64)

    def process(self, block: Planar, start: int) -> Planar:
        if self.values["depth_db"] <= 0.0:
            return block
        at = np.arange(start, start + block.shape[1], dtype=np.float64)
        beats = self._beats_until(start, start + block.shape[1])
        index = np.searchsorted(beats, at, side="right") - 1
        since = at - beats[index]
        length = beats[index + 1] - beats[index]
        left = np.maximum(1.0 - since / (length * self.values["recovery"]), 0.0)
        down = left**1.5 * np.minimum(since / (0.004 * self.rate), 1.0)  # 4 ms down: no click
        block *= np.exp(down * (-self.values["depth_db"] * math.log(10.0) / 20.0)).astype(np.float32)
        return block

    def changed(self, name: str) -> None:
        if name == "time_beats":
            self._frames = np.zeros(0, np.int64)

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, tempo: TempoMap) -> tuple[object, ...]:
        return (*values.values(), tempo)

    def _beats_until(self, start: int, end: int) -> np.ndarray:
        """Frames of beats: one at or before `start`, and one after `end`, at least."""
        step = self.values["time_beats"] * PPQ
        if not (len(self._frames) and self._frames[0] <= start and self._frames[-1] > end):
            first = math.floor(self.tempo.tick_at(start / self.rate) / step) - 1
            last = math.ceil(self.tempo.tick_at(end / self.rate) / step) + self._AT_ONCE
            self._frames = self.tempo.frames_at(np.arange(first, last + 1) * step, self.rate)
        return self._frames
