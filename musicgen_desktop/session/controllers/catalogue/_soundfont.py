"""The SoundFont that plays General MIDI programs."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import UserInputError, load_settings, resources_folder
from musicgen_desktop.instruments import available_soundfont


class SoundFontEntry(msgspec.Struct, frozen=True):
    """What plays.

    Attributes:
        path: of the file; None when the built-in synthesizer plays every program.
        is_shipped: whether it came with the program, under the MIT licence.
        problem: why the chosen one cannot be used, in a sentence; empty when all is well.
    """

    path: Path | None = None
    is_shipped: bool = False
    problem: str = ""


def soundfont_in_use() -> SoundFontEntry:
    """The SoundFont of the settings, of the user's folder, or ours; nothing is raised."""
    try:
        path = available_soundfont(load_settings().soundfont_path)
    except UserInputError as error:
        return SoundFontEntry(problem=str(error))
    is_shipped = path is not None and path.resolve().is_relative_to(resources_folder().resolve())
    return SoundFontEntry(path, is_shipped)
