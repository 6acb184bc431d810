"""A limiter that looks ahead and holds the true peak, for the end of the master bus.

How it works: the true peak around each frame says how far the gain has to fall there; the smallest such gain
within reach is held, rises again at a steady pace in dB, and is smoothed by a triangle that has reached the
needed gain when the peak comes. Everything is per frame, or lies on a grid of blocks that is counted from the
first frame, so the samples do not depend on the sizes of the blocks handed in, down to the last bit.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ._audio import Audio, Sound, as_frames
from ._gain import db_to_gain
from ._level import peak_dbfs
from ._true_peak import OVERSAMPLING, REACH, ROW, interpolator, overshoot

_BLOCK = 16 * ROW
_ATTACK_S = 0.00135  # one side of the triangle, rounded to a power of two of frames
_HOLD_S = 0.008  # longer than half a period of most basses, so that those are not bent
_RELEASE_DB_PER_S = 50.0
_MARGIN_DB = 0.02  # what a moving gain may add between two samples
_UNIT = 1_000_000  # gains are kept as whole millionths of a dB: sums of them are exact in any order
_CHUNK = 64 * _BLOCK


class TruePeakLimiter:
    """Holds the true peak under a ceiling, block by block; all channels get the same gain.

    Below the ceiling the samples pass unchanged to the bit. The output's true peak exceeds the ceiling by at
    most 0.05 dB (measured as `true_peak_dbtp` does).

    Args:
        rate: frames per second.
        ceiling_db: dBTP, at most +20.
        channels: of every block.

    Raises:
        ValueError: when a figure is impossible.
    """

    def __init__(self, rate: int, ceiling_db: float = -1.0, channels: int = 2) -> None:
        if rate <= 0 or channels <= 0 or not -120.0 <= ceiling_db <= 20.0:
            raise ValueError(f"No limiter works at {rate} Hz, {channels} channels and {ceiling_db} dBTP.")
        self._ceiling = db_to_gain(ceiling_db)
        self._doublings = max(0, round(math.log2(rate * _ATTACK_S)))
        self._attack: int = 2 ** (self._doublings + 1) - 1  # frames that the triangle spans
        self._reach_back = (
            self._attack + 1 + round(rate * _HOLD_S)
        )  # frames of which the smallest gain counts
        self._release = max(1, round(_RELEASE_DB_PER_S * _UNIT / rate))
        self._delay = REACH + self._attack - 1
        self._channels = channels
        self.reset()

    @property
    def latency_frames(self) -> int:
        """How much later a frame leaves than it entered."""
        frames: int = self._delay + _BLOCK - 1
        return frames

    def reset(self) -> None:
        """Forget all sound heard."""
        history = max(self._delay, 2 * REACH - 1)
        self._heard = np.zeros((history, self._channels), np.float32)  # what lies before the next grid block
        self._waiting = np.zeros((0, self._channels), np.float32)  # not yet a whole grid block
        self._ready = np.zeros((_BLOCK - 1, self._channels), np.float32)
        self._needed = np.zeros(self._reach_back - 1, np.int64)
        self._held = 0
        self._gains = np.ones(self._attack - 1)

    def process(self, block: Sound) -> Audio:
        """Take frames and give as many, `latency_frames` late.

        Args:
            block: [frames, channels], or [frames] for mono.

        Returns:
            [frames, channels] float32.

        Raises:
            ValueError: when the channels differ.
        """
        sound = np.asarray(as_frames(block), dtype=np.float32)
        if sound.shape[1] != self._channels:
            raise ValueError(f"The limiter has {self._channels} channels, the block {sound.shape[1]}.")
        waiting = np.concatenate([self._waiting, sound])
        ready = [self._ready]
        whole = len(waiting) // _BLOCK * _BLOCK
        ready += [self._limited(waiting[at : min(at + _CHUNK, whole)]) for at in range(0, whole, _CHUNK)]
        self._waiting = waiting[whole:].copy()
        out = np.concatenate(ready)
        self._ready = out[len(sound) :].copy()
        return out[: len(sound)]

    def flush(self) -> Audio:
        """What is still inside: the last `latency_frames` frames. The limiter is as new afterwards."""
        rest = self.process(np.zeros((self.latency_frames, self._channels), np.float32))
        self.reset()
        return rest

    def _limited(self, blocks: Audio) -> Audio:
        """The frames that lie `_delay` before some whole grid blocks, limited."""
        frames = len(blocks)
        sound = np.concatenate([self._heard, blocks])
        needed = np.concatenate([self._needed, self._reductions(sound[len(self._heard) - 2 * REACH + 1 :])])
        self._heard = sound[frames:].copy()
        self._needed = needed[frames:].copy()
        delayed = sound[len(sound) - frames - self._delay : len(sound) - self._delay]
        held = self._released(_smallest(needed, self._reach_back))
        if not held.any() and (self._gains == 1.0).all():
            return delayed
        gains = np.concatenate([self._gains, 10.0 ** (held / (20.0 * _UNIT))])
        self._gains = gains[frames:].copy()
        for _ in range(2):  # two boxes make a triangle; adding by halves costs few passes
            for doubling in range(self._doublings):
                step = 2**doubling
                gains = gains[step:] + gains[:-step]
        gains *= 0.25**self._doublings
        limited: Audio = delayed * gains.astype(np.float32)[:, np.newaxis]
        return limited

    def _reductions(self, sound: Audio) -> NDArray[np.int64]:
        """How much the gain has to fall in each gap between two samples, in units ≤ 0.

        Args:
            sound: [2·REACH − 1 + whole grid blocks, channels].
        """
        blocks = (len(sound) - 2 * REACH + 1) // _BLOCK
        peaks = np.zeros((blocks, _BLOCK), np.float32)
        for channel in sound.T:
            padded = np.ascontiguousarray(channel)
            sizes = np.abs(padded)
            inside = sizes[2 * REACH - 1 :].reshape(blocks, _BLOCK).max(axis=1)
            heads = np.lib.stride_tricks.sliding_window_view(sizes, 2 * REACH - 1)[::_BLOCK]
            before = heads[:blocks].max(axis=1)
            loud = np.flatnonzero(np.maximum(inside, before) * overshoot() > self._ceiling)
            if not len(loud):
                continue
            rows = np.lib.stride_tricks.sliding_window_view(padded, ROW + 2 * REACH - 1)[::ROW]
            # One product per grid block, all of one shape: rounding cannot depend on the neighbours.
            grid = rows.reshape(blocks, _BLOCK // ROW, -1)[loud]
            points = np.abs(grid @ interpolator())
            points = points.reshape(len(loud), _BLOCK // ROW, OVERSAMPLING - 1, ROW)
            found = points.max(axis=2).reshape(len(loud), _BLOCK)
            at_samples = sizes[REACH - 1 : REACH - 1 + blocks * _BLOCK].reshape(blocks, _BLOCK)[loud]
            peaks[loud] = np.maximum(peaks[loud], np.maximum(found, at_samples))
        reductions = np.zeros(blocks * _BLOCK, np.int64)
        flat = peaks.reshape(-1)
        over = np.flatnonzero(flat > self._ceiling)
        if len(over):
            fall = 20.0 * np.log10(self._ceiling / flat[over].astype(np.float64)) - _MARGIN_DB
            reductions[over] = np.floor(fall * _UNIT).astype(np.int64)
        return reductions

    def _released(self, target: NDArray[np.int64]) -> NDArray[np.int64]:
        """Falls at once, rises by `_release` a frame: min(target[i], held[i − 1] + release)."""
        ramp = np.arange(1, len(target) + 1, dtype=np.int64) * self._release
        held = np.minimum(np.minimum.accumulate(target - ramp), self._held) + ramp
        np.minimum(held, 0, out=held)
        self._held = int(held[-1])
        return held


def limit_true_peak(audio: Sound, rate: int, ceiling_db: float = -1.0) -> Audio:
    """The sound with its true peak held under a ceiling, in time with the original. See `TruePeakLimiter`.

    Args:
        audio: [frames, channels] or [frames].
        rate: frames per second.
        ceiling_db: dBTP.

    Returns:
        [frames, channels] float32; a copy when nothing exceeds the ceiling.
    """
    sound = as_frames(audio)
    limiter = TruePeakLimiter(rate, ceiling_db, max(1, sound.shape[1]))
    limited = np.array(sound, dtype=np.float32)
    if db_to_gain(peak_dbfs(sound)) * overshoot() <= db_to_gain(ceiling_db):
        return limited
    late = limiter.latency_frames
    for at in range(0, len(sound), _CHUNK):
        block = limiter.process(sound[at : at + _CHUNK])
        early = max(0, late - at)  # frames of this block that lie before the first
        if early < len(block):
            limited[at + early - late : at + len(block) - late] = block[early:]
    early = max(0, late - len(sound))
    limited[len(sound) + early - late :] = limiter.flush()[early:]
    return limited


def _smallest(values: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """The smallest of each run of `length` neighbours, by doubling the run.

    Returns:
        [values − length + 1]
    """
    frames = len(values) - length + 1
    span = 1
    while 2 * span <= length:
        values = np.minimum(values[span:], values[:-span])
        span *= 2
    return np.minimum(values[:frames], values[length - span : length - span + frames])
