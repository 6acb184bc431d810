"""One key of the synthesizer, rendered piece by piece while nobody knows how long it will be held."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ._envelope import release_curve
from ._held_sound import HeldSound, movement
from ._preset import SynthPreset
from ._schedule import Audio

Bend = Callable[[int, int], NDArray[np.float32] | None]
"""(frame, frames) → [frames] −1..1 of the pitch wheel; None while nobody has touched it."""


class LiveVoice:
    """A key that was struck. Frames are the instrument's own clock.

    Args:
        preset: its recipe.
        sound: the key of the preset, made ready.
        rate: frames per second.
        pitch: MIDI key.
        start: the frame at which it was struck.
        away: how many semitones above its pitch it begins to glide there.
        loudness: linear gain by velocity.
        release: how many frames it rings on.
        bend: the pitch wheel.
    """

    def __init__(
        self,
        preset: SynthPreset,
        sound: HeldSound,
        rate: int,
        *,
        pitch: int,
        start: int,
        away: int,
        loudness: float,
        release: int,
        bend: Bend,
    ) -> None:
        self._preset = preset
        self._sound = sound
        self._rate = rate
        self._bend = bend
        self._away = away
        self._loudness = np.float32(loudness)
        self._release = release
        self.pitch = pitch
        self.start = start
        self.let_go_at: int | None = None
        self._fade: tuple[int, int] | None = None
        self._memory: dict[int, object] = {}
        # What is rendered and not yet played, from the frame `_first` on; and the wave's turns at each frame.
        self._first = start
        self._ready: Audio = np.zeros((0, 2), np.float32)
        self._turns = np.zeros(0, np.float64)
        moves = movement(preset, rate, 0, 1, away=away) is not None
        # Its turns one frame before `_first`. A wave that moves has made its first step at frame 0 already;
        # one at rest begins there.
        self._turned = 0.0 if moves else -sound.turns_per_frame

    @property
    def end(self) -> int | None:
        """The frame from which on it is silent; None while the key is down."""
        ends = []
        if self.let_go_at is not None:
            ends.append(self.let_go_at + self._release)
        if self._fade is not None:
            ends.append(sum(self._fade))
        return min(ends, default=None)

    @property
    def ready_until(self) -> int:
        """The frame up to which it is rendered."""
        return self._first + len(self._ready)

    def let_go(self, frame: int, release: int | None = None) -> None:
        """The key is up: it rings on as its preset says, or for fewer frames."""
        if self.let_go_at is None:
            # However short the touch, the key was down for one frame.
            self.let_go_at = max(frame, self.start + 1)
            if release is not None:
                self._release = min(self._release, release)
        elif release is not None:
            self.fade(frame, release)

    def fade(self, frame: int, frames: int) -> None:
        """End on a straight line, unless it ends earlier."""
        if self._fade is None or frame + frames < sum(self._fade):
            self._fade = (frame, frames)

    def bent_at(self, frame: int) -> None:
        """The wheel moves: what was rendered from this frame on is out of date."""
        kept = min(max(frame - self._first, 0), len(self._ready))
        self._ready, self._turns = self._ready[:kept], self._turns[:kept]

    def render(self, frames: int) -> None:
        """Make this many more frames ready."""
        end = self.end
        if end is not None:
            frames = min(frames, end - self.ready_until)
        if frames <= 0:
            return
        at = self.ready_until
        bend = self._bend(at, frames)
        semitones = movement(
            self._preset,
            self._rate,
            at - self.start,
            frames,
            away=self._away,
            bend=None if bend is None else lambda: bend,
        )
        if semitones is None:
            turns = np.arange(1, frames + 1, dtype=np.float64)
        else:
            turns = np.cumsum(np.exp(semitones * np.float32(np.log(2) / 12)), dtype=np.float64)
        turns *= self._sound.turns_per_frame
        turns += self._turns[-1] if len(self._turns) else self._turned
        sound = self._sound.render(at - self.start, turns, self._memory) * self._loudness
        both = np.broadcast_to(sound, (frames, 2))
        self._ready = np.concatenate((self._ready, both))
        self._turns = np.concatenate((self._turns, turns))

    def play(self, start: int, mix: Audio) -> None:
        """Add what falls into the block [frames, 2] that begins at `start`, and forget it."""
        end = self.end
        low = max(start, self.start)
        high = start + len(mix)
        if end is not None:
            high = min(high, end)
        if high > low:
            part = self._ready[low - self._first : high - self._first]
            if end is not None:
                part = part * self._shape(low, len(part))[:, np.newaxis]
            mix[low - start : low - start + len(part)] += part
        used = min(max(start + len(mix) - self._first, 0), len(self._ready))
        if used:
            self._turned = float(self._turns[used - 1])
            self._first += used
            self._ready, self._turns = self._ready[used:], self._turns[used:]

    def _shape(self, frame: int, frames: int) -> NDArray[np.float32]:
        """[frames] the gain of its release and its fade."""
        gain = np.ones(frames, np.float32)
        if self.let_go_at is not None:
            skipped = max(self.let_go_at - frame, 0)
            done = max(frame - self.let_go_at, 0)
            gain[skipped:] *= release_curve(self._release)[done : done + frames - skipped]
        if self._fade is not None:
            begin, length = self._fade
            left = 1 - (np.arange(frame, frame + frames, dtype=np.float32) - begin + 1) / np.float32(length)
            gain *= np.clip(left, 0, 1)
        return gain
