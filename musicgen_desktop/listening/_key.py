"""Key from chroma: correlation with the key profiles of listeners."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import resample
from musicgen_desktop.music import Key

from ._spectrum import Samples, magnitudes, mono

# C. L. Krumhansl, "Cognitive Foundations of Musical Pitch" (1990), probe-tone ratings.
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])

_RATE = 11_025
_WINDOW = 8192
_HOP = 4096
_LOW_HZ, _HIGH_HZ = 55.0, 2000.0
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class KeyMeasure(NamedTuple):
    """The likeliest key and how well its profile fits (correlation, −1..1)."""

    key: Key
    fit: float


def estimate_key(audio: Samples, rate: int) -> KeyMeasure | None:
    """The major or minor key of the sound, or None for silence.

    Args:
        audio: [frames] or [frames, channels]; harmonic parts without drums give the best answer.
        rate: frames per second.
    """
    chroma = _chroma(np.ascontiguousarray(resample(mono(audio)[:, np.newaxis], rate, _RATE)[:, 0]))
    if not np.any(chroma):
        return None
    best: tuple[float, int, str] = (-2.0, 0, "major")
    for scale, profile in (("major", _MAJOR), ("minor", _MINOR)):
        for tonic in range(12):
            fit = float(np.corrcoef(chroma, np.roll(profile, tonic))[0, 1])
            best = max(best, (fit, tonic, scale))
    fit, tonic, scale = best
    return KeyMeasure(Key.parse(f"{_NAMES[tonic]} {scale}"), fit)


def keys_agree(measured: Key, wanted: Key) -> bool:
    """Same tonic and third, relative, or a fifth away: keys that share all or all but one of their notes."""
    if measured.tonic == wanted.tonic and measured.is_minor == wanted.is_minor:
        return True
    return _signature(measured) in {(_signature(wanted) + shift) % 12 for shift in (0, 7, 5)}


def _signature(key: Key) -> int:
    """The pitch class of the major key with the same notes; D dorian has those of C.

    Scales that no major key has (blues, harmonic minor) count by their third.
    """
    for tonic in range(12):
        if set(key.pitch_classes) == set(Key.of(tonic).pitch_classes):
            return tonic
    return (key.tonic + 3) % 12 if key.is_minor else key.tonic


def _chroma(signal: Samples) -> NDArray[np.float64]:
    """Energy per pitch class, compressed so that one loud note does not decide alone: [12]."""
    frequencies = np.fft.rfftfreq(_WINDOW, 1.0 / _RATE)
    heard = (frequencies >= _LOW_HZ) & (frequencies <= _HIGH_HZ)
    pitch = 69.0 + 12.0 * np.log2(frequencies[heard] / 440.0)
    nearest = np.round(pitch)
    # Bins between two semitones say nothing about either.
    weight = np.exp(-0.5 * ((pitch - nearest) / 0.2) ** 2)
    fold = np.zeros((int(heard.sum()), 12))
    fold[np.arange(len(nearest)), nearest.astype(int) % 12] = weight
    chroma = np.zeros(12)
    for block in magnitudes(signal, _WINDOW, _HOP):
        rows = block[:, heard] @ fold
        total = rows.sum(axis=1, keepdims=True)
        chroma += (np.sqrt(rows) * (total > 1e-3 * (total.max() + 1e-12))).sum(axis=0)
    return chroma
