"""The peak of the waveform between the samples.

Source: ITU-R BS.1770-5 annex 2 (four times oversampling, then the largest magnitude). The interpolator is
longer than the annex's example, so that it is flat up to 20 kHz at 44.1 kHz.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ._audio import Sound, as_frames
from ._gain import gain_to_db
from ._level import peak_dbfs

OVERSAMPLING = 4
REACH = 24
"""Samples that the interpolator looks at on each side of a gap."""

ROW = 32
"""Gaps that one row of the interpolating matrix product fills."""

_BETA = 7.0
_CHUNK = ROW * 1024


@cache
def interpolator() -> NDArray[np.float32]:
    """The matrix that fills `ROW` gaps between samples with three points each.

    Returns:
        [ROW + 2·REACH − 1, 3·ROW] float32: a row vector of samples, which starts `REACH − 1` before the first
        gap's left sample and ends `REACH` after the last one's, times it gives the points.

    Source: sinc under a Kaiser window.
    """
    taps = np.arange(1 - REACH, REACH + 1)
    matrix = np.zeros((ROW + 2 * REACH - 1, OVERSAMPLING - 1, ROW))
    for phase in range(1, OVERSAMPLING):
        offset = taps - phase / OVERSAMPLING
        window = np.i0(_BETA * np.sqrt(np.clip(1.0 - (offset / REACH) ** 2, 0.0, None))) / np.i0(_BETA)
        kernel = np.sinc(offset) * window
        kernel /= kernel.sum()  # a constant stays that constant
        for gap in range(ROW):
            matrix[gap : gap + 2 * REACH, phase - 1, gap] = kernel
    return matrix.reshape(ROW + 2 * REACH - 1, -1).astype(np.float32)


@cache
def overshoot() -> float:
    """How many times larger than the samples around it an interpolated point can be at most (L1 norm)."""
    return float(np.abs(interpolator()).sum(axis=0).max())


def true_peak_dbtp(audio: Sound, rate: int) -> float:
    """The true peak in dBTP; −inf for silence or no frames.

    Args:
        audio: [frames, channels] or [frames]; silence is assumed around it.
        rate: frames per second; the measure is relative to it, so it only has to be positive.

    Raises:
        ValueError: when the rate is not positive.
    """
    if rate <= 0:
        raise ValueError(f"A sample rate is positive, not {rate}.")
    sound = as_frames(audio)
    peak = 10.0 ** (peak_dbfs(sound) / 20.0)
    if not peak:
        return gain_to_db(0.0)
    for channel in sound.T:
        for at in range(-REACH, len(channel) + REACH, _CHUNK):
            peak = max(peak, _peak_between(channel, at, peak))
    return gain_to_db(peak)


def _peak_between(channel: Sound, at: int, floor: float) -> float:
    """The largest point in the gaps at … at + _CHUNK, or less than `floor` if none exceeds it."""
    gaps = min(_CHUNK, len(channel) + REACH - at)
    rows = -(-gaps // ROW)
    needed = rows * ROW + 2 * REACH - 1
    start = at - REACH + 1
    low, high = max(0, start), min(len(channel), start + needed)
    padded = np.zeros(needed, np.float32)
    padded[low - start : high - start] = channel[low:high]
    windows = np.lib.stride_tricks.sliding_window_view(padded, ROW + 2 * REACH - 1)[::ROW]
    # Where the samples are so small that even the worst interpolation stays below the peak, none is needed.
    sizes = np.abs(padded)
    body = sizes[: rows * ROW].reshape(rows, ROW).max(axis=1)
    tail = np.append(body[1:], 0.0)
    after = np.append(tail[1:], sizes[rows * ROW :].max())
    if rows > 1:
        tail[-1] = after[-1]
        after[-2] = max(after[-2], after[-1])
    else:
        tail[-1] = after[-1]
    loud = np.maximum(np.maximum(body, tail), after) * overshoot() > floor
    if not loud.any():
        return 0.0
    points = windows[loud] @ interpolator()
    return max(float(points.max()), -float(points.min()))
