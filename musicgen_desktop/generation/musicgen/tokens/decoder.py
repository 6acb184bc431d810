"""The decoder transformer, whole and slow: what every fast path is compared with.

Letters: R rows (sequences times guidance rows), T new positions, S positions heard so far with the new ones,
L text states, H heads of width W, D = H · W the width, K codebooks, V vocabulary.

Source: arXiv:2306.05284; the arithmetic is that of `transformers`' MusicgenForCausalLM and
MusicgenMelodyForCausalLM, with which the tests compare it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn.functional import embedding, gelu, layer_norm, linear

from musicgen_desktop.generation.musicgen.shape import DecoderShape


@dataclass
class Heard:
    """What some rows have heard: keys and values of each layer, which grow, and the text's, which stay."""

    keys: list[Tensor]  # a layer: [R, H, S, W]
    values: list[Tensor]
    cross_keys: list[Tensor] = field(default_factory=list)  # a layer: [R, H, L, W]
    cross_values: list[Tensor] = field(default_factory=list)
    cross_mask: Tensor | None = None  # [R, 1, 1, L] bool

    @property
    def positions(self) -> int:
        """S, prepended states included."""
        return self.keys[0].shape[2]


class Decoder:
    """Plain torch, any device, in the type of the tensors it is given.

    Args:
        tensors: by our names; [out, in] matrices, no biases but those of the norms.
    """

    def __init__(self, shape: DecoderShape, tensors: Mapping[str, Tensor]) -> None:
        self.shape = shape
        self._tensors = tensors

    def begin(
        self,
        rows: int,
        cross: Tensor | None = None,
        cross_mask: Tensor | None = None,
        prepended: Tensor | None = None,
    ) -> Heard:
        """Rows that have heard nothing but what they are conditioned on.

        Args:
            rows: R.
            cross: [R, L, D] projected text states.
            cross_mask: [R, L] bool, False where a state is padding.
            prepended: [R, P, D] states in front of the tokens.
        """
        shape, like = self.shape, self._tensors["norm.weight"]
        empty = like.new_zeros(rows, shape.heads, 0, shape.width // shape.heads)
        heard = Heard([empty] * shape.layers, [empty] * shape.layers)
        if cross is not None and shape.cross_attention:
            for i in range(shape.layers):
                keys, values = linear(cross.to(like), self._tensors[f"layers.{i}.cross.kv"]).chunk(2, dim=-1)
                heard.cross_keys.append(self._split(keys))
                heard.cross_values.append(self._split(values))
            kept = torch.ones(cross.shape[:2], dtype=torch.bool) if cross_mask is None else cross_mask
            heard.cross_mask = kept.to(like.device)[:, None, None]
        if prepended is not None:
            self._hidden(heard, prepended.to(like))
        return heard

    def logits(self, heard: Heard, tokens: Tensor) -> Tensor:
        """Hear tokens [R, K, T] of the delayed pattern; what may follow each: [R, K, T, V]. `heard` grows."""
        tables = self._tensors["embeddings"]  # [K, V + 1, D]
        x = sum(
            (embedding(tokens[:, k], tables[k]) for k in range(self.shape.codebooks)), tables.new_zeros(())
        )
        hidden = self._hidden(heard, x)  # [R, T, D]
        return torch.einsum("rtd,kvd->rktv", hidden, self._tensors["heads"])

    def _hidden(self, heard: Heard, x: Tensor) -> Tensor:
        T, S = x.shape[1], heard.positions  # before the new ones
        x = x + sinusoidal_positions(S + T, self.shape.width)[S:].to(x)
        for i in range(self.shape.layers):
            x = x + self._self_attention(i, heard, self._norm(f"layers.{i}.self.norm", x))
            if heard.cross_mask is not None:
                x = x + self._cross_attention(
                    i, heard, heard.cross_mask, self._norm(f"layers.{i}.cross.norm", x)
                )
            up = linear(self._norm(f"layers.{i}.norm", x), self._tensors[f"layers.{i}.up"])  # [R, T, FF]
            x = x + linear(gelu(up), self._tensors[f"layers.{i}.down"])
        return self._norm("norm", x)

    def _self_attention(self, i: int, heard: Heard, x: Tensor) -> Tensor:
        query, key, value = linear(x, self._tensors[f"layers.{i}.self.qkv"]).chunk(3, dim=-1)
        heard.keys[i] = keys = torch.cat([heard.keys[i], self._split(key)], dim=2)
        heard.values[i] = values = torch.cat([heard.values[i], self._split(value)], dim=2)
        T, S = x.shape[1], keys.shape[2]
        past = torch.ones(T, S, dtype=torch.bool, device=x.device).tril(S - T)  # itself and what came before
        return linear(_attend(self._split(query), keys, values, past), self._tensors[f"layers.{i}.self.out"])

    def _cross_attention(self, i: int, heard: Heard, mask: Tensor, x: Tensor) -> Tensor:
        query = self._split(linear(x, self._tensors[f"layers.{i}.cross.q"]))
        states = _attend(query, heard.cross_keys[i], heard.cross_values[i], mask)
        return linear(states, self._tensors[f"layers.{i}.cross.out"])

    def _norm(self, name: str, x: Tensor) -> Tensor:
        tensors = self._tensors
        return layer_norm(x, x.shape[-1:], tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def _split(self, x: Tensor) -> Tensor:
        """[R, T, D] → [R, H, T, W]."""
        return x.view(*x.shape[:2], self.shape.heads, -1).transpose(1, 2)


def _attend(query: Tensor, keys: Tensor, values: Tensor, kept: Tensor) -> Tensor:
    """[R, H, T, W] against [R, H, S, W] where `kept`, [.., T, S], is true → [R, T, D]."""
    scores = query @ keys.transpose(-1, -2) / math.sqrt(query.shape[-1])  # [R, H, T, S]
    # A row that may attend to nothing has only -inf, whose softmax is nan; its result is 0.
    share = scores.masked_fill(~kept, -torch.inf).softmax(dim=-1).nan_to_num(0.0)
    return (share @ values).transpose(1, 2).flatten(2)


def sinusoidal_positions(positions: int, width: int) -> Tensor:
    """[positions, D] float32: cosines of falling frequency, then their sines.

    Source: arXiv:1706.03762, section 3.5, in tensor2tensor's order: exponents run over D / 2 - 1.
    """
    half = width // 2
    frequencies = torch.exp(torch.arange(half).float() * -(math.log(10_000) / (half - 1)))
    angles = torch.arange(positions).float()[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], dim=1)
