# ruff: noqa: ARG001 - every maker has the same arguments
"""Which decode path is the fastest here: measured once on a slice of the model, and remembered."""

import json
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
import torch
from torch import Tensor

from musicgen_desktop.foundation import user_cache_folder
from musicgen_desktop.generation.musicgen.library import Precision
from musicgen_desktop.generation.musicgen.shape import DecoderShape

from ._cuda import CudaPath
from ._mps import DeviceDisagreesError, MpsPath
from ._native import NativePath, native_available
from ._torch import TorchPath
from .path import Conditioning, DecodePath, Sampling
from .random_decoder import random_decoder

_LAYERS = 2  # of the slice: each layer is like the others
_WARM, _STEPS = 2, 8
_TEXT = 12
_NEVER_S = 1e9  # JSON knows no infinity


class MakePath(Protocol):
    """Makes a decode path from tensors by our names; `mapped` when they are a file's."""

    def __call__(self, shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool) -> DecodePath:
        """Returns it; the tensors may go then."""


@dataclass(frozen=True)
class PathChoice:
    """A decode path that works on this machine.

    Attributes:
        device: where its weights and caches lie, as torch calls it.
        precision: of its weights, as far as their memory goes: fp16 takes what bf16 takes.
    """

    name: str
    precision: Precision
    make: MakePath
    device: str = "cpu"


def path_choices() -> tuple[PathChoice, ...]:
    """What this machine can do, without fp32, which is only wanted for exactness."""
    precisions: tuple[Precision, ...] = ("int8", "bf16")
    lean = [PathChoice(TorchPath.name, one, partial(_torch, precision=one)) for one in precisions]
    native = [PathChoice(NativePath.name, one, partial(NativePath, precision=one)) for one in precisions]
    return (*_graphics_choices(), *(native if native_available() else ()), *lean)


def _graphics_choices() -> Iterator[PathChoice]:
    if torch.cuda.is_available():
        kind = "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
        yield PathChoice(CudaPath.name, "bf16", partial(_cuda, precision=kind), "cuda")
    if torch.backends.mps.is_available():
        yield PathChoice(MpsPath.name, "bf16", _mps, "mps")


def fastest(shape: DecoderShape, choices: Sequence[PathChoice]) -> PathChoice:
    """The fastest of some for decoders of that size; measures those that were not measured here before.

    One whose device computes something else than the processor is never it.
    """
    if len(choices) == 1:
        return choices[0]
    memory = user_cache_folder() / "decode-paths.json"
    known = _known(memory)
    size = (shape.width, shape.heads, shape.feed_forward, shape.codebooks, shape.cross_attention)
    keys = [json.dumps([_machine(), *size, one.name, one.precision]) for one in choices]
    sliced = msgspec.structs.replace(shape, layers=min(_LAYERS, shape.layers))
    missing = [one for one, key in zip(choices, keys, strict=True) if key not in known]
    if missing:
        tensors = random_decoder(sliced, kind=torch.bfloat16)
        for one, key in zip(choices, keys, strict=True):
            if one in missing:
                known[key] = _seconds_a_step(sliced, one, tensors)
        _remember(memory, known)
    return min(zip(choices, keys, strict=True), key=lambda pair: known[pair[1]])[0]


# What these pack is no longer mapped, whatever it was before.


def _torch(
    shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool, precision: Precision
) -> DecodePath:
    return TorchPath(shape, tensors, precision)


def _cuda(shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool, precision: str) -> DecodePath:
    return CudaPath(shape, tensors, precision)


def _mps(shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool) -> DecodePath:
    return MpsPath(shape, tensors)


def _seconds_a_step(shape: DecoderShape, choice: PathChoice, tensors: Mapping[str, Tensor]) -> float:
    try:
        path = choice.make(shape, tensors, mapped=False)
    except DeviceDisagreesError:
        return _NEVER_S
    text = np.ones((2, _TEXT, shape.width), np.float32)
    mask = np.array([[True] * _TEXT, [False] * _TEXT])
    conditioning = (
        Conditioning(cross=text, cross_mask=mask) if shape.cross_attention else Conditioning(prepended=text)
    )
    sampling = Sampling(seeds=(0,) * shape.codebooks)
    try:
        sequence = path.open(conditioning, sampling, _WARM + _STEPS)
        tokens = np.full((1, shape.codebooks), shape.vocabulary, np.int64)
        taken = []
        for _ in range(_WARM + _STEPS):
            began = time.perf_counter()
            tokens = path.step((sequence,), tokens)
            taken.append(time.perf_counter() - began)
    finally:
        path.release()
    return min(taken[_WARM:])  # what others do on the machine at that moment does not count


def _machine() -> list[str]:
    graphics = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    threads = str(torch.get_num_threads())
    return [platform.machine(), platform.processor(), graphics, threads, str(torch.__version__)]


def _known(memory: Path) -> dict[str, float]:
    try:
        return msgspec.json.decode(memory.read_bytes(), type=dict[str, float])
    except (OSError, msgspec.DecodeError):
        return {}


def _remember(memory: "Path", known: Mapping[str, float]) -> None:
    """Where it cannot be written, it is measured again the next time."""
    with suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_bytes(msgspec.json.encode(known))
