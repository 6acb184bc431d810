"""A melody as pitch classes: the strongest of twelve at each step. C is bin 0.

The same numbers as transformers' MusicgenMelodyFeatureExtractor, whose filters follow librosa's; resampling
apart, which is soxr's here.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import pad

from musicgen_desktop.generation.musicgen.audio import resampled
from musicgen_desktop.generation.musicgen.runtime.path import Floats
from musicgen_desktop.generation.sound import Sound

_RATE = 32_000
_FFT, _HOP = 16_384, 4_096
_LONGEST_S = 30
_C_ABOVE_A = 3  # semitones by which the bins turn, so that C comes first
_CENTRE_OCTAVE, _OCTAVES = 5.0, 2.0  # of the filters' weight, counted from A0 = 27.5 Hz
_REFERENCE_HZ = 27.5


def melody_chroma(melody: Sound, bins: int, steps: int) -> Floats:
    """One-hot pitch classes, [steps, bins] float32; 235 steps are the 30 s of MusicGen melody.

    A melody shorter than the steps is repeated, and what is longer than 30 s is left out.

    Args:
        melody: of any rate; stereo is averaged.
        bins: of an octave, 12 or a multiple of it.
        steps: how many steps the model prepends.
    """
    audio = torch.from_numpy(resampled(melody, _RATE, 1)[0, : _LONGEST_S * _RATE])
    strongest = (torch.from_numpy(_filters(bins)) @ _spectrum(audio)).argmax(0)
    repeated = strongest.numpy()[np.arange(steps) % len(strongest)]
    one_hot: Floats = np.eye(bins, dtype=np.float32)[repeated]
    return one_hot


def null_chroma(bins: int, steps: int) -> Floats:
    """What stands for no melody: bin 0 at every step, [steps, bins] float32."""
    chroma = np.zeros((steps, bins), np.float32)
    chroma[:, 0] = 1.0
    return chroma


def _spectrum(audio: Tensor) -> Tensor:
    """[F] to power [fft / 2 + 1, F / hop + 1]. Not normalised: a common factor moves no maximum."""
    missing = max(0, _FFT - len(audio))
    audio = pad(audio, (missing // 2, missing - missing // 2))
    return torch.stft(audio, _FFT, _HOP, window=torch.hann_window(_FFT), return_complex=True).abs().square()


def _filters(bins: int) -> Floats:
    """[bins, fft / 2 + 1]: Gaussian bumps around each pitch class, of unit length for each frequency.

    Source: librosa.filters.chroma, tuning 0, norm 2, ctroct 5, octwidth 2.
    """
    hz = np.arange(1, _FFT) * _RATE / _FFT
    pitch = bins * np.log2(hz / _REFERENCE_HZ)
    # 0 Hz has no pitch: it is put one and a half octaves below the first frequency, where it weighs nothing.
    pitch = np.concatenate(([pitch[0] - 1.5 * bins], pitch))
    spread = np.append(np.maximum(np.diff(pitch), 1.0), 1.0)
    half = round(bins / 2)
    distance = (pitch - np.arange(bins)[:, None] + half) % bins - half
    bumps = np.exp(-0.5 * (2 * distance / spread) ** 2)
    bumps /= np.sqrt((bumps**2).sum(0))
    bumps *= np.exp(-0.5 * ((pitch / bins - _CENTRE_OCTAVE) / _OCTAVES) ** 2)
    from_c = np.roll(bumps, -_C_ABOVE_A * (bins // 12), axis=0)
    return np.ascontiguousarray(from_c[:, : _FFT // 2 + 1], np.float32)
