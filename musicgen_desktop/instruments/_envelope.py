"""Envelopes and slow waves, whole notes at a time. Times in milliseconds, hertz or seconds as named."""

from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

Curve = NDArray[np.float32]
"""[frames]."""

_Milliseconds = Annotated[float, Meta(ge=0, le=60000)]
_RELEASE_STEEPNESS = 5.0
SHORTEST_RELEASE_MS = 8.0
CONTROL_FRAMES = 32
"""How far apart the points of a slow wave are; a whole part of a grid cell."""


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rise, fall and rest of a note while its key is held. Sustain 0..1; the fall is exponential.

    `decay_ms` is the time to fall by 60 dB of the way to the sustain level.
    """

    attack_ms: _Milliseconds = 2.0
    decay_ms: _Milliseconds = 400.0
    sustain: Annotated[float, Meta(ge=0, le=1)] = 1.0

    def curve(self, frames: int, rate: int, first: int = 0, step: int = 1) -> Curve:
        """[frames] from 0 up to 1 and down to the sustain level.

        Args:
            frames: how many values.
            rate: frames per second.
            first: the frame of the note that the first value is for.
            step: how many frames lie between two values.
        """
        attack = max(1, int(self.attack_ms * rate / 1000))
        result = np.empty(frames, np.float32)
        rise = min(max(-((first - attack) // step), 0), frames)
        x = np.arange(first, first + rise * step, step, dtype=np.float32) / np.float32(attack)
        # Rounded at the start and steep in the middle: neither a click nor a late entry.
        result[:rise] = np.sin(x * np.float32(np.pi / 2)) ** 2 if attack < 64 else x * (2 - x)
        if frames > rise:
            decay = max(self.decay_ms, 1.0) * rate / 1000
            since = first + rise * step - attack
            t = np.arange(since, since + (frames - rise) * step, step, dtype=np.float32)
            t *= np.float32(-6.9 / decay)
            result[rise:] = np.float32(self.sustain) + np.float32(1 - self.sustain) * np.exp(t)
        return result

    def heard_frames(self, frames: int, rate: int) -> int:
        """How many of the frames are above −100 dB."""
        if self.sustain > 0:
            return frames
        return min(frames, int((self.attack_ms + max(self.decay_ms, 1.0) * 100 / 60) * rate / 1000) + 1)


def release_curve(frames: int) -> Curve:
    """[frames] from 1 down to 0: exponential, and ending at nothing rather than near it."""
    x = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
    floor = np.float32(np.exp(-_RELEASE_STEEPNESS))
    curve: Curve = (np.exp(np.float32(-_RELEASE_STEEPNESS) * x) - floor) / (1 - floor)
    return curve


def sine(turns: NDArray[np.float64]) -> Curve:
    """[frames] the sine of a phase in turns, in single precision: ten times faster, −120 dB from exact."""
    return np.sin(((turns - np.floor(turns)) * (2 * np.pi)).astype(np.float32))


def between_points(points: NDArray[np.float32]) -> Curve:
    """[…, points] one every `CONTROL_FRAMES` → […, frames] on straight lines between them."""
    steps = np.diff(points) * np.float32(1 / CONTROL_FRAMES)
    ramp = np.arange(CONTROL_FRAMES, dtype=np.float32)
    lines = points[..., :-1, np.newaxis] + steps[..., np.newaxis] * ramp
    return lines.reshape(*points.shape[:-1], -1)


def slow_sine(
    frames: int, rate: int, hz: float, *, phase: float = 0.0, delay_s: float = 0.0, first: int = 0
) -> Curve:
    """[frames] −1..1 from this frame of the note on, swelling in over half a second after `delay_s`; `phase`
    in turns.

    Drawn with straight lines of a fraction of a millisecond: for the slow waves that move a sound.
    """
    skipped, offset = divmod(first, CONTROL_FRAMES)
    count = -(-(offset + frames) // CONTROL_FRAMES) + 1
    points = slow_points(count, rate, hz, phase=phase, delay_s=delay_s, first=skipped)
    return between_points(points)[offset : offset + frames]


def slow_points(
    count: int, rate: int, hz: float, *, phase: float = 0.0, delay_s: float = 0.0, first: int = 0
) -> Curve:
    """[count] the points between which `slow_sine` draws, from this one on."""
    t = np.arange(first, first + count, dtype=np.float64) * (CONTROL_FRAMES / rate)
    wave = sine(hz * t + phase)
    if delay_s > 0:
        wave *= np.clip((t - delay_s) / 0.5, 0, 1).astype(np.float32)
    return wave
