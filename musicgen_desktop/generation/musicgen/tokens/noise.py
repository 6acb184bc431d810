"""Noise that depends on nothing but a seed and a place, the same bits on every machine and path.

Philox4x32-10 is counter based: the word at a place is computed from the place alone, so paths that batch,
skip or join sequences still draw alike. Source: Salmon et al., “Parallel random numbers: as easy as 1, 2, 3”,
SC 2011, doi:10.1145/2063384.2063405.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

_ROUNDS = 10
_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = 0xFFFFFFFF
_ALL = 0xFFFFFFFFFFFFFFFF


def noise(seeds: Tensor, positions: Tensor, vocabulary: int) -> Tensor:
    """What races the tokens at each place, exponential with mean 1, on the tensors' device.

    Args:
        seeds: [B, K] int64 of the codebooks, as `seed_bits`.
        positions: [B] int64, tokens fed before.
        vocabulary: V.

    Returns:
        [B, K, V] float32.

    Source: e = -log(u), with u = ((x >> 8) + 1/2) / 2^24 from 24 bits of the word x, never 0 or 1. Computed
    in float64 and rounded once: float32 cannot hold that half, and its logarithms differ between libraries.
    """
    words = philox(seeds, positions, -(-vocabulary // 4)).flatten(2)[:, :, :vocabulary]
    uniform = ((words >> 8).to(torch.float64) + 0.5) * 2.0**-24
    return (-torch.log(uniform)).to(torch.float32)


def philox(seeds: Tensor, positions: Tensor, blocks: int) -> Tensor:
    """The words of counters (block, position low, position high, 0): [B, K, blocks, 4], each below 2^32."""
    B, K = seeds.shape
    block = torch.arange(blocks, dtype=torch.int64, device=seeds.device)
    place = positions[:, None, None]
    key = [seeds[:, :, None] & _LOW, seeds[:, :, None] >> 32 & _LOW]
    x = [block, place & _LOW, place >> 32 & _LOW, torch.zeros_like(place)]
    for _ in range(_ROUNDS):
        # The products wrap around int64, whose bits are those of uint64; masks drop the copied sign.
        first, second = x[0] * _MULTIPLIERS[0], x[2] * _MULTIPLIERS[1]
        left, right = (second >> 32 & _LOW) ^ x[1] ^ key[0], (first >> 32 & _LOW) ^ x[3] ^ key[1]
        x = [left, second & _LOW, right, first & _LOW]
        key = [(word + weyl) & _LOW for word, weyl in zip(key, _WEYL, strict=True)]
    return torch.stack([word.expand(B, K, blocks) for word in x], dim=-1)


def seed_bits(seeds: Sequence[Sequence[int]]) -> Tensor:
    """Seeds of 64 bits as int64 of the same bits, [B, K]; of a greater one only those count."""
    return torch.tensor([[(seed + 2**63) % 2**64 - 2**63 for seed in row] for row in seeds])


def codebook_seeds(seed: int, codebooks: int) -> tuple[int, ...]:
    """A seed of its own for each codebook, 64 bits, from a take's seed.

    Source: SplitMix64; Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2660193.2660195.
    """
    seeds = []
    for k in range(1, codebooks + 1):
        mixed = (seed + k * 0x9E3779B97F4A7C15) & _ALL
        mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & _ALL
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & _ALL
        seeds.append(mixed ^ mixed >> 31)
    return tuple(seeds)
