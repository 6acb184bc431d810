"""Any sound at the rate and with the channels that a model hears."""

import numpy as np

from musicgen_desktop.dsp import resample
from musicgen_desktop.generation.musicgen.runtime.path import Floats
from musicgen_desktop.generation.sound import Sound


def resampled(sound: Sound, rate: int, channels: int) -> Floats:
    """Returns [C, F] float32: mono is doubled, stereo is averaged, and frames become those of `rate`."""
    frames = sound.array()
    if channels == 1:
        frames = frames.mean(1, keepdims=True)
    frames = resample(frames, sound.rate, rate)
    return np.repeat(frames.T, channels // frames.shape[1], 0)
