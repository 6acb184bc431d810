"""Magnitude spectra of a mono signal, a slice at a time so that long songs stay small in memory."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_ROWS = 512


def mono(audio: Samples) -> Samples:
    """Mean over channels: [frames, channels] or [frames] → [frames]."""
    return audio if audio.ndim == 1 else np.mean(audio, axis=1, dtype=np.float32)


def magnitudes(signal: Samples, window_frames: int, hop_frames: int) -> Iterator[Samples]:
    """Blocks of |STFT|, each [rows, window_frames // 2 + 1]; row r is centred on frame r · hop_frames."""
    padded = np.pad(signal, (window_frames // 2, window_frames))
    rows = len(signal) // hop_frames + 1
    window = np.hanning(window_frames).astype(np.float32)
    views = np.lib.stride_tricks.sliding_window_view(padded, window_frames)[::hop_frames][:rows]
    for first in range(0, rows, _ROWS):
        yield np.abs(np.fft.rfft(views[first : first + _ROWS] * window, axis=1)).astype(np.float32)
