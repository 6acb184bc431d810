"""What the panels offer: effects and their presets, instruments, engines."""

from ._effect_presets import (
    EffectPreset,
    EffectPresets,
    delete_effect_preset,
    effect_presets,
    save_effect_preset,
)
from ._effects import EffectEntry, EffectParameter, effect_entry, effects
from ._engine_entries import EngineEntry, engines
from ._instruments import InstrumentEntry, find_instruments, instruments

__all__ = [
    "EffectEntry",
    "EffectParameter",
    "EffectPreset",
    "EffectPresets",
    "EngineEntry",
    "InstrumentEntry",
    "delete_effect_preset",
    "effect_entry",
    "effect_presets",
    "effects",
    "engines",
    "find_instruments",
    "instruments",
    "save_effect_preset",
]
