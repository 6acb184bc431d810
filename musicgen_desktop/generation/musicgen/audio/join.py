"""Two pieces of sound become one, and how well the seam came out. C channels, F frames."""

from musicgen_desktop import dsp
from musicgen_desktop.dsp import SEAM_REACH
from musicgen_desktop.generation.musicgen.runtime.path import Floats

__all__ = ["SEAM_REACH", "crossfade", "seam_dbfs"]


def crossfade(leaving: Floats, coming: Floats) -> Floats:
    """Fade from one [C, F] into another of the same shape with a raised cosine.

    The gains add up to 1: both sides of a join are the same music, so their amplitudes add, not their powers.
    """
    gain = dsp.fade_in(leaving.shape[1], "s_curve")
    mixed: Floats = leaving * (1 - gain) + coming * gain
    return mixed


def seam_dbfs(audio: Floats, frame: int) -> float:
    """`dsp.seam_dbfs` of [C, F]."""
    return dsp.seam_dbfs(audio.T, frame)
