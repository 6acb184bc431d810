"""Where takes live on a device: places that do not move, so that what runs there can be recorded once."""

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import seed_bits

from .path import Sampling

_POSITIONS, _TEXT = 256, 16  # room is taken in multiples of these


class Room(NamedTuple):
    """How much fits: S takes of G guidance rows, P positions each, L states of text."""

    takes: int = 0
    rows: int = 0
    positions: int = 0
    text: int = 0

    def with_room_for(self, slot: int, rows: int, positions: int, text: int) -> "Room":
        """The room that a take in a slot needs too; it grows in large pieces."""
        return Room(
            max(self.takes, 1 << slot.bit_length()),
            max(self.rows, rows),
            max(self.positions, _rounded(positions, _POSITIONS)),
            max(self.text, _rounded(text, _TEXT)),
        )


@dataclass
class Take:
    """One that is open.

    Attributes:
        rows: G of its own, which may be fewer than there is room for.
        positions: the most it may hear, prepended states included.
        heard: how many it has heard, prepended states included.
    """

    slot: int
    sampling: Sampling
    rows: int
    positions: int
    prepended: int = 0
    heard: int = 0

    @property
    def noise_position(self) -> int:
        """The position of the noise that draws its next tokens."""
        return self.heard - self.prepended + self.sampling.offset


class Slots:
    """All that belongs to takes, as tensors of a fixed room. H heads of width W, K codebooks.

    Attributes:
        cache: [layers, 2, S, G, H, P, W] keys and values.
        cross: [layers, 2, S, G, H, L, W] those of the text; values are 0 where a row has none.
        cross_mask: [S, G, 1, 1, L] 0 or -inf, added to the scores.
        fed: [S, K + 1] int64 tokens of the next step, and 1 for takes that take part in it.
        heard: [S] int64 positions.
        ahead: [S] int64; `heard` and this is the position of the noise.
        seeds: [S, K] int64.
        weights: [S, G] of guidance; 0 for rows that a take has not.
    """

    def __init__(self, shape: DecoderShape, like: Tensor, room: Room) -> None:
        S, G, P, L = room
        head = shape.width // shape.heads
        self.room = room
        self.cache = like.new_zeros(shape.layers, 2, S, G, shape.heads, P, head)
        layers = shape.layers if shape.cross_attention else 0
        self.cross = like.new_zeros(layers, 2, S, G, shape.heads, L, head)
        self.cross_mask = like.new_full((S, G, 1, 1, L), -torch.inf)
        self.cross_mask[..., :1] = 0.0
        self.fed = like.new_zeros(S, shape.codebooks + 1, dtype=torch.int64)
        self.heard = like.new_zeros(S, dtype=torch.int64)
        self.ahead = like.new_zeros(S, dtype=torch.int64)
        self.seeds = like.new_zeros(S, shape.codebooks, dtype=torch.int64)
        self.top_k = like.new_zeros(S, dtype=torch.int64)
        self.weights = like.new_zeros(S, G, dtype=torch.float32)
        self.temperature = like.new_ones(S, dtype=torch.float32)
        self.top_p = like.new_zeros(S, dtype=torch.float32)

    def take_over(self, old: "Slots") -> None:
        """Copy everything from smaller ones."""
        for name, tensor in vars(old).items():
            if isinstance(tensor, Tensor) and tensor.numel():
                vars(self)[name][tuple(slice(size) for size in tensor.shape)] = tensor

    def settle(self, take: Take, cross: Tensor | None, kept: Tensor | None) -> None:
        """Write what a take brings.

        Args:
            take: a new one.
            cross: [layers, 2, G, H, L, W] keys and values of its text; None for no cross-attention.
            kept: [G, L] bool, False where a state is padding.
        """
        at, sampling = take.slot, take.sampling
        self.heard[at] = 0
        self.ahead[at] = sampling.offset - take.prepended
        self.seeds[at] = seed_bits([sampling.seeds])[0].to(self.seeds)
        self.weights[at] = 0.0
        self.weights[at, : take.rows] = torch.tensor(sampling.guidance).to(self.weights)
        self.temperature[at], self.top_k[at], self.top_p[at] = (
            sampling.temperature,
            sampling.top_k,
            sampling.top_p,
        )
        if cross is None or kept is None:
            return
        length = cross.shape[4]
        self.cross[:, :, at] = 0.0
        self.cross[:, 0, at, : take.rows, :, :length] = cross[:, 0]
        self.cross[:, 1, at, : take.rows, :, :length] = cross[:, 1] * kept[:, None, :, None]
        self.cross_mask[at] = -torch.inf
        # A row that may attend to nothing has 0 as its result: it attends to one state, whose value is 0.
        self.cross_mask[at, ..., 0] = 0.0
        masked = torch.where(kept, 0.0, -torch.inf).to(self.cross_mask)
        has_text = kept.any(dim=1, keepdim=True)
        own = self.cross_mask[at, : take.rows, 0, 0, :length]
        own[:] = torch.where(has_text, masked, own)


def _rounded(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple
