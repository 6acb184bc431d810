"""What the panels offer: effects and their presets, instruments, engines, words for a prompt."""

from ._effect_presets import (
    EffectPreset,
    EffectPresets,
    delete_effect_preset,
    effect_presets,
    save_effect_preset,
)
from ._effect_scale import has_off, rounded, share_of, value_at
from ._effects import EffectEntry, EffectParameter, effect_entry, effects
from ._engine_entries import EngineEntry, engines
from ._instruments import InstrumentEntry, find_instruments, instruments
from ._prompt_words import PromptWords, prompt_words
from ._sound_models import (
    FindLoadedModels,
    FindSoundModels,
    LoadedModels,
    PrepareSoundModel,
    SoundHost,
    SoundModel,
    UnloadSoundModel,
    check_sound_settings,
)
from ._soundfont import SoundFontEntry, soundfont_in_use

__all__ = [
    "EffectEntry",
    "EffectParameter",
    "EffectPreset",
    "EffectPresets",
    "EngineEntry",
    "FindLoadedModels",
    "FindSoundModels",
    "InstrumentEntry",
    "LoadedModels",
    "PrepareSoundModel",
    "PromptWords",
    "SoundFontEntry",
    "SoundHost",
    "SoundModel",
    "UnloadSoundModel",
    "check_sound_settings",
    "delete_effect_preset",
    "effect_entry",
    "effect_presets",
    "effects",
    "engines",
    "find_instruments",
    "has_off",
    "instruments",
    "prompt_words",
    "rounded",
    "save_effect_preset",
    "share_of",
    "soundfont_in_use",
    "value_at",
]
