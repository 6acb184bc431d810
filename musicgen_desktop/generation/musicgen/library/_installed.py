"""The models on this machine: a folder each, with a `model.json` that says what it is."""

import os
import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from musicgen_desktop.foundation import UserInputError, safe_file_name, sync_file, user_data_folder
from musicgen_desktop.generation.musicgen.shape import ModelShape

MODEL_JSON = "model.json"

SCHEMA = 1
_LARGEST_BYTES = 256 * 1024
_LONGEST_ID = 64
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")

_Line = Annotated[str, Meta(max_length=400)]
_FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\Z")]
_Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `model.json` says.

    Attributes:
        schema: of this file; 1.
        id: also the folder's name; see `check_model_id`.
        name: for a person.
        licence: of the weights, as its owner calls it, such as “CC-BY-NC-4.0”.
        commercial_use: whether what the model makes may be sold, as far as the weights' licence goes.
        shape: its sizes.
        source: where it came from: a repository of the hub, or the name of a folder or file.
        hashes: file name → SHA-256 in lower-case hexadecimal, of every file beside this one.
    """

    schema: int = SCHEMA
    id: Annotated[str, Meta(max_length=_LONGEST_ID)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    licence: _Line
    commercial_use: bool
    shape: ModelShape
    source: _Line
    hashes: Annotated[dict[_FileName, _Sha256], Meta(max_length=64)]


class FoundModel(msgspec.Struct, frozen=True):
    """A folder among the models.

    Attributes:
        model: what it is; None when it is broken.
        problem: a sentence that says why it is broken, and the mend; else empty.
        disk_bytes: of all its files.
    """

    id: str
    model: ModelFile | None
    problem: str
    disk_bytes: int


def models_folder() -> Path:
    """Where installed models lie; it need not exist."""
    return user_data_folder() / "models"


def check_model_id(model_id: str) -> None:
    """Refuse what cannot be the name of a model's folder on every system.

    Raises:
        UserInputError: unless it is 1 to 64 of a–z, 0–9, “-”, “.” and “_”, a letter or a digit first.
    """
    is_plain = len(model_id) <= _LONGEST_ID and _ID.fullmatch(model_id) is not None
    if not is_plain or safe_file_name(model_id, fallback="") != model_id:
        raise UserInputError(
            f"“{model_id[:40]}” cannot be the id of a model;"
            f" use at most {_LONGEST_ID} of a–z, 0–9, “-”, “.” and “_”."
        )


def model_folder(model_id: str) -> Path:
    """Where a model of that id lies or would lie.

    Raises:
        UserInputError: when it cannot be an id.
    """
    check_model_id(model_id)
    return models_folder() / model_id


def read_model(model_id: str) -> ModelFile:
    """What an installed model is. Its files are looked for, not read.

    Its texts are a stranger's: what no letter is, such as a terminal's control characters, becomes “?”.

    Raises:
        UserInputError: when it is not installed, or broken.
    """
    folder = model_folder(model_id)
    path = folder / MODEL_JSON
    again = "remove it and get or add it again"
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UserInputError(f"“{path}” is far too long for what it should be; {again}.")
        model = msgspec.json.decode(path.read_bytes(), type=ModelFile)
    except FileNotFoundError as error:
        if folder.is_dir():
            raise UserInputError(f"The model “{model_id}” has no {MODEL_JSON}; {again}.") from error
        raise UserInputError(
            f"The model “{model_id}” is not installed; get or add it in the library, or with"
            f" “musicgen-desktop models get {model_id}”."
        ) from error
    except OSError as error:
        raise UserInputError(
            f"The model “{model_id}” cannot be read ({error.strerror}); check the rights of “{path}”."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserInputError(f"“{path}” is damaged ({_plain(str(error))}); {again}.") from error
    model = replace(
        model, name=_plain(model.name), licence=_plain(model.licence), source=_plain(model.source)
    )
    if model.schema > SCHEMA:
        raise UserInputError(
            f"The model “{model_id}” was installed by a newer version of this program; update, or {again}."
        )
    if model.id != model_id:
        raise UserInputError(
            f"The folder “{model_id}” holds the model “{_plain(model.id)}”; give the folder that name,"
            f" or {again}."
        )
    missing = [name for name in model.hashes if not (folder / name).is_file()]
    if missing:
        raise UserInputError(f"The model “{model.name}” lacks {', '.join(missing)}; {again}.")
    return model


def write_model(folder: Path, model: ModelFile) -> None:
    """Write `model.json` into a folder that is being made, and wait until it is on the disk.

    Raises:
        OSError: when the disk refuses.
    """
    with (folder / MODEL_JSON).open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(model), indent=2) + b"\n")
        file.flush()
        sync_file(file.fileno())


def installed_models() -> tuple[ModelFile, ...]:
    """Those that can be used, by id."""
    return tuple(found.model for found in found_models() if found.model is not None)


def found_models() -> tuple[FoundModel, ...]:
    """Every folder among the models that has an id for a name, broken ones too, by id."""
    found: list[FoundModel] = []
    for folder in _folders():
        try:
            model, problem = read_model(folder.name), ""
        except UserInputError as error:
            if _ID.fullmatch(folder.name) is None:
                continue  # somebody else's, or one that is being made
            model, problem = None, str(error)
        found.append(FoundModel(folder.name, model, problem, _bytes_of(folder)))
    return tuple(found)


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _folders() -> list[Path]:
    try:
        with os.scandir(models_folder()) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir())
    except OSError:
        return []


def _bytes_of(folder: Path) -> int:
    total = 0
    for inner, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(inner) / name).lstat().st_size
            except OSError:
                continue  # it went in this moment
    return total
