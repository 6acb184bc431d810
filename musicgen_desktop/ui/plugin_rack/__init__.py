"""The panel of an effect: knobs, curves and presets."""

from ._panel import EffectPanel

__all__ = ["EffectPanel"]
