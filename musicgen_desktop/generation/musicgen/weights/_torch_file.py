"""Files that torch.save wrote: only tensors, texts and numbers come out, and no code of theirs runs."""

import math
import pickletools
import warnings
import zipfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from musicgen_desktop.foundation import UserInputError

from ._checkpoint import MOST_BYTES, MOST_TENSORS, TYPES, Checkpoint, Stored
from ._safetensors import damaged

_LARGEST_PICKLE = 4 << 20  # the values themselves lie beside it; the largest public model has 0.1
_STORAGES = ("Float", "Half", "BFloat16", "Double", "Long", "Int", "Bool")
_HARMLESS = {
    "collections OrderedDict",
    "torch._utils _rebuild_tensor_v2",
    "torch._utils _rebuild_parameter",
    *(f"torch {kind}Storage" for kind in _STORAGES),
}
# All ways to name or call what a pickle may call; GLOBAL is looked at, the others checkpoints do not use.
_CALLERS = {"STACK_GLOBAL", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "EXT1", "EXT2", "EXT4"}


def load_torch_file(file: Path) -> dict[str, Any]:
    """The dictionary of a file in torch's zip format, its tensors memory-mapped.

    The pickle is looked through before: it may name nothing but tensors. torch's own list is longer, and
    what is on it can still ask for all the memory there is.

    Raises:
        UserInputError: when it is something else, damaged, or would run code.
    """
    _check_archive(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loaded = torch.load(file, map_location="cpu", weights_only=True, mmap=True)
    # torch raises nothing narrower for a file that it cannot read.
    except Exception as error:
        raise damaged(file) from error
    if not isinstance(loaded, dict):
        raise UserInputError(f"{file.name} holds no model's weights; choose another model.")
    return loaded


def stored_tensors(file: Path, state: object) -> Checkpoint:
    """A state dict of a loaded file.

    Raises:
        UserInputError: when it is none.
    """
    if not isinstance(state, dict) or len(state) > MOST_TENSORS or not all(map(_is_plain, state.items())):
        raise UserInputError(f"{file.name} holds no model's weights; choose another model.")
    return {name: _stored(tensor) for name, tensor in state.items()}


def _is_plain(item: tuple[object, object]) -> bool:
    name, tensor = item
    return (
        isinstance(name, str)
        and isinstance(tensor, Tensor)
        and tensor.layout == torch.strided
        and tensor.device.type == "cpu"
        # One value that stands for many would make a small file a large one.
        and math.prod(tensor.shape) * tensor.itemsize <= tensor.untyped_storage().nbytes()
    )


def _stored(tensor: Tensor) -> Stored:
    dtype = tensor.dtype if tensor.dtype in TYPES.values() else None
    return Stored(tuple(tensor.shape), dtype, tensor.detach)


def _check_archive(file: Path) -> None:
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise UserInputError(f"{file.name} is larger than any MusicGen's; choose another model.")
    try:
        with zipfile.ZipFile(file) as archive:
            data = _pickle_of(archive, size)
    # zipfile raises many kinds for damaged archives, some of them undocumented.
    except Exception as error:
        raise damaged(file) from error
    _check_pickle(file, data)


def _pickle_of(archive: zipfile.ZipFile, size: int) -> bytes:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    (data,) = (entry for entry in entries if entry.filename.split("/")[1:] == ["data.pkl"])
    packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
    too_much = sum(entry.file_size for entry in entries) > size or data.file_size > _LARGEST_PICKLE
    if len(names) < len(entries) or packed or too_much:
        raise ValueError("not as torch writes archives")
    return archive.read(data)


def _check_pickle(file: Path, data: bytes) -> None:
    try:
        for code, argument, _ in pickletools.genops(data):
            unknown = code.name == "GLOBAL" and argument not in _HARMLESS
            if unknown or code.name in _CALLERS:
                raise UserInputError(
                    f"{file.name} holds program code beside its weights, so it was not opened; get the model "
                    "from its publisher, as safetensors if there is a choice."
                )
    except ValueError as error:
        raise damaged(file) from error
