"""Two pieces of sound become one, and how well the join came out. C channels, F frames."""

import math

import numpy as np

from musicgen_desktop.dsp import fade_in
from musicgen_desktop.generation.musicgen.runtime.path import Floats

SILENCE_DBFS = -120.0


def crossfade(leaving: Floats, coming: Floats) -> Floats:
    """Fade from one [C, F] into another of the same shape with a raised cosine.

    The gains add up to 1: both sides of a join are the same music, so their amplitudes add, not their powers.
    """
    gain = fade_in(leaving.shape[1], "s_curve")
    mixed: Floats = leaving * (1 - gain) + coming * gain
    return mixed


def join_at_step(first: Floats, second: Floats, step: int, hop: int, steps: int = 1) -> Floats:
    """Let `second` take over from `first` at a codec step, fading over the steps that follow.

    Args:
        first: [C, F] that has at least `(step + steps) * hop` frames; what comes later is dropped.
        second: [C, F] that begins with the sound of that step, at least `steps * hop` frames.
        step: where, counted from the start of `first`.
        hop: frames per step.
        steps: how long the fade is; 0 cuts.
    """
    start, fade = step * hop, steps * hop
    if first.shape[1] < start + fade or second.shape[1] < fade:
        raise ValueError("the pieces are shorter than the fade")
    middle = crossfade(first[:, start : start + fade], second[:, :fade])
    return np.concatenate((first[:, :start], middle, second[:, fade:]), 1)


def seam_dbfs(audio: Floats, frame: int) -> float:
    """How far sound jumps between two frames, beyond what it moves anyway, in dBFS.

    The step into `frame` is compared with the mean of the steps before and after it, and the loudest channel
    counts; a smooth join of music lies where the music's own highest frequencies lie.

    Args:
        audio: [C, F], full scale is 1.
        frame: the first one after the seam; 2 to F - 2.

    Returns:
        -120 for no jump at all; 0 for a jump of full scale.
    """
    if not 2 <= frame <= audio.shape[1] - 2:
        raise ValueError("a seam needs two frames on both sides")
    before, jump, after = np.diff(audio[:, frame - 2 : frame + 2].astype(np.float64), axis=1).T
    worst = float(np.abs(jump - (before + after) / 2).max())
    return max(SILENCE_DBFS, 20.0 * math.log10(max(worst, 1e-12)))
