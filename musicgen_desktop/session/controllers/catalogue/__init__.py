"""What the panels offer: effects and their presets, instruments, engines, words for a prompt."""

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
from ._prompt_words import PromptWords, prompt_words
from ._sound_models import FindSoundModels, PrepareSoundModel, SoundHost, SoundModel, check_sound_settings
from ._soundfont import SoundFontEntry, soundfont_in_use

__all__ = [
    "EffectEntry",
    "EffectParameter",
    "EffectPreset",
    "EffectPresets",
    "EngineEntry",
    "FindSoundModels",
    "InstrumentEntry",
    "PrepareSoundModel",
    "PromptWords",
    "SoundFontEntry",
    "SoundHost",
    "SoundModel",
    "check_sound_settings",
    "delete_effect_preset",
    "effect_entry",
    "effect_presets",
    "effects",
    "engines",
    "find_instruments",
    "instruments",
    "prompt_words",
    "save_effect_preset",
    "soundfont_in_use",
]
