"""What the ear finds in sound: tempo, downbeats, key — measured, never assumed."""

from ._grid_check import GridMeasure, measure_grid
from ._key import KeyMeasure, estimate_key, keys_agree
from ._onsets import OnsetEnvelope, onset_envelope
from ._tempo import estimate_tempo, octave_error_percent, tempo_near

__all__ = [
    "GridMeasure",
    "KeyMeasure",
    "OnsetEnvelope",
    "estimate_key",
    "estimate_tempo",
    "keys_agree",
    "measure_grid",
    "octave_error_percent",
    "onset_envelope",
    "tempo_near",
]
