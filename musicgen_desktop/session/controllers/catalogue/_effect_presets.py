"""Settings of effects that have a name: ours, and the user's own."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import (
    UserInputError,
    parse_toml,
    safe_file_name,
    toml_text,
    user_data_folder,
)
from musicgen_desktop.media import make_folder, write_file
from musicgen_desktop.playback.mixer import check_effect, resolve_parameters

from ._effect_files import effect_file
from ._effects import effect_entry

_LONGEST_NAME = 80
_LARGEST_BYTES = 64_000


class EffectPreset(msgspec.Struct, frozen=True):
    """One preset.

    Attributes:
        parameters: what differs from the effect's defaults, as `Insert.parameters` holds it.
        is_own: whether the user saved it; only such a one can be replaced or deleted.
    """

    effect: str
    name: str
    parameters: dict[str, float]
    is_own: bool = False


class EffectPresets(msgspec.Struct, frozen=True):
    """What an effect offers, ours first, and a sentence for each file of the user's that cannot be used."""

    presets: tuple[EffectPreset, ...]
    broken: tuple[str, ...] = ()


class _OwnFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    parameters: dict[str, float] = {}


def effect_presets(effect: str) -> EffectPresets:
    """The presets of an effect.

    Raises:
        UserInputError: when there is no such effect.
    """
    effect_entry(effect)
    shipped = [
        EffectPreset(effect, name, _differing(effect, parameters))
        for name, parameters in effect_file(effect).presets.items()
    ]
    own: list[EffectPreset] = []
    broken: list[str] = []
    for path in sorted(_own_folder(effect).glob("*.toml")):
        try:
            own.append(_read(effect, path))
        except (OSError, ValueError, UserInputError) as error:
            broken.append(f"The preset “{path}” cannot be used ({error}); correct the file or delete it.")
    own.sort(key=lambda preset: preset.name.casefold())
    return EffectPresets((*shipped, *own), tuple(broken))


def save_effect_preset(effect: str, name: str, parameters: dict[str, float]) -> EffectPreset:
    """Keep a setting under a name in the user's folder; an own preset of that name is replaced.

    Args:
        effect: its id.
        name: 1 … 80 characters.
        parameters: as `Insert.parameters` holds them.

    Raises:
        UserInputError: for an unknown effect, a name that cannot be, one of ours, or a disk that refuses.
    """
    effect_entry(effect)
    check_effect(effect, parameters)
    shown = " ".join(name.split())
    if not 0 < len(shown) <= _LONGEST_NAME:
        raise UserInputError(f"A preset needs a name of 1 to {_LONGEST_NAME} characters.")
    if any(shown.casefold() == ours.casefold() for ours in effect_file(effect).presets):
        raise UserInputError(f"“{shown}” is a preset that ships with the effect; choose another name.")
    preset = EffectPreset(effect, shown, _differing(effect, parameters), is_own=True)
    path = _own_path(effect, shown)
    make_folder(path.parent)
    write_file(path, toml_text({"name": shown, "parameters": preset.parameters}).encode())
    return preset


def delete_effect_preset(preset: EffectPreset) -> None:
    """Take one of the user's own presets away; one that is gone already is no failure.

    Raises:
        UserInputError: when it ships with the program, or the disk refuses.
    """
    if not preset.is_own:
        raise UserInputError(f"“{preset.name}” ships with the effect and cannot be deleted.")
    path = _own_path(preset.effect, preset.name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UserInputError(
            f"The preset “{preset.name}” cannot be deleted ({error.strerror}); check the rights of “{path}”."
        ) from error


def _own_folder(effect: str) -> Path:
    return user_data_folder() / "effects" / effect


def _own_path(effect: str, name: str) -> Path:
    """The file of that name, or the one whose text names it so."""
    folder = _own_folder(effect)
    for path in sorted(folder.glob("*.toml")):
        try:
            if _read(effect, path).name.casefold() == name.casefold():
                return path
        except (OSError, ValueError, UserInputError):
            continue
    stem = safe_file_name(name, fallback="preset", longest_bytes=100)
    free = (folder / f"{stem}{'' if n == 1 else f' {n}'}.toml" for n in range(1, 10_000))
    return next(path for path in free if not path.exists())


def _read(effect: str, path: Path) -> EffectPreset:
    with path.open("rb") as file:
        text = file.read(_LARGEST_BYTES).decode("utf-8-sig")
    found = msgspec.convert(parse_toml(text), _OwnFile)
    check_effect(effect, found.parameters)
    return EffectPreset(effect, found.name[:_LONGEST_NAME], _differing(effect, found.parameters), is_own=True)


def _differing(effect: str, parameters: dict[str, float]) -> dict[str, float]:
    defaults = resolve_parameters(effect, {})
    return {name: float(value) for name, value in parameters.items() if float(value) != defaults[name]}
