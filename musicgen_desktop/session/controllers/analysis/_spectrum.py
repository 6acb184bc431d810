"""The average spectrum."""

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Sound, as_frames

FLOOR_DB = -180.0
"""What silence is painted as."""

_BATCH = 64

Powers = NDArray[np.float32]


class Spectrum(msgspec.Struct, frozen=True, eq=False):
    """Level over frequency.

    Attributes:
        hertz: [bins] float64, ascending from 0 to half the rate.
        level_db: [bins, channels] float32 in dBFS: a sine of full scale stands at 0; at least −180.
    """

    hertz: NDArray[np.float64]
    level_db: NDArray[np.float32]


def spectrum(audio: Sound, rate: int, *, size: int = 8192, smoothing_octaves: float = 0.0) -> Spectrum:
    """The power of all Hann windows, half overlapping, averaged.

    Args:
        audio: [frames, channels] or [frames]; what is shorter than one window is padded with silence.
        rate: frames per second.
        size: frames of a window; 8192 tells tones 6 Hz apart at 48 kHz.
        smoothing_octaves: width over which power is averaged, such as 1/24; 0 shows every bin. A lone sine is
            lowered by it, the balance of music is easier to see.

    Raises:
        ValueError: when size is odd or below 16, or the rate or the smoothing is impossible.
    """
    if size < 16 or size % 2 or rate <= 0 or smoothing_octaves < 0.0:
        raise ValueError(f"no spectrum of {size} frames at {rate} Hz over {smoothing_octaves} octaves")
    sound = as_frames(audio)
    total = np.zeros((size // 2 + 1, sound.shape[1]))
    count = 0
    for powers in window_powers(sound, size, size // 2):
        total += powers.sum(axis=0, dtype=np.float64)
        count += len(powers)
    power = total / max(count, 1)
    hertz = np.linspace(0.0, rate / 2.0, size // 2 + 1)
    if smoothing_octaves:
        power = _smoothed(power, smoothing_octaves)
    return Spectrum(hertz, in_db(power))


def window_powers(sound: Sound, size: int, hop: int) -> Iterator[Powers]:
    """Powers of Hann windows, some at a time; 1 is a sine of full scale.

    Args:
        sound: [frames, channels].
        size: of a window.
        hop: from one window's start to the next.

    Yields:
        [windows, bins, channels] float32. Shorter sound is one window, padded; none without frames.
    """
    if not len(sound):
        return
    if len(sound) < size:
        sound = np.concatenate([sound, np.zeros((size - len(sound), sound.shape[1]), np.float32)])
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    scale = np.float32(2.0 / window.sum())
    views = np.lib.stride_tricks.sliding_window_view(sound, size, axis=0)[::hop]
    for at in range(0, len(views), _BATCH):
        bins = np.fft.rfft(views[at : at + _BATCH] * (window * scale), axis=2)
        yield np.ascontiguousarray((bins.real**2 + bins.imag**2).transpose(0, 2, 1), np.float32)


def in_db(power: NDArray[np.floating]) -> NDArray[np.float32]:
    """Powers as dBFS, silence as the floor."""
    found: NDArray[np.float32] = (10.0 * np.log10(np.maximum(power, 10.0 ** (FLOOR_DB / 10.0)))).astype(
        np.float32
    )
    return found


def _smoothed(power: NDArray[np.float64], octaves: float) -> NDArray[np.float64]:
    """Means over a band around each bin, which grows with the frequency; never less than the bin itself."""
    bins = np.arange(len(power))
    half = 2.0 ** (octaves / 2.0)
    first = np.ceil(bins / half).astype(np.int64)
    after = np.minimum(np.floor(bins * half).astype(np.int64) + 1, len(power))
    sums = np.concatenate([np.zeros((1, power.shape[1])), np.cumsum(power, axis=0)])
    means: NDArray[np.float64] = (sums[after] - sums[first]) / (after - first)[:, np.newaxis]
    return np.maximum(means, 0.0)
