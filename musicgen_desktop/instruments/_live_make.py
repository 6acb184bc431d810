"""From a patch to the instrument that plays it live."""

from pathlib import Path

from musicgen_desktop.music import Patch

from ._drum_kit import DrumKit
from ._live_drums import LiveDrums
from ._live_instrument import LiveInstrument
from ._live_sampler import LiveSampler
from ._live_synth import LiveSynth
from ._make import patched_recipe
from ._sampled_preset import player_available

_WARM_UP_FRAMES = 256


def make_live_instrument(patch: Patch, rate: int, *, soundfont: Path | None = None) -> LiveInstrument:
    """An instrument to be played now: the level and timbre of what `make_instrument` makes of the patch.

    It takes up to some 300 ms: not for the audio path.

    Args:
        patch: what sounds. General MIDI without a SoundFont goes to the nearest built-in preset.
        rate: frames per second.
        soundfont: as `available_soundfont` found it; None plays everything on the synthesizer.

    Raises:
        UserInputError: for an unknown preset, a bad preset file or a bad SoundFont.
    """
    if patch.source == "general_midi" and soundfont is not None and player_available():
        return LiveSampler(patch, rate, soundfont)
    preset_id, recipe = patched_recipe(patch)
    if isinstance(recipe, DrumKit):
        drums = LiveDrums(recipe, rate)
        drums.warm_up()
        return drums
    instrument = LiveSynth(preset_id, recipe, rate)
    # What is loaded and laid out the first time is so before the first note.
    instrument.note_on(recipe.middle, 100)
    instrument.render(_WARM_UP_FRAMES)
    instrument = LiveSynth(preset_id, recipe, rate)
    instrument.warm_up()
    return instrument
