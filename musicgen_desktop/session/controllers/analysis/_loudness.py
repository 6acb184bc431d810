"""How loud a sound is, moment by moment and as a whole."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import (
    Sound,
    as_frames,
    measure_loudness,
    momentary,
    short_term,
    true_peak_dbtp,
)

_HOP_S = 0.1


class LoudnessOverTime(msgspec.Struct, frozen=True, eq=False):
    """Loudness after EBU R 128. Silence is −inf.

    Attributes:
        momentary_s: [n] the end of each window of 400 ms, seconds from the sound's start.
        momentary_lufs: [n]
        short_term_s: [m] the end of each window of 3 s.
        short_term_lufs: [m]; empty for sound shorter than that.
        integrated_lufs: the whole of it, gated.
        range_lu: between its soft and its loud parts.
        true_peak_dbtp: the highest point between the samples.
    """

    momentary_s: NDArray[np.float64]
    momentary_lufs: NDArray[np.float64]
    short_term_s: NDArray[np.float64]
    short_term_lufs: NDArray[np.float64]
    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float


def loudness_over_time(audio: Sound, rate: int) -> LoudnessOverTime:
    """Every figure of a loudness meter, ten a second.

    Args:
        audio: [frames, channels] or [frames]; channels in the order of WAV files.
        rate: frames per second.
    """
    sound = as_frames(audio)
    moments, spans = momentary(sound, rate), short_term(sound, rate)
    whole = measure_loudness(sound, rate)
    return LoudnessOverTime(
        momentary_s=_ends(0.4, len(moments)),
        momentary_lufs=moments,
        short_term_s=_ends(3.0, len(spans)),
        short_term_lufs=spans,
        integrated_lufs=whole.integrated_lufs,
        range_lu=whole.range_lu,
        true_peak_dbtp=true_peak_dbtp(sound, rate),
    )


def _ends(window_s: float, windows: int) -> NDArray[np.float64]:
    return np.linspace(window_s, window_s + _HOP_S * max(windows - 1, 0), windows)
