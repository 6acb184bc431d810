"""Finished notes are laid on the grid: what the synthesizer and the drum machine share."""

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

import numpy as np

from ._effects import EffectChain
from ._schedule import GRID_FRAMES, Audio, GridInstrument


class SoundCache:
    """Keeps rendered sounds by key up to a number of bytes; the least recently used go first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._sounds: OrderedDict[Hashable, Audio] = OrderedDict()

    def known(self, key: Hashable) -> Audio | None:
        """The sound of this key, if it is here."""
        sound = self._sounds.get(key)
        if sound is not None:
            self._sounds.move_to_end(key)
        return sound

    def all_known(self) -> list[Hashable]:
        """The keys of all that is here."""
        return list(self._sounds)

    def get(self, key: Hashable, make: Callable[[], Audio]) -> Audio:
        """The sound of this key, made now if it is not here."""
        sound = self.known(key)
        if sound is not None:
            return sound
        sound = self._sounds[key] = make()
        self._bytes += sound.nbytes
        while self._bytes > self._most_bytes and len(self._sounds) > 1:
            self._bytes -= self._sounds.popitem(last=False)[1].nbytes
        return sound


class NoteMixer(GridInstrument):
    """Adds whole notes, each rendered once, in order of their start; then sends the sum through the effects.

    Subclasses call `_lay` with the places of their notes and make the sound of note i in `_sound`.
    """

    def __init__(self, effects: EffectChain) -> None:
        super().__init__()
        self._effects = effects
        self._starts: list[int] = []
        self._longest = 0
        self._next = 0
        self._sounding: list[tuple[int, Audio]] = []

    def _lay(self, starts: Sequence[int], longest: int) -> None:
        """The first frame of each note, ascending, and the length of the longest sound."""
        self._starts = list(starts)
        self._longest = longest

    @abstractmethod
    def _sound(self, number: int) -> Audio:
        """[frames, 2] (or [frames, 1] for both sides alike) of a note; frames ≤ the longest."""

    def _seek(self, cell: int) -> None:
        self._sounding.clear()
        self._effects.reset()
        early = max(0, cell - self._effects.memory_cells)
        start = early * GRID_FRAMES
        self._next = 0
        while self._next < len(self._starts) and self._starts[self._next] + self._longest <= start:
            self._next += 1
        for earlier in range(early, cell):
            self._render_cell(earlier)

    def _render_cell(self, cell: int) -> Audio:
        start = cell * GRID_FRAMES
        end = start + GRID_FRAMES
        while self._next < len(self._starts) and self._starts[self._next] < end:
            sound = self._sound(self._next)
            if self._starts[self._next] + len(sound) > start:
                self._sounding.append((self._starts[self._next], sound))
            self._next += 1
        mix = np.zeros((GRID_FRAMES, 2), np.float32)
        for first, sound in self._sounding:
            low, high = max(first, start), min(first + len(sound), end)
            mix[low - start : high - start] += sound[low - first : high - first]
        self._sounding = [(first, sound) for first, sound in self._sounding if first + len(sound) > end]
        return self._effects.process(mix, start)
