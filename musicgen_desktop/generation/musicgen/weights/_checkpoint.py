"""A checkpoint as both layouts give it: tensors that can be looked at without being read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
"""The only types that weights may have, by the names that safetensors gives them."""

MOST_TENSORS = 20_000
MOST_BYTES = 64 << 30  # of one file; the largest public model has 14 GB


@dataclass(frozen=True)
class Stored:
    """A tensor of a file.

    Attributes:
        shape: as the file says.
        dtype: None for a type that weights do not have.
        read: gives the values, memory-mapped; nothing is read before.
    """

    shape: tuple[int, ...]
    dtype: torch.dtype | None
    read: Callable[[], Tensor]

    def rows(self, start: int, end: int) -> "Stored":
        """Only those of the first dimension, which must be there."""
        return Stored((end - start, *self.shape[1:]), self.dtype, lambda: self.read()[start:end])


Checkpoint = Mapping[str, Stored]
