"""Read preset files: ours, then the user's own, which win."""

import functools
import threading
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import (
    BadTomlError,
    UserInputError,
    parse_toml,
    resources_folder,
    user_data_folder,
)

from ._drum_kit import DrumKit
from ._preset import SynthPreset

_LARGEST_BYTES = 1 << 20
# msgspec builds what it knows of a type when it first converts to it; two threads at that are a crash.
_READING = threading.Lock()


class BadPresetError(UserInputError):
    """A preset file that cannot be used; the sentence names the file, the preset and the field."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The instrument file “{path.name}” cannot be used: {why}. Correct the file or remove it."
        )


def all_presets() -> dict[str, SynthPreset | DrumKit]:
    """Every preset by id; those in the user's own folder win over ours. Any thread may ask.

    Raises:
        BadPresetError: when a file cannot be read or says something impossible.
    """
    stamp = tuple(
        (path, path.stat().st_mtime_ns)
        for folder in (resources_folder() / "instruments", user_data_folder() / "instruments")
        for path in sorted(folder.glob("*.toml"))
    )
    with _READING:
        return _load(stamp)


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST_BYTES + 1)
    if len(data) > _LARGEST_BYTES:
        raise BadPresetError(path, f"it is larger than {_LARGEST_BYTES >> 20} MB")
    return data.decode("utf-8-sig")  # editors on Windows may begin with a mark


@functools.lru_cache(maxsize=2)
def _load(stamp: tuple[tuple[Path, int], ...]) -> dict[str, SynthPreset | DrumKit]:
    presets: dict[str, SynthPreset | DrumKit] = {}
    for path, _ in stamp:
        try:
            data = parse_toml(_text_of(path))
        except (OSError, UnicodeDecodeError, BadTomlError) as error:
            raise BadPresetError(path, str(error)) from error
        for preset_id, table in data.items():
            if not isinstance(table, dict):
                raise BadPresetError(path, f"“{preset_id}” is not a table")
            kind: type[SynthPreset | DrumKit] = DrumKit if table.get("category") == "drums" else SynthPreset
            try:
                presets[preset_id] = msgspec.convert(table, kind)
            except (msgspec.ValidationError, ValueError) as error:
                raise BadPresetError(path, f"preset “{preset_id}”: {error}") from error
    return presets
