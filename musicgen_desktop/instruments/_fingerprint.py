"""Whether a preset still sounds as it did: hashes of what it says."""

import hashlib
from collections.abc import Collection

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Patch

from ._make import patched_recipe
from ._preset_files import all_presets

_ENCODER = msgspec.json.Encoder(order="deterministic")


def sound_fingerprints(patches: Collection[Patch]) -> dict[Patch, str]:
    """A hash of the preset or kit that plays each patch on the synthesizer, whatever it is called.

    Presets in the user's folder can be edited, and be another thing on another machine, under the same id.
    Patches whose preset is not here, or cannot be read, are left out.
    """
    found: dict[Patch, str] = {}
    if not patches:
        return found
    try:
        presets = all_presets()
    except UserInputError:
        return found
    for patch in patches:
        try:
            _, recipe = patched_recipe(patch, presets)
        except UserInputError:
            continue
        said = _ENCODER.encode(msgspec.structs.replace(recipe, name=""))
        found[patch] = hashlib.blake2b(said, digest_size=16).hexdigest()
    return found
