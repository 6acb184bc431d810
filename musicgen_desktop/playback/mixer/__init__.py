"""Effects, strips and sums: many sounds become one stereo block."""

from ._build import EffectsMissingError, effect_latency, effect_tail, make_effect
from ._curve import GRID_FRAMES, Curve
from ._effect import Effect, Planar
from ._graph import Mixer, Reader
from ._live_mixer import LiveMixer, LiveReader, Prepared
from ._live_strip import Tap
from ._settings import SILENT_DB, InsertSettings, SendSettings, StripSettings
from ._specs import (
    EFFECTS,
    BadParameterError,
    EffectSpec,
    ParameterSpec,
    UnknownEffectError,
    check_effect,
    resolve_parameters,
)
from ._strip import Strip

__all__ = [
    "EFFECTS",
    "GRID_FRAMES",
    "SILENT_DB",
    "BadParameterError",
    "Curve",
    "Effect",
    "EffectSpec",
    "EffectsMissingError",
    "InsertSettings",
    "LiveMixer",
    "LiveReader",
    "Mixer",
    "ParameterSpec",
    "Planar",
    "Prepared",
    "Reader",
    "SendSettings",
    "Strip",
    "StripSettings",
    "Tap",
    "UnknownEffectError",
    "check_effect",
    "effect_latency",
    "effect_tail",
    "make_effect",
    "resolve_parameters",
]
