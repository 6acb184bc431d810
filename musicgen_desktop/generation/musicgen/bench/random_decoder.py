"""Weights of a real size that say nothing: for time and for arithmetic they are as good as trained ones."""

import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.shape import DecoderShape

_SPREAD = 0.02  # of transformers' own initialisation


def random_decoder(shape: DecoderShape, seed: int = 0, spread: float = _SPREAD) -> dict[str, Tensor]:
    """Tensors by our names, float32: normal matrices of that spread, and norms that change nothing."""
    generator = torch.Generator().manual_seed(seed)
    D, K, V, FF = shape.width, shape.codebooks, shape.vocabulary, shape.feed_forward
    sizes: dict[str, tuple[int, ...]] = {
        "embeddings": (K, V + 1, D),
        "heads": (K, V, D),
        "text_projection.weight": (D, shape.text_width),
    }
    norms = ["norm"]
    for i in range(shape.layers):
        at = f"layers.{i}"
        sizes |= {f"{at}.self.qkv": (3 * D, D), f"{at}.self.out": (D, D)}
        sizes |= {f"{at}.up": (FF, D), f"{at}.down": (D, FF)}
        norms += [f"{at}.self.norm", f"{at}.norm"]
        if shape.cross_attention:
            sizes |= {f"{at}.cross.q": (D, D), f"{at}.cross.kv": (2 * D, D), f"{at}.cross.out": (D, D)}
            norms.append(f"{at}.cross.norm")
    tensors = {
        name: torch.empty(size).normal_(0.0, spread, generator=generator) for name, size in sizes.items()
    }
    tensors["text_projection.bias"] = torch.zeros(D)
    if shape.chroma_bins:
        tensors["chroma_projection.weight"] = torch.empty(D, shape.chroma_bins).normal_(
            0.0, spread, generator=generator
        )
        tensors["chroma_projection.bias"] = torch.zeros(D)
    for name in norms:
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = torch.ones(D), torch.zeros(D)
    return tensors


def step_bytes(
    shape: DecoderShape, weight_bytes: float, cache_bytes: float, positions: float, folded_text: int = 0
) -> float:
    """What one step of one take with two guidance rows reads from memory.

    Args:
        shape: of the decoder.
        weight_bytes: of one weight, its share of the scales included.
        cache_bytes: of one number in the cache.
        positions: how many are heard.
        folded_text: how many tokens of text are folded into the weights of cross-attention, which are
            smaller then; 0 where they are not.
    """
    D, FF = shape.width, shape.feed_forward
    cross = 2 * D * min(D, shape.heads * folded_text or D) if shape.cross_attention else 0
    weights = shape.layers * (4 * D * D + 2 * D * FF + cross) + shape.codebooks * shape.vocabulary * D
    return weights * weight_bytes + 2 * shape.layers * 2 * D * cache_bytes * positions
