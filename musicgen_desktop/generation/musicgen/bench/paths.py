"""Our paths that a device can have, the usual one first."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from torch import Tensor

from musicgen_desktop.generation.musicgen.runtime import DecodePath
from musicgen_desktop.generation.musicgen.runtime._native import NativePath, native_available
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.shape import DecoderShape

Make = Callable[[DecoderShape, Mapping[str, Tensor]], DecodePath]


class Candidate(NamedTuple):
    """A path that may be measured.

    Attributes:
        weight_bytes: of one weight, its share of the scales included.
        cache_bytes: of one number in the cache.
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
    every = [*_native(), *_torch()] if device == "cpu" else []
    return [one for one in every if precision in {None, one.precision}]


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
    # int8 has a float32 scale for each 64 weights.
    return [candidate("int8", 1.0625, 2.0), candidate("bf16", 2.0, 2.0), candidate("fp32", 4.0, 4.0)]


def _torch() -> list[Candidate]:
    def candidate(precision: str, weight_bytes: float, copied_bytes: float) -> Candidate:
        def make(shape: DecoderShape, tensors: Mapping[str, Tensor]) -> DecodePath:
            return TorchPath(shape, tensors, precision)

        return Candidate(
            "torch", precision, weight_bytes, 4.0, folds_text=False, copied_bytes=copied_bytes, make=make
        )

    return [candidate("int8", 1.0, 1.0), candidate("bf16", 2.0, 2.0), candidate("fp32", 4.0, 0.0)]
