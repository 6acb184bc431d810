"""Loudness of a programme after ITU-R BS.1770-5 and EBU R 128.

Sources: ITU-R BS.1770-5 annex 1 (K-weighting, channel weights, gates); EBU Tech 3341 (momentary,
short-term); EBU Tech 3342 (loudness range). The standard prints the two filters for 48 kHz only; the analogue
values that give those coefficients by the bilinear transform are from B. De Man, “Evaluation of
Implementations of the EBU R128 Loudness Measurement”, AES 145 (2018), and give them at any rate.
"""

import math
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ._audio import Sound, as_frames

_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_HIGHPASS_HZ, _HIGHPASS_Q = 38.13547087602444, 0.5003270373238773

# After this time the filters' impulse response has fallen below −140 dB of its energy (double pole at 38 Hz).
SETTLED_S = 0.08

_SLICE_S = 0.1
_ABSOLUTE_GATE_LUFS = -70.0
_LOUDER = 1.41  # sound from the side or from behind seems louder: annex 1, table 4

# By number of channels, in the order of WAV files. The low-frequency channel does not count.
_WEIGHTS = {
    4: (1.0, 1.0, _LOUDER, _LOUDER),
    5: (1.0, 1.0, 1.0, _LOUDER, _LOUDER),
    6: (1.0, 1.0, 1.0, 0.0, _LOUDER, _LOUDER),
    8: (1.0, 1.0, 1.0, 0.0, 1.0, 1.0, _LOUDER, _LOUDER),
}

Curve = NDArray[np.float64]


class Loudness(msgspec.Struct, frozen=True):
    """How loud a programme is.

    Attributes:
        integrated_lufs: the whole of it, gated; −inf for silence.
        momentary_max_lufs: the loudest 400 ms.
        short_term_max_lufs: the loudest 3 s; −inf when it is shorter than that.
        range_lu: between its soft and its loud parts (EBU Tech 3342), 0 when there is too little to tell.
    """

    integrated_lufs: float
    momentary_max_lufs: float
    short_term_max_lufs: float
    range_lu: float


