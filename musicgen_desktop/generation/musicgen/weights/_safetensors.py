"""Safetensors files: read with their sizes doubted, written tensor by tensor."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from musicgen_desktop.foundation import UserInputError, sync_file

from ._checkpoint import MOST_BYTES, MOST_TENSORS, TYPES, Checkpoint, Stored

_LARGEST_HEADER = 8 << 20  # the format allows 100 MB; the largest public model has 0.2
_ALIGNMENT = 64  # of the data: a row of a matrix then begins where wide registers like it
_NAMES = {dtype: name for name, dtype in TYPES.items()}


def open_safetensors(file: Path, handles: ExitStack) -> Checkpoint:
    """The tensors of a file, memory-mapped.

    Args:
        file: not trusted.
        handles: closes the file; tensors that were read stay valid.

    Raises:
        UserInputError: when it is no whole safetensors file, or larger than any model's.
    """
    check_header_size(file)
    try:
        handle = handles.enter_context(safe_open(file, "pt"))
        names = list(handle.keys())
    except (SafetensorError, OSError, ValueError) as error:
        raise damaged(file) from error
    if len(names) > MOST_TENSORS:
        raise UserInputError(
            f"{file.name} holds {len(names)} tensors, more than any MusicGen; choose another model."
        )

    def stored(name: str) -> Stored:
        part = handle.get_slice(name)
        return Stored(tuple(part.get_shape()), TYPES.get(part.get_dtype()), lambda: handle.get_tensor(name))

    return {name: stored(name) for name in names}


def check_header_size(file: Path) -> None:
    """Refuse a file whose size or whose header's size no model has, before anything parses it.

    Raises:
        UserInputError: with the reason.
    """
    size = file.stat().st_size
    with file.open("rb") as stream:
        header = int.from_bytes(stream.read(8), "little")
    if size < 8 or header > size - 8:
        raise damaged(file)
    if size > MOST_BYTES or header > _LARGEST_HEADER:
        raise UserInputError(f"{file.name} is larger than any MusicGen's; choose another model.")


def damaged(file: Path) -> UserInputError:
    """The error for a file that cannot be read to its end."""
    return UserInputError(f"{file.name} is damaged or cut off; copy or download the model again.")


def write_safetensors(
    file: Path,
    wanted: Mapping[str, tuple[tuple[int, ...], torch.dtype]],
    tensors: Iterable[Tensor],
    written: Callable[[int], None],
) -> str:
    """Write tensors one after another, so that only one is in memory.

    Args:
        file: made new.
        wanted: the shape and type of each name.
        tensors: in the order of `wanted`.
        written: told the bytes of each tensor after it was written; what it raises ends the writing.

    Returns:
        The file's SHA-256, in hexadecimal digits.
    """
    digest = hashlib.sha256()
    with file.open("xb") as stream:
        for part in _header(wanted):
            digest.update(part)
            stream.write(part)
        for (shape, dtype), tensor in zip(wanted.values(), tensors, strict=True):
            if tuple(tensor.shape) != shape or tensor.dtype != dtype:
                raise ValueError(f"{tuple(tensor.shape)} {tensor.dtype} is not {shape} {dtype}")
            data = tensor.contiguous().flatten().view(torch.uint8).numpy().data
            digest.update(data)
            stream.write(data)
            written(len(data))
        stream.flush()
        sync_file(stream.fileno())
    return digest.hexdigest()


def _header(wanted: Mapping[str, tuple[tuple[int, ...], torch.dtype]]) -> tuple[bytes, bytes]:
    entries: dict[str, object] = {}
    end = 0
    for name, (shape, dtype) in wanted.items():
        start, end = end, end + size_of(shape, dtype)
        entries[name] = {"dtype": _NAMES[dtype], "shape": shape, "data_offsets": (start, end)}
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % _ALIGNMENT)  # the format's own way to fill up
    return len(text).to_bytes(8, "little"), text


def size_of(shape: tuple[int, ...], dtype: torch.dtype) -> int:
    """Bytes of a tensor."""
    return torch.Size(shape).numel() * dtype.itemsize
