"""The decoder's layers for one step of many rows: few, large products. How rows attend is the path's affair.

N rows, whatever sequences and positions they belong to; D width, K codebooks, V vocabulary.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import embedding, gelu, layer_norm

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import sinusoidal_positions

Linear = Callable[[Tensor], Tensor]  # [N, in] → [N, out], in the type of what it is given
Attend = Callable[[int, Tensor], Tensor]  # (layer, [N, 3D] or [N, D]) → [N, D]
Hear = Callable[[int, Tensor], Tensor]  # (layer, normed states [N, D]) → what the text adds to them, [N, D]
_Norm = tuple[Tensor, Tensor]


class _Layer(NamedTuple):
    self_norm: _Norm
    qkv: Linear
    out: Linear
    cross_norm: _Norm | None
    cross_query: Linear | None
    cross_out: Linear | None
    norm: _Norm
    up: Linear
    down: Linear


class Layers:
    """The weights, packed once.

    Args:
        tensors: by our names.
        pack: makes a product of a matrix [out, in].
        like: its type and device are those of the hidden states.
        positions: how many are prepared for; prepended states count.
    """

    def __init__(
        self,
        shape: DecoderShape,
        tensors: Mapping[str, Tensor],
        pack: Callable[[Tensor], Linear],
        like: Tensor,
        positions: int,
    ) -> None:
        def norm(name: str) -> _Norm:
            return tensors[f"{name}.weight"].to(like), tensors[f"{name}.bias"].to(like)

        def layer(i: int) -> _Layer:
            at, crosses = f"layers.{i}", shape.cross_attention
            return _Layer(
                norm(f"{at}.self.norm"),
                pack(tensors[f"{at}.self.qkv"]),
                pack(tensors[f"{at}.self.out"]),
                norm(f"{at}.cross.norm") if crosses else None,
                pack(tensors[f"{at}.cross.q"]) if crosses else None,
                pack(tensors[f"{at}.cross.out"]) if crosses else None,
                norm(f"{at}.norm"),
                pack(tensors[f"{at}.up"]),
                pack(tensors[f"{at}.down"]),
            )

        self._layers = [layer(i) for i in range(shape.layers)]
        self._norm = norm("norm")
        self._heads = pack(tensors["heads"].flatten(0, 1))
        self._shape = shape
        # One table for all codebooks, [K (V + 1), D], and where each codebook's part begins.
        self._embeddings = tensors["embeddings"].flatten(0, 1).to(like)
        self._parts = torch.arange(shape.codebooks, device=like.device) * (shape.vocabulary + 1)
        self._positions = sinusoidal_positions(positions, shape.width).to(like)

    def embed(self, tokens: Tensor) -> Tensor:
        """[N, K] int64 → [N, D]."""
        return embedding(tokens + self._parts, self._embeddings).sum(dim=1)

    def run(self, x: Tensor, positions: Tensor, self_attend: Attend, hear_text: Hear | None) -> Tensor:
        """States [N, D] at positions [N] int64 through every layer but the heads: [N, D]."""
        x = x + self._positions[positions]
        for i, layer in enumerate(self._layers):
            x = x + layer.out(self_attend(i, layer.qkv(_normed(x, layer.self_norm))))
            if hear_text and layer.cross_norm:
                x = x + hear_text(i, _normed(x, layer.cross_norm))
            x = x + layer.down(gelu(layer.up(_normed(x, layer.norm))))
        return x

    def hears_by(self, cross_attend: Attend) -> Hear:
        """Between the matrices of cross-attention, queries [N, D] become what they attend to."""

        def hear_text(i: int, x: Tensor) -> Tensor:
            layer = self._layers[i]
            if layer.cross_query is None or layer.cross_out is None:
                raise ValueError("these layers have no cross-attention")
            return layer.cross_out(cross_attend(i, layer.cross_query(x)))

        return hear_text

    def logits(self, x: Tensor) -> Tensor:
        """What `run` gave becomes [N, K, V] float32."""
        heads = self._heads(_normed(x, self._norm))
        return heads.float().view(len(x), self._shape.codebooks, -1)


def _normed(x: Tensor, norm: _Norm) -> Tensor:
    return layer_norm(x, x.shape[-1:], *norm)
