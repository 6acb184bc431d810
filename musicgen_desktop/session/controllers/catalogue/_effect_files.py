"""The data that ships with each effect: what it is for, its groups of knobs and its presets."""

import tomllib
from functools import cache

import msgspec

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.playback.mixer import EFFECTS, check_effect


class EffectFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `resources/effects`.

    Attributes:
        description: one sentence for a musician.
        groups: title → the knobs in it.
        choices: the names of a switch's positions.
        presets: name → the knobs that differ from their defaults.
    """

    description: str
    groups: dict[str, tuple[str, ...]]
    presets: dict[str, dict[str, float]]
    choices: dict[str, tuple[str, ...]] = {}


@cache
def effect_file(effect: str) -> EffectFile:
    """The shipped data of an effect; a slip in it is ours, and found by a test.

    Raises:
        ValueError: when it does not fit the effect.
        UserInputError: when a preset has a knob or a value that the effect has not.
    """
    path = resources_folder() / "effects" / f"{effect}.toml"
    found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), EffectFile)
    knobs = [knob.name for knob in EFFECTS[effect].parameters]
    grouped = [knob for group in found.groups.values() for knob in group]
    if sorted(grouped) != sorted(knobs):
        raise ValueError(f"{path.name}: the groups do not name every knob once")
    for parameters in found.presets.values():
        check_effect(effect, parameters)
    return found
