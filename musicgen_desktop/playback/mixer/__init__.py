"""Effects, strips and sums: many sounds become one stereo block."""

from ._specs import (
    EFFECTS,
    BadParameterError,
    EffectSpec,
    ParameterSpec,
    UnknownEffectError,
    check_effect,
    effect_spec,
    resolve_parameters,
)

__all__ = [
    "EFFECTS",
    "BadParameterError",
    "EffectSpec",
    "ParameterSpec",
    "UnknownEffectError",
    "check_effect",
    "effect_spec",
    "resolve_parameters",
]
