"""What sounds when: levels over time and frequency, as an image."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Sound, as_frames
from musicgen_desktop.foundation import StopFlag

from ._spectrum import in_db, window_powers


class Spectrogram(msgspec.Struct, frozen=True, eq=False):
    """An image of a sound.

    Attributes:
        hertz: [bins] float64, the middle of each row, evenly spaced in octaves, ascending.
        times_s: [columns] float64, the middle of each column from the sound's start.
        level_db: [bins, columns] float32 in dBFS: a sine of full scale stands at 0; at least −180.
    """

    hertz: NDArray[np.float64]
    times_s: NDArray[np.float64]
    level_db: NDArray[np.float32]


def spectrogram(
    audio: Sound,
    rate: int,
    *,
    columns: int = 800,
    bins: int = 256,
    low_hz: float = 30.0,
    high_hz: float = 20_000.0,
    size: int = 4096,
    stop: StopFlag | None = None,
) -> Spectrogram:
    """Channels averaged, time and pitch as an ear orders them.

    Args:
        audio: [frames, channels] or [frames].
        rate: frames per second.
        columns: at most so many; fewer where the sound is too short to tell them apart.
        bins: rows.
        low_hz: the lowest row.
        high_hz: the highest row; held below half the rate.
        size: frames of a window; longer ones tell pitches apart, shorter ones moments.
        stop: asked between batches of windows.

    Raises:
        Stopped: when `stop` was set.
        ValueError: when a figure is impossible.
    """
    high_hz = min(high_hz, 0.499 * rate)
    if not (columns > 0 and bins > 1 and size >= 16 and 0.0 < low_hz < high_hz):
        raise ValueError(f"no image of {columns} × {bins} from {low_hz} to {high_hz} Hz")
    sound = as_frames(audio)
    hop = max(size // 8, min(size // 2, len(sound) // columns))
    if len(sound):  # windows stand around their moment, so that the image reaches from end to end
        sound = np.pad(sound, ((size // 2, size // 2), (0, 0)))
    rows = _Rows(bins, low_hz, high_hz, rate, size)
    lines: list[NDArray[np.float32]] = []
    for powers in window_powers(sound, size, hop):
        if stop is not None:
            stop.raise_if_set()
        lines.append(rows.of(powers.mean(axis=2)))
    image = np.concatenate(lines) if lines else np.zeros((0, bins), np.float32)
    starts = np.unique(np.arange(min(columns, len(image))) * len(image) // max(min(columns, len(image)), 1))
    # Several windows under one column: the loudest shows, so that no hit falls between two columns.
    loudest = np.maximum.reduceat(image, starts, axis=0) if len(starts) else image
    ends = np.append(starts[1:], len(image))
    middles = (starts + ends[: len(starts)] - 1) * (hop / (2.0 * rate))
    return Spectrogram(rows.hertz, middles, np.ascontiguousarray(in_db(loudest).T))


class _Rows:
    """From evenly spaced bins to rows evenly spaced in octaves."""

    def __init__(self, bins: int, low_hz: float, high_hz: float, rate: int, size: int) -> None:
        self.hertz = np.geomspace(low_hz, high_hz, bins)
        half_step = (high_hz / low_hz) ** (0.5 / (bins - 1))
        last = size // 2
        self._first = np.clip(np.ceil(self.hertz / half_step * size / rate), 0, last).astype(np.int64)
        self._after = np.clip(
            np.floor(self.hertz * half_step * size / rate) + 1, self._first + 1, last + 1
        ).astype(np.int64)
        # Low rows are narrower than a bin: they are drawn between the two that lie around them.
        place = np.minimum(self.hertz * size / rate, last - 1e-6)
        self._left = place.astype(np.int64)
        self._share = (place - self._left).astype(np.float32)
        self._is_narrow = self.hertz * (half_step - 1.0 / half_step) * size / rate < 1.0

    def of(self, powers: NDArray[np.float32]) -> NDArray[np.float32]:
        """[windows, bins] → [windows, rows]: the loudest bin of each row."""
        padded = np.concatenate([powers, powers[:, -1:]], axis=1)
        cuts = np.stack([self._first, self._after], axis=1).reshape(-1)
        wide = np.maximum.reduceat(padded, cuts, axis=1)[:, ::2]
        between = powers[:, self._left] * (1 - self._share) + powers[:, self._left + 1] * self._share
        found: NDArray[np.float32] = np.where(self._is_narrow, between, wide).astype(np.float32)
        return found
