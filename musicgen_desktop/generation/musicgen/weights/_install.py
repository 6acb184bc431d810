"""A model of somebody becomes one of ours: looked at, converted once, and put among the models."""

import hashlib
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import torch
from msgspec.structs import replace

from musicgen_desktop.foundation import (
    Report,
    StopFlag,
    UserInputError,
    sync_file,
    sync_folder,
)
from musicgen_desktop.generation.musicgen.library import (
    CatalogueModel,
    ModelFile,
    catalogue_named,
    check_model_id,
    model_folder,
    models_folder,
    read_model,
    write_model,
)

from ._audiocraft import read_audiocraft
from ._checkpoint import Checkpoint
from ._layout import Found
from ._limits import check_shape
from ._load import TOKENIZER
from ._recipes import Recipes, check_checkpoint, recipes_of
from ._safetensors import size_of, write_safetensors
from ._source import check_room, hub_repository, hub_snapshot, model_folder_of, shown, unpacked
from ._tokenizer import check_tokenizer
from ._transformers import read_transformers

_BEING_MADE = ".new-"  # no id begins so
_FORGOTTEN_AFTER_S = 24 * 3600
_UNPACKING_SHARE = 0.3  # of the progress, for a zip
_LONGEST_NAME, _LONGEST_ID = 100, 64


def install_model(source: Path, name: str | None, report: Report, stop: StopFlag) -> str:
    """Convert a model and put it among the installed ones; returns its id.

    Nothing is written before the whole configuration and every tensor's name, type and shape were compared,
    and nothing is left behind unless all of it succeeds. A model that is there already with the same weights
    is left as it is.

    Args:
        source: a folder in the layout of transformers (config.json, weights, tokenizer.json) or of
            audiocraft (state_dict.bin, compression_state_dict.bin, and t5-base in a folder of that name
            beside them), or a zip of one; also a repository in the hub's cache. It is not trusted, and not
            changed.
        name: for a person; its id follows from it. None for the catalogue's, or that of the folder.
        report: told the share done.
        stop: asked between tensors.

    Raises:
        UserInputError: when it is no such model, is damaged or made to do harm, does not fit on the disk, or
            another model has its id.
        Stopped: when `stop` was set.
    """
    if not source.exists():
        raise UserInputError(f"“{shown(source.name)}” is not there; choose a model's folder or zip.")
    try:
        with _folder_being_made() as made, ExitStack() as handles:
            folder, share = hub_snapshot(source), 0.0
            if not source.is_dir():
                share = _UNPACKING_SHARE
                folder = unpacked(source, made / "source", _part(report, 0.0, share), stop)
            found = _read(folder, handles)
            model = _named(found, name, source, folder)
            target = model_folder(model.id)
            _refuse_another(model)
            new = made / "model"
            new.mkdir()
            model = replace(model, hashes=_converted(found, new, _part(report, share, 1.0), stop))
            write_model(new, model)
            sync_folder(new)
            stop.raise_if_set()
            if _is_there(model):
                report(1.0, f"“{model.name}” is installed already")
                return model.id
            new.rename(target)
            sync_folder(target.parent)
            report(1.0, f"Installed “{model.name}”")
            return model.id
    except OSError as error:
        raise UserInputError(
            f"The model could not be installed ({error.strerror}); see to the disk's room and rights and try "
            "again."
        ) from error


def _read(folder: Path, handles: ExitStack) -> Found:
    """The model of a folder after every check that reads no weights."""
    audiocraft = (model_folder_of(folder) / "state_dict.bin").exists()
    found = (read_audiocraft if audiocraft else read_transformers)(folder, handles)
    check_shape(found.shape)
    check_tokenizer(found.tokenizer, found.shape.text.vocabulary)
    return found


