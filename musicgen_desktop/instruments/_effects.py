"""Effects that belong to a sound: they work on whole cells and follow the timeline's own clock."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ._envelope import sine
from ._preset import Chorus, Crush, Drive, Effect, Tremolo, Wow
from ._schedule import GRID_FRAMES, Audio

_LONGEST_DELAY_S = 0.030


class EffectChain:
    """The effects of one part, in order. Cells follow each other; after `reset` any may come first."""

    def __init__(self, effects: Sequence[Effect], rate: int) -> None:
        self._effects = tuple(effects)
        self._rate = rate
        self._history = (int(_LONGEST_DELAY_S * rate) // GRID_FRAMES + 1) * GRID_FRAMES
        delays = sum(isinstance(effect, Chorus | Wow) for effect in effects)
        self.memory_cells = delays * (self._history // GRID_FRAMES)
        self.delay_frames = delays * int(_LONGEST_DELAY_S * rate)
        self._past: dict[int, Audio] = {}

    def reset(self) -> None:
        """Forget the sound of earlier cells."""
        self._past.clear()

    def process(self, audio: Audio, cell: int) -> Audio:
        """[GRID_FRAMES, 2] in and out; `cell` gives the place on the timeline."""
        for place, effect in enumerate(self._effects):
            if isinstance(effect, Chorus | Wow):
                past = self._past.get(place)
                if past is None:
                    past = np.zeros((self._history, 2), np.float32)
                line = np.concatenate((past, audio))
                self._past[place] = line[-self._history :]
                audio = (
                    self._chorus(effect, line, cell)
                    if isinstance(effect, Chorus)
                    else self._wow(effect, line, cell)
                )
            elif isinstance(effect, Tremolo):
                audio = self._tremolo(effect, audio, cell)
            elif isinstance(effect, Drive):
                amount = np.float32(effect.amount)
                # Unity for quiet sound, so the drive only rounds what is loud.
                audio = np.asarray(np.tanh(amount * audio) / amount, np.float32)
            elif isinstance(effect, Crush):
                steps = np.float32(2 ** (effect.bits - 1))
                audio = np.asarray(np.round(audio * steps) / steps, np.float32)
        return audio

    def _slow(self, cell: int, hz: float, phase: float = 0.0) -> NDArray[np.float32]:
        frames = np.arange(cell * GRID_FRAMES, (cell + 1) * GRID_FRAMES, dtype=np.float64)
        turns = frames * (hz / self._rate) + phase
        return sine(turns)

    def _chorus(self, effect: Chorus, line: Audio, cell: int) -> Audio:
        dry = line[-GRID_FRAMES:]
        wet = np.empty_like(dry)
        centre = line.mean(axis=1)
        for side, phase in ((0, 0.0), (1, 0.5)):
            sweep = self._slow(cell, effect.hz, phase) + 0.3 * self._slow(cell, effect.hz * 2.7, phase)
            delay = effect.delay_ms + effect.depth_ms * sweep / 1.3
            wet[:, side] = self._tap(centre, np.asarray(delay, np.float32))
        mix = np.float32(effect.mix)
        return np.asarray(dry * np.float32(1 - 0.4 * effect.mix) + wet * mix, np.float32)

    def _wow(self, effect: Wow, line: Audio, cell: int) -> Audio:
        sweep = self._slow(cell, effect.hz) + 0.4 * self._slow(cell, effect.hz * 2.33)
        flutter = 1 + self._slow(cell, effect.hz * 9.1)
        delay = np.asarray(effect.depth_ms * (1.4 + sweep) + effect.flutter_ms * flutter, np.float32)
        return np.stack((self._tap(line[:, 0], delay), self._tap(line[:, 1], delay)), axis=1)

    def _tap(self, line: NDArray[np.float32], delay_ms: NDArray[np.float32]) -> NDArray[np.float32]:
        """The line as it was some milliseconds (an array) ago."""
        within = np.clip(delay_ms, 0.05, 1000 * _LONGEST_DELAY_S - 1)
        place = np.arange(len(line) - GRID_FRAMES, len(line)) - within * (self._rate / 1000)
        index = place.astype(np.int64)
        between = (place - index).astype(np.float32)
        return np.asarray(line[index] + between * (line[index + 1] - line[index]), np.float32)

    def _tremolo(self, effect: Tremolo, audio: Audio, cell: int) -> Audio:
        swing = np.float32(0.5 * effect.depth) * self._slow(cell, effect.hz)
        rest = np.float32(1 - 0.5 * effect.depth)
        left = rest + swing
        right = rest - swing if effect.pan else left
        return audio * np.stack((left, right), axis=1)
