"""All strips together: sources in, the sum that enters the master out."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from musicgen_desktop.timing import TempoMap

from ._effect import Planar
from ._settings import StripSettings
from ._strip import Strip, owned

Reader = Callable[[int, int], Planar]
"""(first frame, frames) → [2, frames] of a source, a new array that the mixer may overwrite."""


class Mixer:
    """Mixes one block after another, from the timeline's start or any later frame on.

    Args:
        strips: sources before the buses they feed; what plays into `target` is summed up.
        target: the id of the master.
        readers: sound by strip id; a strip without one gets only what is routed to it.
        rate: frames per second.
        tempo: for effects that count in beats.
    """

    def __init__(
        self,
        strips: Sequence[StripSettings],
        target: str,
        readers: Mapping[str, Reader],
        rate: int,
        tempo: TempoMap,
    ) -> None:
        self._target = target
        self._readers = readers
        needed = _needed(strips, target, set(readers))
        self._strips = [Strip(each, rate, tempo) for each in strips if each.id in needed]

    @property
    def repaired(self) -> int:
        """Samples so far that were no numbers and became silence."""
        return sum(strip.repaired for strip in self._strips)

    def process(self, start: int, frames: int) -> Planar:
        """The next block of what enters the master, late by the master's `arrival_frames`.

        Args:
            start: where the block begins; each block begins where the last one ended.
            frames: 1 or more.

        Returns:
            [2, frames], a new array.
        """
        sums: dict[str, Planar] = {}

        def deliver(target: str, block: Planar) -> None:
            known = sums.get(target)
            if known is None:
                sums[target] = owned(block)
            else:
                known += block

        for strip in self._strips:
            reader = self._readers.get(strip.settings.id)
            if reader is not None:
                deliver(strip.settings.id, reader(start, frames))
            block = sums.pop(strip.settings.id, None)
            if block is None:
                block = np.zeros((2, frames), np.float32)
            strip.process(block, start, deliver)
        found = sums.get(self._target)
        return np.zeros((2, frames), np.float32) if found is None else found


def _needed(strips: Sequence[StripSettings], target: str, sounding: set[str]) -> set[str]:
    """Strips that get sound and whose sound reaches the target."""
    fed = set(sounding)
    for strip in strips:
        if strip.id in fed:
            fed.update(_targets(strip))
    heard = {target}
    for strip in reversed(strips):
        if heard.intersection(_targets(strip)):
            heard.add(strip.id)
    return fed & heard


def _targets(strip: StripSettings) -> set[str]:
    targets = {send.target for send in strip.sends}
    if strip.output is not None:
        targets.add(strip.output)
    return targets
