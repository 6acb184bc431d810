"""What every effect in a strip can do."""

import math
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.timing import TempoMap

from ._glide import eased_steps

Planar = NDArray[np.float32]
"""[2, frames] float32, each row contiguous: how sound lies inside the mixer (pedalboard wants it so)."""

Level = float | NDArray[np.float32]
"""A gain for a whole block, or one for each of its frames."""


class Effect(ABC):
    """A processor that remembers what it heard, so that blocks of any size join without a seam.

    Subclasses read `values` (every parameter of their kind, inside its range) when they are made, and
    again in `changed`.

    Attributes:
        follows_timeline: whether its sound depends on where in the song it is.
        gliding: set while knobs are led to new places in small steps: gains then run smoothly from one step
            to the next.
    """

    kind: ClassVar[str]
    follows_timeline: ClassVar[bool] = False

    def __init__(self, values: dict[str, float], rate: int, tempo: TempoMap) -> None:
        self.values = values
        self.rate = rate
        self.tempo = tempo
        self.gliding = False
        self._levels: dict[str, float] = {}

    @abstractmethod
    def process(self, block: Planar, start: int) -> Planar:
        """The next frames.

        Args:
            block: [2, frames]; may be overwritten.
            start: the frame of the timeline where the block begins.

        Returns:
            [2, frames]: `block` itself or another array.
        """

    def set(self, name: str, value: float) -> None:
        """Move a knob; heard from the next block on."""
        if self.values[name] != value:
            self.values[name] = value
            self.changed(name)

    def changed(self, name: str) -> None:  # noqa: B027 - most need nothing
        """A knob stands elsewhere now. Effects that read `values` in `process` need nothing here."""

    def glided(self, name: str, level: float, frames: int) -> Level:
        """The level for the next frames: while gliding, led there from the level before it."""
        before = self._levels.get(name, level)
        self._levels[name] = level
        if before == level or not self.gliding:
            return level
        line: NDArray[np.float32] = np.float32(before) + np.float32(level - before) * eased_steps(frames)
        return line

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        """What cannot change while it sounds: if this differs, a fresh effect has to take over.

        Everything, unless a subclass says that its knobs move without a click; for what remembers little,
        a fresh one beside the old one sounds better than steps.
        """
        return tuple(values.values())

    @classmethod
    def latency_frames(cls, _values: dict[str, float], _rate: int) -> int:
        """How many frames late its output is."""
        return 0

    @classmethod
    def tail_frames(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> int:
        """How long it rings after its input ended, until 80 dB lower."""
        return 0

    @classmethod
    def rest_frames(cls, values: dict[str, float], rate: int, tempo: TempoMap) -> int | None:
        """After how much silence it may sleep, and nobody hears that it did; None when it must not."""
        return 2 * cls.tail_frames(values, rate, tempo)


def crossfade_gains(wet: float) -> tuple[float, float]:
    """(dry, wet) of equal power, for an effect whose output has little to do with its input; ends exact."""
    if wet <= 0.0:
        return 1.0, 0.0
    if wet >= 1.0:
        return 0.0, 1.0
    return math.cos(wet * math.pi / 2.0), math.sin(wet * math.pi / 2.0)


def mix_into(dry: Planar, wet: Planar, dry_gain: Level, wet_gain: Level) -> Planar:
    """The sum dry · dry_gain + wet · wet_gain; both arrays may be overwritten."""
    if not isinstance(dry_gain, float) or not isinstance(wet_gain, float):
        wet *= np.asarray(wet_gain, np.float32)
        wet += dry * np.asarray(dry_gain, np.float32)
        return wet
    if dry_gain == 0.0 and wet_gain == 1.0:
        return wet
    wet *= np.float32(wet_gain)
    if dry_gain != 0.0:
        dry *= np.float32(dry_gain)
        wet += dry
    return wet
