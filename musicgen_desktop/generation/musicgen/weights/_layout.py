"""What both layouts give: one model, its tensors under transformers' names."""

from dataclasses import dataclass

from musicgen_desktop.generation.musicgen.shape import ModelShape

from ._checkpoint import Checkpoint

_MOST_CODEBOOKS = 64


@dataclass(frozen=True)
class Found:
    """A model that was found and not trusted yet.

    Attributes:
        shape: as its configuration says; not checked.
        checkpoint: under transformers' names; nothing is read.
        tokenizer: the bytes of tokenizer.json, which were read once.
        name: what it calls itself; may be empty or a path.
    """

    shape: ModelShape
    checkpoint: Checkpoint
    tokenizer: bytes
    name: str


def mono_delays(codebooks: int) -> tuple[int, ...]:
    """Each codebook one step after the one before: 0, 1, 2, 3."""
    return tuple(range(min(codebooks, _MOST_CODEBOOKS)))


def stereo_delays(codebooks: int) -> tuple[int, ...]:
    """Left and right together: 0, 0, 1, 1, 2, 2, 3, 3."""
    return tuple(k // 2 for k in range(min(codebooks, _MOST_CODEBOOKS)))
