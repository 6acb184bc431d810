# ruff: noqa: ARG001 - every maker has the same arguments
"""Which decode path is the fastest here: measured once on a slice of the model, and remembered."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import msgspec
import numpy as np
import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.library import Precision, cache_bytes, loaded_bytes
from musicgen_desktop.generation.musicgen.shape import DecoderShape, ModelShape

from ._cuda import CudaPath
from ._mps import DeviceDisagreesError, MpsPath
from ._native import NativePath, native_available
from ._torch import TorchPath
from .measured import measured, measured_key, remember
from .memory import is_out_of_memory
from .path import Conditioning, DecodePath, Sampling
from .random_decoder import random_decoder

_LAYERS = 2  # of the slice: each layer is like the others
_WARM, _STEPS = 2, 8
_TEXT = 12
_MIN_GAIN = 1.1
_NEVER_S = 1e9  # JSON knows no infinity
_NO_ROOM_S = 2e9


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
        cache: of keys and values, as far as their memory goes; None for the path's usual, see `cache_bytes`.
        folds_text: a short text becomes weights.
    """

    name: str
    precision: Precision
    make: MakePath
    device: str = "cpu"
    cache: Precision | None = None
    folds_text: bool = False

    def loaded_bytes(self, shape: ModelShape) -> int:
        """What a model takes that is loaded this way."""
        return loaded_bytes(shape, self.precision)

    def take_bytes(self, shape: ModelShape, steps: int | None = None, text: int = 0) -> int:
        """What one take remembers; see `cache_bytes`."""
        return cache_bytes(shape, steps, text, self.precision, cache=self.cache, folds_text=self.folds_text)


def path_choices() -> tuple[PathChoice, ...]:
    """What this machine can do, without fp32, which is only wanted for exactness."""
    return (*_graphics_choices(), *processor_choices(("int8", "bf16")))


def processor_choices(precisions: Sequence[Precision]) -> tuple[PathChoice, ...]:
    """What its processor can do with such weights."""
    lean = [
        PathChoice(TorchPath.name, one, partial(_torch, precision=one), cache="fp32", folds_text=True)
        for one in precisions
    ]
    native = [
        PathChoice(NativePath.name, one, partial(NativePath, precision=one), folds_text=True)
        for one in precisions
    ]
    return (*(native if native_available() else ()), *lean)


def _graphics_choices() -> Iterator[PathChoice]:
    if torch.cuda.is_available():
        kind = "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
        yield PathChoice(CudaPath.name, "bf16", partial(_cuda, precision=kind), "cuda")
    if torch.backends.mps.is_available():
        yield PathChoice(MpsPath.name, "bf16", _mps, "mps")


def is_measured(shape: DecoderShape, choice: PathChoice) -> bool:
    """Whether it is known how fast it is here for decoders of that size."""
    return _key(shape, choice) in measured()


def quickest_first(
    shape: DecoderShape, choices: Sequence[PathChoice], is_quiet: Callable[[], bool] = lambda: True
) -> list[PathChoice]:
    """Some in the order of their speed for decoders of that size.

    Of those within a tenth of the fastest the one that stands first in `choices` comes first: what is nearly
    even would else be decided anew where nothing can be remembered, and a seed would give another take.
    Those that were not measured here before are measured, and remembered unless others decode meanwhile.
    One whose device computes something else than the processor, or has no room for a slice, is left out.

    Args:
        shape: of the whole decoder.
        choices: of `path_choices()`.
        is_quiet: whether nothing else is decoded; asked before and after.
    """
    if len(choices) < 2:
        return [*choices]
    seconds = measured()
    missing = [one for one in choices if _key(shape, one) not in seconds]
    if missing:
        lasts = is_quiet()
        sliced = msgspec.structs.replace(shape, layers=min(_LAYERS, shape.layers))
        tensors = random_decoder(sliced, kind=torch.bfloat16)
        new = {_key(shape, one): _seconds_a_step(sliced, one, tensors) for one in missing}
        if lasts and is_quiet():
            remember({key: taken for key, taken in new.items() if taken != _NO_ROOM_S})
        seconds |= new
    return _in_order([(one, taken) for one in choices if (taken := seconds[_key(shape, one)]) < _NEVER_S])


def _in_order(timed: Sequence[tuple[PathChoice, float]]) -> list[PathChoice]:
    """The first of those within `_MIN_GAIN` of the soonest, then the same of the rest."""
    left, ordered = [*timed], []
    while left:
        soonest = min(taken for _, taken in left)
        place = next(i for i, (_, taken) in enumerate(left) if taken < _MIN_GAIN * soonest)
        ordered.append(left.pop(place)[0])
    return ordered


def _torch(
    shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool, precision: Precision
) -> DecodePath:
    return TorchPath(shape, tensors, precision, mapped=mapped)


# What these pack is no longer mapped, whatever it was before.


def _cuda(shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool, precision: str) -> DecodePath:
    return CudaPath(shape, tensors, precision)


def _mps(shape: DecoderShape, tensors: Mapping[str, Tensor], *, mapped: bool) -> DecodePath:
    return MpsPath(shape, tensors)


def _seconds_a_step(shape: DecoderShape, choice: PathChoice, tensors: Mapping[str, Tensor]) -> float:
    try:
        path = choice.make(shape, tensors, mapped=False)
    except DeviceDisagreesError:
        return _NEVER_S
    except Exception as error:
        if is_out_of_memory(error):
            return _NO_ROOM_S
        raise
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


def _key(shape: DecoderShape, choice: PathChoice) -> str:
    size = (shape.width, shape.heads, shape.feed_forward, shape.codebooks, shape.cross_attention)
    return measured_key(*size, choice.name, choice.precision)