def measure_loudness(audio: Sound, rate: int) -> Loudness:
    """All figures from one pass.

    Args:
        audio: [frames, channels] or [frames]; channels in the order of WAV files.
        rate: frames per second.
    """
    # The loudest window may begin anywhere: EBU Tech 3341's case 13 misses it by 0.6 LU on a grid of 100 ms.
    fine = _slice_powers(audio, rate, _SLICE_S / 10)
    power = fine[: len(fine) // 10 * 10].reshape(-1, 10).mean(axis=1)
    return Loudness(
        integrated_lufs=lufs_of(_integrated(power, audio, rate)),
        momentary_max_lufs=lufs_of(float(_windowed(fine, 40).max(initial=0.0))),
        short_term_max_lufs=lufs_of(float(_windowed(fine, 300).max(initial=0.0))),
        range_lu=_range_lu(_windowed(power, 30)),
    )


def integrated_lufs(audio: Sound, rate: int) -> float:
    """Integrated loudness in LUFS, gated at −70 LUFS and 10 LU below the rest; −inf for silence.

    Sound shorter than one gating block (400 ms), of which the standard says nothing, is measured as one.

    Args:
        audio: [frames, channels] or [frames]; channels in the order of WAV files.
        rate: frames per second.
    """
    return lufs_of(_integrated(_slice_powers(audio, rate, _SLICE_S), audio, rate))


def loudness_curve(audio: Sound, rate: int, window_s: float = 3.0, hop_s: float = 0.1) -> Curve:
    """Loudness over time, ungated: entry i tells of the window that starts at i · hop_s.

    Args:
        audio: [frames, channels] or [frames].
        rate: frames per second.
        window_s: 0.4 is momentary, 3.0 short-term; a whole number of hops.
        hop_s: between two entries.

    Returns:
        [windows] in LUFS, −inf where silent; only windows that lie wholly inside the sound.

    Raises:
        ValueError: when the window is no whole number of hops.
    """
    hops = round(window_s / hop_s) if hop_s > 0 else 0
    if hops < 1 or not math.isclose(hops * hop_s, window_s, rel_tol=1e-6):
        raise ValueError(f"A window of {window_s} s is no whole number of hops of {hop_s} s.")
    return _levels_of(_windowed(_slice_powers(audio, rate, hop_s), hops))


def momentary(audio: Sound, rate: int) -> Curve:
    """Momentary loudness: 400 ms windows every 100 ms. See `loudness_curve`."""
    return loudness_curve(audio, rate, 0.4)


def short_term(audio: Sound, rate: int) -> Curve:
    """Short-term loudness: 3 s windows every 100 ms. See `loudness_curve`."""
    return loudness_curve(audio, rate, 3.0)


def loudness_range(audio: Sound, rate: int) -> float:
    """Loudness range in LU: 10th to 95th percentile of gated short-term loudness (EBU Tech 3342).

    Args:
        audio: [frames, channels] or [frames].
        rate: frames per second.
    """
    return _range_lu(_windowed(_slice_powers(audio, rate, _SLICE_S), 30))


def k_weighting(rate: int, hertz: NDArray[np.floating[Any]]) -> NDArray[np.complex128]:
    """The K-weighting's complex response at some frequencies, of the digital filters at `rate`.

    Args:
        rate: frames per second.
        hertz: [n], 0 … rate/2.

    Returns:
        [n]
    """
    z = np.exp(-2j * np.pi * hertz / rate)
    powers = np.stack([np.ones_like(z), z, z * z])
    response: NDArray[np.complex128] = np.ones_like(z)
    for b, a in (_shelf(rate), _highpass(rate)):
        response = response * (np.array(b) @ powers) / (np.array(a) @ powers)
    return response


def channel_weights(channels: int) -> Curve:
    """How much each channel's power counts; [channels]."""
    return np.array(_WEIGHTS.get(channels, (1.0,) * channels))


def lufs_of(power: float) -> float:
    """The loudness of a weighted mean square; −inf for 0."""
    return -0.691 + 10.0 * math.log10(power) if power > 0.0 else -math.inf


def _shelf(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The head's effect: about +4 dB above 1.7 kHz."""
    k = math.tan(math.pi * _SHELF_HZ / rate)
    high = 10.0 ** (_SHELF_DB / 20.0)
    middle = high**0.4996667741545416
    norm = 1.0 + k / _SHELF_Q + k * k
    b = (high + middle * k / _SHELF_Q + k * k, 2.0 * (k * k - high), high - middle * k / _SHELF_Q + k * k)
    a = (1.0, 2.0 * (k * k - 1.0) / norm, (1.0 - k / _SHELF_Q + k * k) / norm)
    return (b[0] / norm, b[1] / norm, b[2] / norm), a


def _highpass(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The revised low-frequency B curve."""
    k = math.tan(math.pi * _HIGHPASS_HZ / rate)
    norm = 1.0 + k / _HIGHPASS_Q + k * k
    a = (1.0, 2.0 * (k * k - 1.0) / norm, (1.0 - k / _HIGHPASS_Q + k * k) / norm)
    return (1.0, -2.0, 1.0), a


def _slice_powers(audio: Sound, rate: int, slice_s: float) -> Curve:
    """Weighted mean square of the K-weighted sound, of each whole slice.

    The recursive filters are applied as a product of spectra, chunk by chunk (overlap-save): numpy has no
    fast recursion, and a chunk's start is thrown away until the response has settled.
    """
    sound = as_frames(audio)
    if rate <= 0:
        raise ValueError(f"A sample rate is positive, not {rate}.")
    frames, channels = sound.shape
    slices = int(frames / (slice_s * rate) + 1e-9)
    if not slices or not channels:
        return np.zeros(0)
    edges = np.round(np.arange(slices + 1) * (slice_s * rate)).astype(np.int64)
    settle = math.ceil(SETTLED_S * rate)
    longest = int(np.diff(edges).max())
    size = 1 << math.ceil(math.log2(settle + max(longest, 0.5 * rate)))
    per_chunk = max(1, (size - settle) // longest)
    response = k_weighting(rate, np.arange(size // 2 + 1) * (rate / size)).astype(np.complex64)
    energy = np.zeros((slices, channels))
    padded = np.zeros((channels, size), np.float32)
    for first in range(0, slices, per_chunk):
        cuts = edges[first : first + per_chunk + 1]
        start, stop = int(cuts[0]) - settle, int(cuts[-1])
        lead = max(0, -start)
        used = stop - start
        padded[:, :lead] = 0.0
        padded[:, lead:used] = sound[start + lead : stop].T
        padded[:, used:] = 0.0
        if not padded.any():
            continue
        weighted = np.fft.irfft(np.fft.rfft(padded) * response, size)
        squares = np.square(weighted[:, settle:used], out=weighted[:, settle:used])
        energy[first : first + len(cuts) - 1] = np.add.reduceat(squares, cuts[:-1] - cuts[0], axis=1).T
    power: Curve = energy @ channel_weights(channels) / np.diff(edges)
    return power


def _windowed(power: Curve, slices: int) -> Curve:
    """Mean over each run of `slices` neighbours."""
    if len(power) < slices:
        return np.zeros(0)
    means: Curve = np.lib.stride_tricks.sliding_window_view(power, slices).mean(axis=1)
    return means


def _integrated(power: Curve, audio: Sound, rate: int) -> float:
    blocks = _windowed(power, 4)
    if not len(blocks):
        blocks = _slice_powers(audio, rate, len(audio) / rate) if len(audio) else blocks
    loud = blocks[_levels_of(blocks) > _ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return 0.0
    return float(loud[loud > loud.mean() * 0.1].mean())  # −10 LU is a tenth of the power


def _range_lu(short_term_power: Curve) -> float:
    loud = short_term_power[_levels_of(short_term_power) > _ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return 0.0
    levels = _levels_of(loud[loud >= loud.mean() * 0.01])  # −20 LU
    low, high = np.percentile(levels, [10.0, 95.0])
    return float(high - low)


def _levels_of(power: Curve) -> Curve:
    with np.errstate(divide="ignore"):
        return -0.691 + 10.0 * np.log10(power)
