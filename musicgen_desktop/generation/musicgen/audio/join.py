"""Two pieces of sound become one, and how well the seam came out. C channels, F frames."""

import math

import numpy as np

from musicgen_desktop.dsp import fade_in
from musicgen_desktop.generation.musicgen.runtime.path import Floats

SILENCE_DBFS = -120.0
SEAM_REACH = 32
"""Frames on both sides of a seam that it is compared with: a millisecond."""


def crossfade(leaving: Floats, coming: Floats) -> Floats:
    """Fade from one [C, F] into another of the same shape with a raised cosine.

    The gains add up to 1: both sides of a join are the same music, so their amplitudes add, not their powers.
    """
    gain = fade_in(leaving.shape[1], "s_curve")
    mixed: Floats = leaving * (1 - gain) + coming * gain
    return mixed


def seam_dbfs(audio: Floats, frame: int) -> float:
    """How far sound jumps between two frames, beyond what it does of itself around them, in dBFS.

    A jump is the step into a frame less the mean of the steps before and after it. The largest one up to
    `SEAM_REACH` frames to both sides of the seam is what the music does of itself, and is taken off; the
    worst channel counts.

    Args:
        audio: [C, F], full scale is 1.
        frame: the first one after the seam; 2 to F - 2.

    Returns:
        -120 for a seam that nothing tells from the music around it; 0 for a jump of full scale.
    """
    if not 2 <= frame <= audio.shape[1] - 2:
        raise ValueError("a seam needs two frames on both sides")
    start = max(0, frame - SEAM_REACH)
    steps = np.diff(audio[:, start : frame + SEAM_REACH].astype(np.float64), axis=1)
    jumps = np.abs(steps[:, 1:-1] - (steps[:, :-2] + steps[:, 2:]) / 2)  # of frames start + 2, start + 3, ...
    seam = frame - start - 2
    own = np.delete(jumps, range(max(0, seam - 2), min(seam + 3, jumps.shape[1])), axis=1)
    worst = float((jumps[:, seam] - own.max(axis=1, initial=0.0)).max())
    return max(SILENCE_DBFS, 20.0 * math.log10(max(worst, 1e-12)))
