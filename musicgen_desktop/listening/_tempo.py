"""Tempo from an onset envelope: a comb over the Fourier tempogram."""

import numpy as np
from numpy.typing import NDArray

from ._onsets import OnsetEnvelope

SLOWEST_BPM = 40.0
FASTEST_BPM = 240.0

_HARMONICS = np.array([1.0, 2.0, 4.0])
_WEIGHTS = np.array([1.0, 0.7, 0.4])
_PREFERRED_BPM = 120.0
_PREFERENCE_OCTAVES = 1.0
_STEP_BPM = 0.02
_REACH = 0.08
_CLEAR = 0.3
"""A beat counts when its comb is at least this share of the strongest one."""


def estimate_tempo(onsets: OnsetEnvelope) -> float | None:
    """Beats a minute between 40 and 240, or None when nothing repeats.

    A beat shows in the envelope's spectrum at its own rate and at the rates that divide it by two and four;
    of the octaves, the one nearer to 120 BPM wins when they are as likely.
    """
    spectrum = _spectrum(onsets)
    if spectrum is None:
        return None
    candidates = np.arange(SLOWEST_BPM, FASTEST_BPM, _STEP_BPM)
    score = _comb(*spectrum, candidates)
    octaves = np.log2(candidates / _PREFERRED_BPM) / _PREFERENCE_OCTAVES
    return float(candidates[np.argmax(score * np.exp(-0.5 * octaves**2))])


def tempo_near(onsets: OnsetEnvelope, wanted_bpm: float) -> float | None:
    """The tempo of the beat that lies within 8 % of the wanted one, or None when no clear beat lies there.

    Use this to hold a sound against a grid that it claims to follow; `estimate_tempo` knows no wish and takes
    a shuffle's triplets for beats now and then.
    """
    spectrum = _spectrum(onsets)
    if spectrum is None:
        return None
    around = np.arange(wanted_bpm * (1.0 - _REACH), wanted_bpm * (1.0 + _REACH), _STEP_BPM)
    score = _comb(*spectrum, around)
    peak = int(np.argmax(score))
    strongest = _comb(*spectrum, np.arange(SLOWEST_BPM, FASTEST_BPM, _STEP_BPM)).max()
    if peak in (0, len(score) - 1) or score[peak] < _CLEAR * strongest:
        return None
    return float(around[peak])


def _spectrum(onsets: OnsetEnvelope) -> tuple[NDArray[np.float64], float] | None:
    """The envelope's magnitudes by frequency and their spacing in Hz; None when it is too short or empty."""
    strength = onsets.strength - onsets.strength.mean()
    if len(strength) < 4 * onsets.rate_hz or not np.any(strength):
        return None
    # Zero padding makes the peak's place finer than the song's length alone allows.
    size = 1 << int(np.ceil(np.log2(len(strength) * 8)))
    return np.abs(np.fft.rfft(strength * np.hanning(len(strength)), size)), onsets.rate_hz / size


def _comb(spectrum: NDArray[np.float64], bin_hz: float, bpm: NDArray[np.float64]) -> NDArray[np.float64]:
    bins = np.arange(len(spectrum))
    score = np.zeros(len(bpm))
    for harmonic, weight in zip(_HARMONICS, _WEIGHTS, strict=True):
        score += weight * np.interp(bpm / 60.0 * harmonic / bin_hz, bins, spectrum)
    return score


def octave_error_percent(measured_bpm: float, *wanted_bpm: float) -> float:
    """How far off a measured tempo is from the nearest of those wanted; half and double count as the same.

    Returns:
        Percent, signed; the smallest in size.
    """
    errors = [
        (measured_bpm * factor / wanted - 1.0) * 100.0 for wanted in wanted_bpm for factor in (1.0, 2.0, 0.5)
    ]
    return errors[int(np.argmin(np.abs(errors)))]
