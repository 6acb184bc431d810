"""What every decode path is given and gives: B sequences, G guidance rows, K codebooks, V tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]


@dataclass(frozen=True)
class Conditioning:
    """What one take is conditioned on, a row for each of its G guidance rows; row 0 is the full one.

    Attributes:
        cross: [G, L, D] text states after their projection, zero where a row has no text (the unconditional
            row is all zero, so that its cross-attention is exactly 0); None for models that prepend.
        cross_mask: [G, L], False where a state is padding; a row without any True attends to nothing.
        prepended: [G, P, D] states in front of the tokens (chroma, then text); None with cross-attention.
    """

    cross: Floats | None = None
    cross_mask: NDArray[np.bool_] | None = None
    prepended: Floats | None = None


@dataclass(frozen=True)
class Sampling:
    """How one take's tokens are drawn, in this order: guide, temperature, top-k, top-p, draw.

    Attributes:
        guidance: the weight of each guidance row; they add up to 1. Guidance scale s with two
            rows is (s, 1 - s).
        temperature: the guided logits are divided by it; 0 takes the likeliest token.
        top_k: 0 for all.
        top_p: 0 for all; else the smallest set of likeliest tokens whose share reaches it.
        seeds: one for each codebook, 64 bits.
        offset: added to the number of tokens fed so far, so that later windows draw other noise.
    """

    guidance: tuple[float, ...] = (3.0, -2.0)
    temperature: float = 1.0
    top_k: int = 250
    top_p: float = 0.0
    seeds: tuple[int, ...] = field(default=(0, 0, 0, 0))
    offset: int = 0


class DecodePath(Protocol):
    """Runs the decoder for several open sequences at once. One thread calls it at a time.

    A sequence is one take: its guidance rows with their own key/value caches. It begins with its prepended
    states, if any, and counts its token positions from 0.
    """

    @property
    def name(self) -> str:
        """“native”, “torch”, “cuda” or “mps”."""

    @property
    def precision(self) -> str:
        """Of the weights: “fp32”, “bf16”, “fp16” or “int8”."""

    @property
    def detail(self) -> str:
        """For a person, such as “AVX-512 VNNI, 2 threads”."""

    def open(self, conditioning: Conditioning, sampling: Sampling, positions: int) -> int:
        """Begin a sequence of at most so many token positions; returns its number.

        Raises:
            MemoryError: when its cache does not fit; nothing is open then.
            ValueError: when the path has no such long sequences.
        """

    def feed(self, sequence: int, tokens: Tokens) -> None:
        """Let a sequence hear tokens [K, T] of the delayed pattern without drawing any."""

    def step(self, sequences: Sequence[int], tokens: Tokens) -> Tokens:
        """Feed each sequence one position's tokens [B, K], padding included; draw those of the next, [B, K].

        What is drawn for a codebook that still waits, or is past its end, the caller replaces by padding.
        The noise is that of `tokens.noise` at position p, the tokens fed before this step plus
        `Sampling.offset`: the same on every path.
        """

    def logits(self, sequences: Sequence[int], tokens: Tokens) -> Floats:
        """As `step`, but return the guided logits, [B, K, V], and draw nothing."""

    def close(self, sequence: int) -> None:
        """End a sequence and give its cache back."""

    def rest(self) -> None:
        """Give back what only open sequences need; called when none is open, and none is waited for."""

    def release(self) -> None:
        """Give everything back; the path is not used again."""
