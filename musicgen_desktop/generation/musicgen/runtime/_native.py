"""The step in C++: the fastest path on a CPU, where it was built."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.shape import DecoderShape

from ._cores import usable_cores
from .path import Conditioning, Floats, Sampling, Tokens

try:
    from musicgen_desktop.generation.musicgen.native import _step
except ImportError:  # no compiler when the project was installed
    _step = None  # type: ignore[assignment]

_MOST_THREADS = 16  # fewer already read as fast as memory can


def native_available() -> bool:
    """Whether the C++ step was built for this Python."""
    return _step is not None


def instruction_sets() -> tuple[str, ...]:
    """What the C++ step can use on this processor, best first; empty where it was not built."""
    return tuple(_step.instruction_sets()) if _step is not None else ()


def native_build() -> str:
    """Tells one build of the C++ step from another; empty where it was not built."""
    if _step is None:
        return ""
    file = Path(_step.__file__).stat()
    return f"{file.st_size}-{file.st_mtime_ns // 10**9}-{'+'.join(instruction_sets())}"


class NativePath:
    """A `DecodePath` that packs the weights once and steps on threads of its own, without the interpreter.

    Args:
        tensors: by our names; float32, bfloat16 or float16. They may go once this returns.
        precision: of the weights: “fp32”; “bf16”; “int8”, a scale for each output and 64 inputs, activations
            in 16 bits. The cache is in the same; in int8 each head's key and value has a scale. Norms and
            sampling are in float32.
        threads: None for one on each core that this process may use.
        instructions: one of `instruction_sets()`; None for the best.
        mapped: the tensors are a file's, memory-mapped and unchanged: each gives its pages back once it is
            packed, so that the file is never in memory as a whole.

    Raises:
        RuntimeError: it was not built; see `native_available`.
        ValueError: a tensor is missing or has another shape.
    """

    name = "native"

    def __init__(
        self,
        shape: DecoderShape,
        tensors: Mapping[str, Tensor],
        precision: str = "int8",
        threads: int | None = None,
        instructions: str | None = None,
        *,
        mapped: bool = False,
    ) -> None:
        if _step is None:
            raise RuntimeError("the native step was not built")
        self.precision = precision
        self._step: Any = _step.Step(
            layers=shape.layers,
            width=shape.width,
            heads=shape.heads,
            feed_forward=shape.feed_forward,
            codebooks=shape.codebooks,
            vocabulary=shape.vocabulary,
            cross_attention=shape.cross_attention,
            weights={name: _array(tensor) for name, tensor in tensors.items()},
            mapped=mapped,
            precision=precision,
            threads=threads or min(usable_cores(), _MOST_THREADS),
            instructions=instructions or "",
        )

    @property
    def detail(self) -> str:
        """Such as “AVX-512 VNNI, 2 threads”."""
        threads: int = self._step.threads
        return f"{self._step.instructions}, {threads} thread{'s' if threads > 1 else ''}"

    def open(self, conditioning: Conditioning, sampling: Sampling, positions: int) -> int:
        """See `DecodePath.open`."""
        number: int = self._step.open(
            cross=_contiguous(conditioning.cross, np.float32),
            cross_mask=_contiguous(conditioning.cross_mask, np.bool_),
            prepended=_contiguous(conditioning.prepended, np.float32),
            guidance=list(sampling.guidance),
            temperature=sampling.temperature,
            top_k=sampling.top_k,
            top_p=sampling.top_p,
            seeds=[seed & 0xFFFFFFFFFFFFFFFF for seed in sampling.seeds],
            offset=sampling.offset,
            positions=positions,
        )
        return number

    def feed(self, sequence: int, tokens: Tokens) -> None:
        """See `DecodePath.feed`."""
        self._step.feed(sequence, _contiguous(tokens, np.int64))

    def step(self, sequences: Sequence[int], tokens: Tokens) -> Tokens:
        """See `DecodePath.step`."""
        drawn: Tokens = self._step.step(list(sequences), _contiguous(tokens, np.int64))
        return drawn

    def logits(self, sequences: Sequence[int], tokens: Tokens) -> Floats:
        """See `DecodePath.logits`."""
        guided: Floats = self._step.logits(list(sequences), _contiguous(tokens, np.int64))
        return guided

    def close(self, sequence: int) -> None:
        """See `DecodePath.close`."""
        self._step.close(sequence)

    def rest(self) -> None:
        """See `DecodePath.rest`; each sequence took its cache along."""

    def release(self) -> None:
        """See `DecodePath.release`."""
        self._step = None


def _array(tensor: Tensor) -> np.ndarray[Any, Any]:
    """Its memory as numpy's; bfloat16, which numpy does not know, as bits."""
    flat = tensor.detach().contiguous()
    array: np.ndarray[Any, Any] = (flat.view(torch.uint16) if flat.dtype == torch.bfloat16 else flat).numpy()
    return array


def _contiguous(array: Any, kind: type) -> Any:
    return None if array is None else np.ascontiguousarray(array, kind)
