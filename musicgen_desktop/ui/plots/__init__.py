"""How the selection looks to an engineer: spectrum, spectrogram, loudness, stereo."""

from ._panel import PlotsPanel

__all__ = ["PlotsPanel"]
