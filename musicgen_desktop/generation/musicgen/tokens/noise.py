"""Noise that depends on nothing but a seed and a place, the same bits on every machine and path.

Philox4x32-10 is counter based: the word at a place is computed from the place alone, so paths that batch,
skip or join sequences still draw alike. Source: Salmon et al., “Parallel random numbers: as easy as 1, 2, 3”,
SC 2011, doi:10.1145/2063384.2063405.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_ROUNDS = 10
_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = 0xFFFFFFFF
_ALL = 0xFFFFFFFFFFFFFFFF


def noise(seed: int, position: int, vocabulary: int = 2048) -> NDArray[np.float32]:
    """What races the tokens of one codebook at one position: [V] float32, exponential with mean 1.

    Args:
        seed: of the codebook, 64 bits; of a greater one only those count.
        position: tokens fed before, 64 bits.
        vocabulary: V.

    Source: e = -log(u), with u = ((x >> 8) + 1/2) / 2^24 from 24 bits of the word x, never 0 or 1. Computed
    in float64 and rounded once: float32 cannot hold that half, and its logarithms differ between libraries.
    """
    words = philox(seed, position, -(-vocabulary // 4)).reshape(-1)[:vocabulary]
    uniform = ((words >> np.uint64(8)).astype(np.float64) + 0.5) * 2.0**-24
    return (-np.log(uniform)).astype(np.float32)


def philox(seed: int, position: int, blocks: int) -> NDArray[np.uint64]:
    """The words of counters (block, position low, position high, 0): [blocks, 4], each below 2^32."""
    low, shift = np.uint64(_LOW), np.uint64(32)
    key = [seed & _LOW, seed >> 32 & _LOW]
    x = [np.arange(blocks, dtype=np.uint64)]
    x += [np.full(blocks, word, np.uint64) for word in (position & _LOW, position >> 32 & _LOW, 0)]
    for _ in range(_ROUNDS):
        first, second = (x[i] * np.uint64(m) for i, m in zip((0, 2), _MULTIPLIERS, strict=True))
        left, right = (
            (second >> shift) ^ x[1] ^ np.uint64(key[0]),
            (first >> shift) ^ x[3] ^ np.uint64(key[1]),
        )
        x = [left, second & low, right, first & low]
        key = [(word + weyl) & _LOW for word, weyl in zip(key, _WEYL, strict=True)]
    return np.stack(x, axis=-1)


def noise_like(seeds: Tensor, positions: Tensor, vocabulary: int) -> Tensor:
    """As `noise`, for many places at once, on the tensors' device and without leaving it.

    Args:
        seeds: [B, K] int64, the bits of the 64-bit seeds.
        positions: [B] int64.
        vocabulary: V.

    Returns:
        [B, K, V] float32, the bits of `noise`.
    """
    B, K = seeds.shape
    block = torch.arange(-(-vocabulary // 4), dtype=torch.int64, device=seeds.device)
    place = positions[:, None, None]
    key = [seeds[:, :, None] & _LOW, seeds[:, :, None] >> 32 & _LOW]
    x = [block, place & _LOW, place >> 32 & _LOW, torch.zeros_like(place)]
    for _ in range(_ROUNDS):
        # The products wrap around int64, whose bits are those of uint64; masks drop the copied sign.
        first, second = x[0] * _MULTIPLIERS[0], x[2] * _MULTIPLIERS[1]
        left, right = (second >> 32 & _LOW) ^ x[1] ^ key[0], (first >> 32 & _LOW) ^ x[3] ^ key[1]
        x = [left, second & _LOW, right, first & _LOW]
        key = [(word + weyl) & _LOW for word, weyl in zip(key, _WEYL, strict=True)]
    words = torch.stack([word.expand(B, K, len(block)) for word in x], dim=-1).reshape(B, K, -1)[
        :, :, :vocabulary
    ]
    uniform = ((words >> 8).to(torch.float64) + 0.5) * 2.0**-24
    return (-torch.log(uniform)).to(torch.float32)


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