def _named(found: Found, name: str | None, source: Path, folder: Path) -> ModelFile:
    """What will stand in model.json, hashes apart. Only the catalogue knows licences."""
    repository = hub_repository(folder)
    called = repository.split("/")[-1] or (source.name if source.is_dir() else source.stem)
    own = found.name.replace("\\", "/").rstrip("/").rsplit("/", 1)
    known = _first_known(name or "", repository, called, folder.name, found.name, own[-1])
    title = name or (known.name if known else called)
    is_its_own = known is not None and (not name or catalogue_named(name) is known)
    plain = known.id if known and is_its_own else _id_of(title)
    check_model_id(plain)
    return ModelFile(
        id=plain,
        name=shown(title)[:_LONGEST_NAME].strip() or plain,
        licence=known.licence if known else "unknown",
        commercial_use=known.commercial_use if known else False,
        shape=found.shape,
        source=shown(source.name) or plain,
        hashes={},
    )


def _first_known(*words: str) -> CatalogueModel | None:
    return next((known for each in words if each and (known := catalogue_named(each))), None)


def _id_of(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z0-9._]+", "-", bare).strip("-._")
    return plain[:_LONGEST_ID].rstrip("-._") or "musicgen"


def _refuse_another(model: ModelFile) -> None:
    """The id may be taken by the same model only; whether it is the same, its weights tell in the end."""
    if model_folder(model.id).exists() and _installed(model.id).shape != model.shape:
        raise _taken(model)


def _is_there(model: ModelFile) -> bool:
    if not model_folder(model.id).exists():
        return False
    if _installed(model.id).hashes != model.hashes:
        raise _taken(model)
    return True


def _installed(model_id: str) -> ModelFile:
    try:
        return read_model(model_id)
    except UserInputError as error:
        raise UserInputError(
            f"A broken model is in the way of “{model_id}”; remove it and install again."
        ) from error


def _taken(model: ModelFile) -> UserInputError:
    return UserInputError(
        f"Another model is installed as “{model.id}”; give this one another name, or remove that one first."
    )


def _converted(found: Found, folder: Path, report: Report, stop: StopFlag) -> dict[str, str]:
    """Write our files; returns the hash of each."""
    checkpoint = found.checkpoint
    files = recipes_of(found.shape, projected="enc_to_dec_proj.weight" in checkpoint)
    for recipes in files.values():
        check_checkpoint(recipes, checkpoint)
    plan = {name: _plan(recipes, checkpoint) for name, recipes in files.items()}
    total = sum(size_of(*each) for wanted in plan.values() for each in wanted.values())
    check_room(folder, total + len(found.tokenizer))
    hashes: dict[str, str] = {}
    done = 0
    for name, recipes in files.items():

        def written(size: int, name: str = name) -> None:
            nonlocal done
            done += size
            report(min(1.0, done / total), f"Converting {name}")
            stop.raise_if_set()

        stop.raise_if_set()
        tensors = (recipe.make(checkpoint) for recipe in recipes.values())
        hashes[name] = write_safetensors(folder / name, plan[name], tensors, written)
    with (folder / TOKENIZER).open("xb") as stream:
        stream.write(found.tokenizer)
        stream.flush()
        sync_file(stream.fileno())
    return hashes | {TOKENIZER: hashlib.sha256(found.tokenizer).hexdigest()}


def _plan(recipes: Recipes, checkpoint: Checkpoint) -> dict[str, tuple[tuple[int, ...], torch.dtype]]:
    return {name: (recipe.shape, recipe.type_of(checkpoint)) for name, recipe in recipes.items()}


@contextmanager
def _folder_being_made() -> Iterator[Path]:
    """A folder among the models, so that what is made in it can be moved at once; gone at the end."""
    models_folder().mkdir(parents=True, exist_ok=True)
    for left in models_folder().glob(f"{_BEING_MADE}*"):  # by an installation whose process died
        if time.time() - left.stat().st_mtime > _FORGOTTEN_AFTER_S:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_BEING_MADE, dir=models_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _part(report: Report, start: float, end: float) -> Report:
    def scaled(done: float, stage: str) -> None:
        report(start + done * (end - start), stage)

    return scaled
