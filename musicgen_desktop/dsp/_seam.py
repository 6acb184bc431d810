"""How well two pieces of sound were joined."""

import math

import numpy as np

from ._audio import Audio

SEAMLESS_DBFS = -120.0
SEAM_REACH = 32
"""Frames on both sides of a seam that it is compared with: a millisecond or less."""


def seam_dbfs(audio: Audio, frame: int) -> float:
    """How far sound jumps between two frames, beyond what it does of itself around them, in dBFS.

    A jump is the step into a frame less the mean of the steps before and after it. The largest one up to
    `SEAM_REACH` frames to both sides of the seam is what the music does of itself, and is taken off; the
    worst channel counts.

    Args:
        audio: [frames, channels], full scale is 1.
        frame: the first one after the seam; 2 to frames - 2.

    Returns:
        `SEAMLESS_DBFS` for a seam that nothing tells from the music around it; 0 for a jump of full scale.

    Raises:
        ValueError: when the seam lies too near an end.
    """
    if not 2 <= frame <= len(audio) - 2:
        raise ValueError("a seam needs two frames on both sides")
    start = max(0, frame - SEAM_REACH)
    steps = np.diff(audio[start : frame + SEAM_REACH].astype(np.float64), axis=0)
    jumps = np.abs(steps[1:-1] - (steps[:-2] + steps[2:]) / 2)  # of frames start + 2, start + 3, ...
    seam = frame - start - 2
    own = np.delete(jumps, range(max(0, seam - 2), min(seam + 3, len(jumps))), axis=0)
    worst = float((jumps[seam] - own.max(axis=0, initial=0.0)).max())
    return max(SEAMLESS_DBFS, 20.0 * math.log10(max(worst, 1e-12)))
