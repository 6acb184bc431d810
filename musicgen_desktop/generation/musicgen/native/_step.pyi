from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

def instruction_sets() -> list[str]: ...

class Step:
    def __init__(
        self,
        *,
        layers: int,
        width: int,
        heads: int,
        feed_forward: int,
        codebooks: int,
        vocabulary: int,
        cross_attention: bool,
        weights: Mapping[str, NDArray[Any]],
        mapped: bool,
        precision: str,
        threads: int,
        instructions: str,
    ) -> None: ...
    @property
    def instructions(self) -> str: ...
    @property
    def threads(self) -> int: ...
    def open(
        self,
        *,
        cross: NDArray[np.float32] | None,
        cross_mask: NDArray[np.bool_] | None,
        prepended: NDArray[np.float32] | None,
        guidance: Sequence[float],
        temperature: float,
        top_k: int,
        top_p: float,
        seeds: Sequence[int],
        offset: int,
        positions: int,
    ) -> int: ...
    def feed(self, sequence: int, tokens: NDArray[np.int64]) -> None: ...
    def step(self, sequences: Sequence[int], tokens: NDArray[np.int64]) -> NDArray[np.int64]: ...
    def logits(self, sequences: Sequence[int], tokens: NDArray[np.int64]) -> NDArray[np.float32]: ...
    def close(self, sequence: int) -> None: ...
