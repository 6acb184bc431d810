"""Weights of a real size that say nothing: for time and for arithmetic they are as good as trained ones."""

import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.shape import DecoderShape

_SPREAD = 0.02  # of transformers' own initialisation


def random_decoder(
    shape: DecoderShape, seed: int = 0, kind: torch.dtype = torch.float32
) -> dict[str, Tensor]:
    """Tensors by our names: normal matrices of that type, and norms that change nothing, in float32."""
    generator = torch.Generator().manual_seed(seed)
    D, K, V, FF = shape.width, shape.codebooks, shape.vocabulary, shape.feed_forward
    sizes: dict[str, tuple[int, ...]] = {
        "embeddings": (K, V + 1, D),
        "heads": (K, V, D),
        "text_projection.weight": (D, shape.text_width),
    }
    if shape.chroma_bins:
        sizes["chroma_projection.weight"] = (D, shape.chroma_bins)
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
        name: torch.empty(size, dtype=kind).normal_(0.0, _SPREAD, generator=generator)
        for name, size in sizes.items()
    }
    tensors["text_projection.bias"] = torch.zeros(D)
    if shape.chroma_bins:
        tensors["chroma_projection.bias"] = torch.zeros(D)
    for name in norms:
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = torch.ones(D), torch.zeros(D)
    return tensors
