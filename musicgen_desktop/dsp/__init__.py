"""Arrays of sound: gain, pan, fades, sample rates, loudness, true peak, dither, limiting.

Sound is float32 [frames, channels] with full scale ±1. Only numpy is loaded here.
"""

from ._audio import Audio, Sound, as_frames
from ._dither import TpdfDither, tpdf_dither
from ._fade import FadeShape, fade_in, fade_out
from ._gain import balance_gains, db_to_gain, gain_to_db, pan_gains
from ._level import peak_dbfs, rms_dbfs
from ._limiter import TruePeakLimiter, limit_true_peak
from ._live_loudness import LiveLoudness
from ._live_true_peak import LiveTruePeak
from ._loudness import (
    Loudness,
    integrated_lufs,
    loudness_curve,
    loudness_range,
    measure_loudness,
    momentary,
    short_term,
)
from ._resample import resample
from ._seam import SEAM_REACH, SEAMLESS_DBFS, seam_dbfs
from ._true_peak import true_peak_dbtp

__all__ = [
    "SEAMLESS_DBFS",
    "SEAM_REACH",
    "Audio",
    "FadeShape",
    "LiveLoudness",
    "LiveTruePeak",
    "Loudness",
    "Sound",
    "TpdfDither",
    "TruePeakLimiter",
    "as_frames",
    "balance_gains",
    "db_to_gain",
    "fade_in",
    "fade_out",
    "gain_to_db",
    "integrated_lufs",
    "limit_true_peak",
    "loudness_curve",
    "loudness_range",
    "measure_loudness",
    "momentary",
    "pan_gains",
    "peak_dbfs",
    "resample",
    "rms_dbfs",
    "seam_dbfs",
    "short_term",
    "tpdf_dither",
    "true_peak_dbtp",
]
