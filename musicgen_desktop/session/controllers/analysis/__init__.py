"""Numbers for plots, of any sound: spectrum, spectrogram, loudness, stereo. And the sound of a selection."""

from ._loudness import LoudnessOverTime, loudness_over_time
from ._render_span import RenderSpan
from ._spectrogram import Spectrogram, spectrogram
from ._spectrum import Spectrum, spectrum
from ._stereo import Correlation, correlation, goniometer

__all__ = [
    "Correlation",
    "LoudnessOverTime",
    "RenderSpan",
    "Spectrogram",
    "Spectrum",
    "correlation",
    "goniometer",
    "loudness_over_time",
    "spectrogram",
    "spectrum",
]
