"""Stacks of single-cycle tables: the synthesizer's way to move a filter without aliasing and without a loop
per sample.

A periodic voice is a list of harmonics. Everything that shapes its timbre — a filter at some cutoff, an FM
index, a string after some time — is worked out on the harmonics, cut below half the sample rate, and turned
into one cycle of sound. A stack holds such cycles for a range of settings ("rows"); a note reads them with
its phase, cross-fading between neighbouring rows as its envelope moves.
"""

import numpy as np
from numpy.typing import NDArray

Spectrum = NDArray[np.complex128]
"""[rows, harmonics]: amplitude and phase of harmonics 1, 2, … (imaginary −1 is a sine of amplitude 1)."""

Stack = NDArray[np.complex128]
"""[rows, length]: each entry packs four float32: value, slope to the next place, and both differences to the
next row.
"""

_CHUNK = 8192  # places read at a time: small enough to stay in the processor's cache


def harmonic_count(highest_hz: float, rate: int) -> int:
    """How many harmonics of this pitch lie safely below half the sample rate; at least 1."""
    return max(1, min(2000, int(0.48 * rate / max(highest_hz, 1.0))))


def table_length(harmonics: int) -> int:
    """Long enough that reading between two places adds nothing above −80 dB."""
    return 2048 if harmonics <= 200 else 4096 if harmonics <= 600 else 8192


def cycles(spectrum: Spectrum, length: int) -> NDArray[np.float32]:
    """[rows, length] one period of each row."""
    rows, harmonics = spectrum.shape
    bins = np.zeros((rows, length // 2 + 1), np.complex64)
    bins[:, 1 : harmonics + 1] = spectrum * (length / 2)
    return np.fft.irfft(bins, length, axis=1).astype(np.float32, copy=False)


def driven(tables: NDArray[np.float32], amount: float, harmonics: int) -> NDArray[np.float32]:
    """Soft saturation of each cycle, cut again to its harmonics: distortion that cannot alias."""
    shaped = np.tanh(np.float32(amount) * tables) / np.float32(np.tanh(amount))
    bins = np.fft.rfft(shaped, axis=1)
    bins[:, 0] = 0
    bins[:, harmonics + 1 :] = 0
    return np.fft.irfft(bins, tables.shape[1], axis=1).astype(np.float32, copy=False)


def packed(tables: NDArray[np.float32]) -> Stack:
    """Tables [rows, length] → the stack that `read` reads."""
    rows, length = tables.shape
    entries = np.zeros((rows, length, 4), np.float32)
    entries[:, :, 0] = tables
    entries[:, :-1, 1] = tables[:, 1:] - tables[:, :-1]
    entries[:, -1, 1] = tables[:, 0] - tables[:, -1]
    entries[:-1, :, 2:] = entries[1:, :, :2] - entries[:-1, :, :2]
    stack: Stack = entries.view(np.complex128)[:, :, 0]
    return stack


def read(
    stack: Stack, phase: NDArray[np.float64], row: NDArray[np.float32] | float, out: NDArray[np.float32]
) -> None:
    """Add the stack's sound to `out`, [frames]; `phase` and `row` as for `read_voices`."""
    one = np.ones(1)
    read_voices(stack, phase, one, one - 1, row, np.ones((1, 1), np.float32), out[np.newaxis])


def read_voices(
    stack: Stack,
    turns: NDArray[np.float64],
    ratios: NDArray[np.float64],
    phases: NDArray[np.float64],
    row: NDArray[np.float32] | float,
    gains: NDArray[np.float32],
    out: NDArray[np.float32],
    later: NDArray[np.float32] | None = None,
) -> None:
    """Add several voices that read the same stack at slightly different pitches.

    Args:
        stack: as `packed` made it.
        turns: [frames] phase in turns, of any size and sign.
        ratios: [voices] by what each voice multiplies it.
        phases: [voices] what each voice then adds to it, in turns.
        row: [frames] or one number, 0 ≤ row ≤ rows − 1.
        gains: [sides, voices] how much of each voice goes to each side.
        out: [sides, frames], added to.
        later: [frames] what is added to every voice's phase besides, in turns.
    """
    rows, length = stack.shape
    flat = stack.ravel()
    steps, offsets = (ratios * length)[:, np.newaxis], (phases * length)[:, np.newaxis]
    blend: NDArray[np.float32] | np.float32
    base: NDArray[np.int64] | int
    if isinstance(row, float):
        base, blend = int(row) * length, np.float32(row - int(row))
    chunk = _CHUNK // len(ratios)
    for start in range(0, len(turns), chunk):
        part = slice(start, start + chunk)
        place = turns[part] * steps
        place += offsets
        if later is not None:
            place += later[part] * np.float32(length)
        whole = np.floor(place)
        place -= whole
        between = place.astype(np.float32)
        index = whole.astype(np.int64)
        index &= length - 1
        if not isinstance(row, float):
            below = row[part].astype(np.int64)
            np.minimum(below, rows - 1, out=below)
            blend = row[part] - below.astype(np.float32)
            below *= length
            base = below
        index += base
        entry = flat.take(index).view(np.float32).reshape(*index.shape, 4)
        value = between * entry[..., 1]
        value += entry[..., 0]
        if rows > 1:
            between *= entry[..., 3]
            between += entry[..., 2]
            between *= blend
            value += between
        out[:, part] += gains @ value


def wave_spectrum(wave: str, harmonics: int, width: float = 0.5) -> Spectrum:
    """[1, harmonics] of a classic wave at about equal loudness.

    Args:
        wave: saw, square, pulse (of `width` 0..1), pulse25 (of a quarter), triangle, sine, or the first
            harmonics in numbers like "1 0 0.3".
        harmonics: how many.
        width: share of the period a pulse is high.

    Raises:
        ValueError: for an unknown wave.
    """
    k = np.arange(1, harmonics + 1)
    amplitude = np.zeros(harmonics)
    if wave == "saw":
        amplitude[:] = 0.6 / k
    elif wave == "square":
        amplitude[:] = np.where(k % 2 == 1, 0.9 / k, 0.0)
    elif wave.startswith("pulse"):
        width = float(wave[5:]) / 100 if wave[5:] else width
        # Centred on its high part; without the mean, which is no sound.
        return np.asarray((0.9 / k) * np.sin(np.pi * k * width), np.complex128)[np.newaxis]
    elif wave == "triangle":
        amplitude[:] = np.where(k % 2 == 1, 0.95 * (-1.0) ** ((k - 1) // 2) / k**2, 0.0)
    elif wave == "sine":
        amplitude[0] = 1.0
    else:
        given = np.array([float(number) for number in wave.split()])[:harmonics]
        amplitude[: len(given)] = given
    return np.asarray(amplitude * -1j, np.complex128)[np.newaxis]
