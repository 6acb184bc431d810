"""Loudness of a programme while it plays, for hours if need be. See `_loudness` for the measures and sources.

Every tenth of a second is weighted at once, as a product of spectra: numpy has no fast recursion. What gates
and percentiles need of the past is kept as a histogram, so that memory does not grow.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ._audio import Audio, Sound, as_frames
from ._live_true_peak import LiveTruePeak
from ._loudness import SETTLED_S, channel_weights, k_weighting, lufs_of

_PIECE_S = 0.1
_SLICES = 10
"""Into which a piece is cut: a loud moment may begin anywhere (EBU Tech 3341, cases 10 to 14)."""

_MOMENTARY, _SHORT_TERM = 40, 300  # slices
_LOWEST_LUFS, _HIGHEST_LUFS = -70.0, 30.0
_BINS_PER_LU = 100


class LiveLoudness:
    """Momentary, short-term and integrated loudness, loudness range and true peak of what was heard so far.

    The figures are renewed ten times a second and agree with `measure_loudness` and `true_peak_dbtp`.

    Args:
        rate: frames per second.
        channels: of every block, in the order of WAV files.

    Raises:
        ValueError: when the rate or the channels are not positive.
    """

    def __init__(self, rate: int, channels: int = 2) -> None:
        if rate <= 0 or channels <= 0:
            raise ValueError(f"No loudness can be measured at {rate} Hz and {channels} channels.")
        self._rate, self._channels = rate, channels
        self._settle = math.ceil(SETTLED_S * rate)
        self._size = _fast_size(self._settle + math.ceil(_PIECE_S * rate) + 1)
        hertz = np.arange(self._size // 2 + 1) * (rate / self._size)
        self._response = k_weighting(rate, hertz).astype(np.complex64)
        self._weights = channel_weights(channels)
        self._true_peak = LiveTruePeak(channels)
        self.reset()

    def reset(self) -> None:
        """Forget all sound heard."""
        self._sound: Audio = np.zeros((self._channels, self._size), np.float32)
        self._filled = self._settle
        self._pieces = 0
        self._ends = self._slice_ends()
        self._powers = np.zeros(_SHORT_TERM + _SLICES - 1)
        self._heard_slices = 0
        self._momentary_max = self._short_term_max = 0.0
        self._blocks = _Histogram()
        self._short_terms = _Histogram()
        self._true_peak.reset()

    def add(self, block: Sound) -> None:
        """Hear more.

        Args:
            block: [frames, channels], or [frames] for mono, of any length.
        """
        self.add_planar(np.asarray(as_frames(block), np.float32).T)

    def add_planar(self, block: Audio) -> None:
        """Hear more.

        Args:
            block: [channels, frames] float32 of any length; neither kept nor changed.

        Raises:
            ValueError: when the channels differ.
        """
        if len(block) != self._channels:
            raise ValueError(f"The meter has {self._channels} channels, the block {len(block)}.")
        self._true_peak.add(block)
        at = 0
        while at < block.shape[1]:
            count = min(block.shape[1] - at, self._settle + int(self._ends[-1]) - self._filled)
            self._sound[:, self._filled : self._filled + count] = block[:, at : at + count]
            self._filled += count
            at += count
            if self._filled == self._settle + self._ends[-1]:
                self._finish_piece()

    @property
    def pieces(self) -> int:
        """Tenths of a second measured so far: the figures change when this does."""
        return self._pieces

    @property
    def momentary_lufs(self) -> float:
        """The last 400 ms; −inf before there are as many, and for silence."""
        return lufs_of(self._mean_of_last(_MOMENTARY))

    @property
    def short_term_lufs(self) -> float:
        """The last 3 s; −inf before there are as many, and for silence."""
        return lufs_of(self._mean_of_last(_SHORT_TERM))

    @property
    def momentary_max_lufs(self) -> float:
        """The loudest 400 ms so far, wherever they began."""
        return lufs_of(self._momentary_max)

    @property
    def short_term_max_lufs(self) -> float:
        """The loudest 3 s so far, wherever they began."""
        return lufs_of(self._short_term_max)

    @property
    def integrated_lufs(self) -> float:
        """All of it, gated at −70 LUFS and 10 LU below the rest; −inf for silence."""
        return lufs_of(self._blocks.mean_within(10.0))

    @property
    def range_lu(self) -> float:
        """Loudness range: 10th to 95th percentile of short-term loudness, gated 20 LU below the rest."""
        return self._short_terms.spread_within(20.0, 0.10, 0.95)

    @property
    def true_peak_dbtp(self) -> float:
        """The largest true peak so far; −inf for silence."""
        return self._true_peak.max_dbtp

    def take_true_peak_dbtp(self) -> float:
        """The largest true peak since the last call of this; −inf for silence."""
        return self._true_peak.take_dbtp()

    def _slice_ends(self) -> NDArray[np.int64]:
        """Where the slices of the next piece end, in frames from its beginning; rounded without drift."""
        first = self._pieces * _SLICES
        slices = np.arange(first, first + _SLICES + 1)
        edges = np.round(slices * (self._rate * _PIECE_S / _SLICES)).astype(np.int64)
        ends: NDArray[np.int64] = edges[1:] - edges[0]
        return ends

    def _finish_piece(self) -> None:
        end = self._settle + int(self._ends[-1])
        powers = np.zeros(_SLICES)
        if not np.isfinite(self._sound[:, :end].sum()):  # one bad sample must not stay in the meter for good
            np.nan_to_num(self._sound, copy=False, posinf=0.0, neginf=0.0)
        if self._sound[:, :end].any():
            self._sound[:, end:] = 0.0
            weighted = np.fft.irfft(np.fft.rfft(self._sound) * self._response, self._size)
            squares = np.square(weighted[:, self._settle : end])
            starts = np.concatenate([[0], self._ends[:-1]])
            energy = np.add.reduceat(squares, starts, axis=1)
            powers = self._weights @ energy / np.diff(self._ends, prepend=0)
        self._sound[:, : self._settle] = self._sound[:, end - self._settle : end].copy()
        self._filled = self._settle
        self._pieces += 1
        self._ends = self._slice_ends()
        self._note(powers)

    def _note(self, powers: NDArray[np.float64]) -> None:
        self._powers = np.concatenate([self._powers[_SLICES:], powers])
        self._heard_slices += _SLICES
        for window in (_MOMENTARY, _SHORT_TERM):
            # Windows that end inside the newest piece and began after the sound did.
            count = min(_SLICES, self._heard_slices - window + 1)
            if count <= 0:
                continue
            recent = self._powers[-(window + count - 1) :]
            loudest = float(np.lib.stride_tricks.sliding_window_view(recent, window).mean(axis=1).max())
            if window == _MOMENTARY:
                self._momentary_max = max(self._momentary_max, loudest)
                self._blocks.add(self._mean_of_last(window))
            else:
                self._short_term_max = max(self._short_term_max, loudest)
                self._short_terms.add(self._mean_of_last(window))

    def _mean_of_last(self, slices: int) -> float:
        return float(self._powers[-slices:].mean()) if self._heard_slices >= slices else 0.0


class _Histogram:
    """Powers above −70 LUFS, counted in bins of a hundredth of a LU."""

    def __init__(self) -> None:
        bins = round((_HIGHEST_LUFS - _LOWEST_LUFS) * _BINS_PER_LU)
        self._counts = np.zeros(bins, np.int64)
        self._sums = np.zeros(bins)

    def add(self, power: float) -> None:
        loudness = lufs_of(power)
        if loudness > _LOWEST_LUFS:
            at = self._bin(loudness)
            self._counts[at] += 1
            self._sums[at] += power

    def mean_within(self, range_lu: float) -> float:
        """The mean power of all that is not more than this below the mean of everything; 0 for nothing."""
        first = self._gate(range_lu)
        count = int(self._counts[first:].sum())
        return float(self._sums[first:].sum()) / count if count else 0.0

    def spread_within(self, range_lu: float, low: float, high: float) -> float:
        """From one quantile to another, in LU, of all that is not more than this below the mean."""
        counts = self._counts[self._gate(range_lu) :]
        total = int(counts.sum())
        if not total:
            return 0.0
        passed = np.cumsum(counts)
        places = [np.searchsorted(passed, 1 + quantile * (total - 1)) for quantile in (low, high)]
        return float(places[1] - places[0]) / _BINS_PER_LU

    def _gate(self, range_lu: float) -> int:
        count = int(self._counts.sum())
        return self._bin(lufs_of(float(self._sums.sum()) / count) - range_lu) if count else 0

    def _bin(self, loudness: float) -> int:
        place = math.floor((loudness - _LOWEST_LUFS) * _BINS_PER_LU)
        return min(max(place, 0), len(self._counts) - 1)


def _fast_size(least: int) -> int:
    """The smallest even size ≥ `least` without a prime factor above 5, which FFTs are quick at."""
    size = least + least % 2
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 2
