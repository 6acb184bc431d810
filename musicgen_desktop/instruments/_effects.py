"""Effects that belong to a sound: they follow the timeline's own clock."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ._envelope import CONTROL_FRAMES, between_points, sine
from ._preset import Chorus, Crush, Drive, Effect, Tremolo, Wow
from ._schedule import GRID_FRAMES, Audio

_LONGEST_DELAY_S = 0.030


class EffectChain:
    """The effects of one part, in order. Blocks follow each other; after `reset` any may come first."""

    def __init__(self, effects: Sequence[Effect], rate: int) -> None:
        self._effects = tuple(effects)
        self._rate = rate
        self._history = (int(_LONGEST_DELAY_S * rate) // GRID_FRAMES + 1) * GRID_FRAMES
        delays = sum(isinstance(effect, Chorus | Wow) for effect in effects)
        self.memory_cells = delays * (self._history // GRID_FRAMES)
        self.delay_frames = delays * int(_LONGEST_DELAY_S * rate)
        self._past: dict[int, Audio] = {}

    @property
    def memory_frames(self) -> int:
        """After so much silence they are as new."""
        return self.memory_cells * GRID_FRAMES + self.delay_frames

    def reset(self) -> None:
        """Forget the sound of earlier blocks."""
        self._past.clear()

    def process(self, audio: Audio, start: int) -> Audio:
        """[frames, 2] in and out; `start` is the place on the timeline, 0 or later."""
        for place, effect in enumerate(self._effects):
            if isinstance(effect, Chorus):
                centre = (audio[:, :1] + audio[:, 1:]) * np.float32(0.5)
                audio = self._chorus(effect, audio, self._line(place, centre)[:, 0], start)
            elif isinstance(effect, Wow):
                audio = self._wow(effect, self._line(place, audio), start)
            elif isinstance(effect, Tremolo):
                audio = self._tremolo(effect, audio, start)
            elif isinstance(effect, Drive):
                amount = np.float32(effect.amount)
                # Unity for quiet sound, so the drive only rounds what is loud.
                audio = np.asarray(np.tanh(amount * audio) / amount, np.float32)
            elif isinstance(effect, Crush):
                steps = np.float32(2 ** (effect.bits - 1))
                audio = np.asarray(np.round(audio * steps) / steps, np.float32)
        return audio

    def _line(self, place: int, audio: Audio) -> Audio:
        """[history + frames, channels] what went into this effect until now."""
        past = self._past.get(place)
        if past is None:
            past = np.zeros((self._history, audio.shape[1]), np.float32)
        line = np.concatenate((past, audio))
        self._past[place] = line[-self._history :]
        return line

    def _chorus(self, effect: Chorus, dry: Audio, centre: NDArray[np.float32], start: int) -> Audio:
        slow = _SlowSines(self._rate, start, len(dry))
        sweep = np.stack(
            [slow.points(effect.hz, p) + 0.3 * slow.points(effect.hz * 2.7, p) for p in (0.0, 0.5)]
        )
        index, between = self._places(effect.delay_ms + effect.depth_ms * sweep / 1.3, len(centre), slow)
        wet = centre.take(index)
        wet += between * (centre.take(index + 1) - wet)
        mixed = dry * np.float32(1 - 0.4 * effect.mix)
        mixed += (wet * np.float32(effect.mix)).T
        return mixed

    def _wow(self, effect: Wow, line: Audio, start: int) -> Audio:
        slow = _SlowSines(self._rate, start, len(line) - self._history)
        sweep = slow.points(effect.hz) + 0.4 * slow.points(effect.hz * 2.33)
        flutter = 1 + slow.points(effect.hz * 9.1)
        delay = effect.depth_ms * (1.4 + sweep) + effect.flutter_ms * flutter
        index, between = self._places(delay, len(line), slow)
        early = line.take(index, axis=0)
        return early + between[:, np.newaxis] * (line.take(index + 1, axis=0) - early)

    def _places(
        self, delay_ms: NDArray[np.floating], length: int, slow: "_SlowSines"
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """[…, frames] where a line of this length was some milliseconds (points) ago: the frame before that
        moment, and how far after the frame it is.
        """
        within = np.clip(delay_ms, 0.05, 1000 * _LONGEST_DELAY_S - 1) * (self._rate / 1000)
        delay = slow.drawn(np.asarray(within, np.float32))
        whole = delay.astype(np.int64)
        between = 1 - (delay - whole.astype(np.float32))
        return np.arange(self._history - 1, length - 1) - whole, between

    def _tremolo(self, effect: Tremolo, audio: Audio, start: int) -> Audio:
        slow = _SlowSines(self._rate, start, len(audio))
        swing = np.float32(0.5 * effect.depth) * slow.drawn(slow.points(effect.hz))
        rest = np.float32(1 - 0.5 * effect.depth)
        left = rest + swing
        right = rest - swing if effect.pan else left
        return audio * np.stack((left, right), axis=1)


class _SlowSines:
    """Slow waves on the timeline's clock, for the block that begins at `start`."""

    def __init__(self, rate: int, start: int, frames: int) -> None:
        self._rate = rate
        self._frames = frames
        self._offset = start % CONTROL_FRAMES
        first, last = start // CONTROL_FRAMES, -(-(start + frames) // CONTROL_FRAMES)
        self._places = np.arange(first, last + 1, dtype=np.float64) * CONTROL_FRAMES

    def points(self, hz: float, phase: float = 0.0) -> NDArray[np.float32]:
        """[points] of a sine, from the one at or before the block's first frame on."""
        return sine(self._places * (hz / self._rate) + phase)

    def drawn(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """[…, frames] on straight lines between such points."""
        return between_points(points)[..., self._offset : self._offset + self._frames]
