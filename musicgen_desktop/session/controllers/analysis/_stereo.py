"""How left and right belong together."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Audio, Sound, as_frames

_BATCH = 256  # windows at a time: half an hour must not need gigabytes
_SILENT_POWER = 1e-12  # −120 dBFS


class Correlation(msgspec.Struct, frozen=True, eq=False):
    """How alike left and right are over time.

    Attributes:
        times_s: [n] the middle of each window, seconds from the sound's start.
        values: [n] 1 is mono, 0 has nothing in common (or is silent), −1 vanishes in mono.
        overall: of the whole sound.
    """

    times_s: NDArray[np.float64]
    values: NDArray[np.float64]
    overall: float


def correlation(audio: Sound, rate: int, window_s: float = 0.1) -> Correlation:
    """The correlation of the two sides, window by window.

    Args:
        audio: [frames, 2]; [frames, 1] or [frames] is mono. Further channels are passed over.
        rate: frames per second.
        window_s: above 0; the last window may be shorter.

    Raises:
        ValueError: when the window has no frame.
    """
    window = round(window_s * rate)
    if window < 1:
        raise ValueError(f"a window of {window_s} s has no frame at {rate} Hz")
    sides = _sides(audio)
    starts = np.arange(0, len(sides), window)
    if not len(starts):
        return Correlation(np.zeros(0), np.zeros(0), 0.0)
    sums = np.concatenate(
        [_sums(sides[at : at + _BATCH * window], window) for at in starts[::_BATCH].tolist()], axis=1
    )
    lengths = np.diff(np.append(starts, len(sides)))
    whole = _alike(sums.sum(axis=1, keepdims=True), np.array([len(sides)]))
    return Correlation((starts + lengths / 2.0) / rate, _alike(sums, lengths), float(whole[0]))


def goniometer(audio: Sound, points: int = 4096) -> NDArray[np.float32]:
    """Points for a goniometer: mono is a vertical line, left leans to the left.

    Args:
        audio: as in `correlation`.
        points: at most so many, evenly over the sound.

    Returns:
        [≤ points, 2] float32: x = (right − left)/√2, y = (left + right)/√2, so that full scale is 1 along the
        sides and √2 upwards.
    """
    sides = _sides(audio)
    chosen = sides[:: max(1, -(-len(sides) // points))]
    left, right = chosen.T
    found: NDArray[np.float32] = (np.stack([right - left, left + right], axis=1) * np.sqrt(0.5)).astype(
        np.float32
    )
    return found


def _sides(audio: Sound) -> Audio:
    sound = as_frames(audio)
    return sound[:, :2] if sound.shape[1] > 1 else np.repeat(sound, 2, axis=1)


def _sums(sides: Audio, window: int) -> NDArray[np.float64]:
    """The sums of left · right, left² and right² of every window: [3, windows]."""
    missing = -len(sides) % window
    padded = np.pad(sides, ((0, missing), (0, 0))).T.astype(np.float64)
    left, right = padded.reshape(2, -1, window)
    pairs = ((left, right), (left, left), (right, right))
    return np.stack([np.einsum("nw,nw->n", one, other) for one, other in pairs])


def _alike(sums: NDArray[np.float64], lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """From what `_sums` found, over so many frames each."""
    both, left, right = sums
    is_heard = np.minimum(left, right) > _SILENT_POWER * lengths
    energy = np.sqrt(np.where(is_heard, left * right, 1.0))
    found: NDArray[np.float64] = np.clip(np.where(is_heard, both / energy, 0.0), -1.0, 1.0)
    return found
