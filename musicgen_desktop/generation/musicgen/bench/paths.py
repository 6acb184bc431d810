"""Our paths that a device can have, the usual one first."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.runtime import DecodePath
from musicgen_desktop.generation.musicgen.runtime._cuda import CudaPath
from musicgen_desktop.generation.musicgen.runtime._mps import MpsPath
from musicgen_desktop.generation.musicgen.runtime._native import NativePath, native_available
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.shape import DecoderShape

Make = Callable[[DecoderShape, Mapping[str, Tensor]], DecodePath]


class Candidate(NamedTuple):
    """A path that may be measured.

    Attributes:
        weight_bytes: of one weight, its share of the scales included.
        cache_bytes: of one number in the cache, its share of the scales included.
        folds_text: a short text is folded into the weights of cross-attention.
        copied_bytes: of one weight, of what the path keeps beside the float32 tensors it is made from.
    """

    name: str
    precision: str
    weight_bytes: float
    cache_bytes: float
    folds_text: bool
    copied_bytes: float
    make: Make


def candidates(device: str, precision: str | None) -> list[Candidate]:
    """Those of a device that work here, with such weights (None: with any)."""
    every = {"cpu": _on_processor, "cuda": _on_cuda, "mps": _on_mps}[device]()
    return [one for one in every if precision in {None, one.precision}]


def _on_processor() -> list[Candidate]:
    return [*_native(), *_torch()]


def _on_cuda() -> list[Candidate]:
    return _on_device(CudaPath, ("bf16", "fp16", "fp32")) if torch.cuda.is_available() else []


def _on_mps() -> list[Candidate]:
    return _on_device(MpsPath, ("fp16", "fp32")) if torch.backends.mps.is_available() else []


def _on_device(kind: type[CudaPath | MpsPath], precisions: Sequence[str]) -> list[Candidate]:
    def candidate(precision: str) -> Candidate:
        def make(shape: DecoderShape, tensors: Mapping[str, Tensor]) -> DecodePath:
            return kind(shape, tensors, precision)

        size = 4.0 if precision == "fp32" else 2.0
        # They keep nothing in the memory that the processor has.
        return Candidate(kind.name, precision, size, size, folds_text=False, copied_bytes=0.0, make=make)

    return [candidate(precision) for precision in precisions]


def _native() -> list[Candidate]:
    def candidate(precision: str, weight_bytes: float, cache_bytes: float) -> Candidate:
        def make(shape: DecoderShape, tensors: Mapping[str, Tensor]) -> DecodePath:
            return NativePath(shape, tensors, precision)

        return Candidate(
            "native",
            precision,
            weight_bytes,
            cache_bytes,
            folds_text=True,
            copied_bytes=weight_bytes,
            make=make,
        )

    if not native_available():
        return []
    # int8 has a bfloat16 scale for each 64 weights, and a float32 one for each head of 64 in the cache.
    return [candidate("int8", 1.03125, 1.0625), candidate("bf16", 2.0, 2.0), candidate("fp32", 4.0, 4.0)]


def _torch() -> list[Candidate]:
    def candidate(precision: str, weight_bytes: float, copied_bytes: float) -> Candidate:
        def make(shape: DecoderShape, tensors: Mapping[str, Tensor]) -> DecodePath:
            return TorchPath(shape, tensors, precision)

        return Candidate(
            "torch", precision, weight_bytes, 4.0, folds_text=True, copied_bytes=copied_bytes, make=make
        )

    return [candidate("int8", 1.0, 1.0), candidate("bf16", 2.0, 2.0), candidate("fp32", 4.0, 0.0)]
