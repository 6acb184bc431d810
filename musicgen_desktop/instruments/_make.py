"""From a patch and its notes to the instrument that plays them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from musicgen_desktop.foundation import UserInputError, resources_folder, user_data_folder
from musicgen_desktop.music import Patch

from ._drum_kit import DrumKit
from ._drum_sound import joined
from ._drums import DrumInstrument
from ._general_midi import general_midi_fallback
from ._preset import PresetInfo, SynthPreset
from ._preset_files import all_presets
from ._sampled_preset import player_available
from ._sampler import SoundFontInstrument
from ._schedule import Audio, Instrument, ScheduledControl, ScheduledNote
from ._synth import SynthInstrument

_SHIPPED = ("*.sf3", "*.sf2")


def make_instrument(
    patch: Patch,
    notes: Sequence[ScheduledNote],
    rate: int,
    *,
    soundfont: Path | None = None,
    controls: Sequence[ScheduledControl] = (),
    like: Instrument | None = None,
) -> Instrument:
    """An instrument that plays these notes: a SoundFont's for General MIDI, our synthesizer's for all else.

    Args:
        patch: what sounds. General MIDI without a SoundFont goes to the nearest built-in preset.
        notes: in any order.
        rate: frames per second.
        soundfont: as `available_soundfont` found it; None plays everything on the synthesizer.
        controls: controller changes of the part.
        like: an instrument of the same thread, maybe of the same patch: sounds that it has made or loaded
            are used again where they are the same, which makes an edited part ready at once.

    Raises:
        UserInputError: for an unknown preset, a bad preset file or a bad SoundFont.
        ValueError: for a note outside MIDI's ranges.
    """
    for note in notes:
        if not (0 <= note.pitch <= 127 and 1 <= note.velocity <= 127):
            raise ValueError(f"not a MIDI note: {note}")
    if patch.source == "general_midi" and soundfont is not None and player_available():
        return SoundFontInstrument(patch, notes, rate, soundfont, controls, like)
    preset_id, recipe = patched_recipe(patch)
    if isinstance(recipe, SynthPreset):
        return SynthInstrument(preset_id, recipe, notes, rate, controls, like)
    return DrumInstrument(recipe, notes, rate, like)


def patched_recipe(
    patch: Patch, presets: Mapping[str, SynthPreset | DrumKit] | None = None
) -> tuple[str, SynthPreset | DrumKit]:
    """The built-in preset or whole kit that plays a patch, by id; General MIDI goes to the nearest one.

    Args:
        patch: what sounds.
        presets: as `all_presets` gave them; read when None.

    Raises:
        UserInputError: for an unknown preset or a bad preset file.
    """
    preset_id = general_midi_fallback(patch).preset
    presets = all_presets() if presets is None else presets
    recipe = presets.get(preset_id)
    if recipe is None:
        raise UserInputError(
            f"There is no instrument called “{preset_id}”. Choose one of the instrument menu."
        )
    if isinstance(recipe, SynthPreset):
        return preset_id, recipe
    kits = {name: kit for name, kit in presets.items() if isinstance(kit, DrumKit)}
    return preset_id, joined(preset_id, kits)


def render_notes(
    patch: Patch,
    notes: Sequence[ScheduledNote],
    rate: int,
    frames: int,
    *,
    soundfont: Path | None = None,
    controls: Sequence[ScheduledControl] = (),
) -> Audio:
    """[frames, 2] of a whole part from frame 0: the same samples as block by block. Arguments as
    `make_instrument`.
    """
    return make_instrument(patch, notes, rate, soundfont=soundfont, controls=controls).render(0, frames)


def available_soundfont(setting: Path | None = None) -> Path | None:
    """The SoundFont to play: the one in the settings, else the first of the user's own, else ours.

    None when there is none or the player is not installed; General MIDI then sounds through the synthesizer.

    Raises:
        UserInputError: when the settings name a file that is not there.
    """
    if not player_available():
        return None
    if setting is not None:
        if not setting.is_file():
            raise UserInputError(
                f"The SoundFont “{setting}” is not there. Choose another one in the settings."
            )
        return setting
    for folder in (user_data_folder() / "soundfonts", resources_folder() / "soundfonts"):
        for pattern in _SHIPPED:
            found = sorted(folder.glob(pattern))
            if found:
                return found[0]
    return None


def synth_presets() -> dict[str, PresetInfo]:
    """All built-in and user presets and drum kits by id.

    Raises:
        UserInputError: when a preset file is bad.
    """
    return {
        preset_id: PresetInfo(preset_id, preset.name, preset.category)
        for preset_id, preset in sorted(all_presets().items())
    }
