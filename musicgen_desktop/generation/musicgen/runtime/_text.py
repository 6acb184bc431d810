"""How takes hear their text in the lean loop. G guidance rows, T positions, L states of text, H heads."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn.functional import linear, scaled_dot_product_attention

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.weights import forget_pages

from ._layers import Layers


class Text(Protocol):
    """What one take is told, ready for every step."""

    @property
    def nbytes(self) -> int:
        """What it remembers."""

    def hear(self, layer: int, states: Tensor) -> Tensor:
        """What the text adds to normed states: [G · T, D] → [G · T, D]; 0 for a row without text."""


class CrossMatrices:
    """Those of cross-attention, as they are before they are packed: texts are prepared with them.

    Args:
        tensors: by our names; must have them.
        layers: with the same matrices, packed.
        mapped: the tensors are a file's, memory-mapped and unchanged; texts are rare, and in between their
            pages are given back.
    """

    def __init__(
        self, shape: DecoderShape, tensors: Mapping[str, Tensor], layers: Layers, *, mapped: bool
    ) -> None:
        self._shape, self._layers, self._mapped = shape, layers, mapped
        self._all = [
            (tensors[f"{at}.q"], tensors[f"{at}.kv"], tensors[f"{at}.out"])
            for at in (f"layers.{i}.cross" for i in range(shape.layers))
        ]

    def prepare(self, states: Tensor, kept: Tensor) -> Text:
        """A take's text.

        Args:
            states: [G, L, D] float32.
            kept: [G, L] bool, False where a state is padding.
        """
        longest = int(kept.sum(dim=1).max())
        return self._plain(states, kept) if self._is_long(longest) else self._folded(states, kept)

    def _is_long(self, text: int) -> bool:
        """Whether folded matrices would be no smaller than half of the two they stand for."""
        return 2 * self._shape.heads * text > self._shape.width

    def _each(self) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Queries', keys' and values', and the last matrix of each layer."""
        for query, both, out in self._all:
            yield query, both, out
            if self._mapped:
                forget_pages({"query": query, "both": both, "out": out})

    def _folded(self, states: Tensor, kept: Tensor) -> "_FoldedText":
        heads, D = self._shape.heads, self._shape.width
        told = [row for row in range(len(states)) if kept[row].any()]
        layers: list[list[_Folded]] = []
        for query, both, out in self._each():
            layers.append([])
            for row in told:
                pairs = linear(states[row, kept[row]], both.float())  # [L, 2D]
                keys, values = pairs.view(len(pairs), 2, heads, 1, -1).permute(1, 2, 3, 0, 4)  # [H, 1, L, W]
                queries = query.float().view(heads, -1, D)[:, None]  # [H, 1, W, D]
                outs = out.float().view(D, heads, -1).permute(1, 2, 0)[:, None]  # [H, 1, W, D]
                scale = keys.shape[-1] ** -0.5
                layers[-1].append(
                    _Folded(row, (keys @ queries).mul_(scale).view(-1, D), (values @ outs).view(-1, D))
                )
        return _FoldedText(layers, len(states), heads)

    def _plain(self, states: Tensor, kept: Tensor) -> "_PlainText":
        shape, (rows, length) = self._shape, states.shape[:2]
        pairs = torch.stack([linear(states, both.float()) for _, both, _ in self._each()])
        cross = pairs.view(shape.layers, rows, length, 2, shape.heads, -1).permute(0, 3, 1, 4, 2, 5)
        return _PlainText(cross.contiguous(), kept[:, None, None], self._layers)


class _Folded(NamedTuple):
    """A layer's matrices with one row's text inside: a product gives every head's score of every state."""

    row: int
    keys: Tensor  # [H · L, D]
    values: Tensor  # [H · L, D]


class _FoldedText:
    """A short text as a part of the matrices, which it makes smaller; rows without text cost nothing."""

    def __init__(self, layers: list[list[_Folded]], rows: int, heads: int) -> None:
        self._layers, self._rows, self._heads = layers, rows, heads

    @property
    def nbytes(self) -> int:
        """See `Text.nbytes`."""
        return sum(one.keys.nbytes + one.values.nbytes for layer in self._layers for one in layer)

    def hear(self, layer: int, states: Tensor) -> Tensor:
        """See `Text.hear`."""
        each = states.view(self._rows, -1, states.shape[-1])  # [G, T, D]
        heard = torch.zeros_like(each)
        for row, keys, values in self._layers[layer]:
            scores = linear(each[row], keys).view(each.shape[1], self._heads, -1)  # [T, H, L]
            torch.mm(scores.softmax(dim=-1).flatten(1), values, out=heard[row])
        return heard.flatten(0, 1)


class _PlainText:
    """Keys and values of a long text. cross: [layers, 2, G, H, L, W]; mask: [G, 1, 1, L] bool."""

    def __init__(self, cross: Tensor, mask: Tensor, layers: Layers) -> None:
        self._cross, self._mask = cross, mask
        self._hear = layers.hears_by(self._attend)

    @property
    def nbytes(self) -> int:
        """See `Text.nbytes`."""
        return self._cross.nbytes

    def hear(self, layer: int, states: Tensor) -> Tensor:
        """See `Text.hear`."""
        return self._hear(layer, states)

    def _attend(self, layer: int, query: Tensor) -> Tensor:
        rows, heads = self._cross.shape[2:4]
        split = query.view(rows, -1, heads, self._cross.shape[-1]).transpose(1, 2)
        keys, values = self._cross[layer]
        states = scaled_dot_product_attention(split, keys, values, self._mask)
        # A row that may attend to nothing has only -inf, whose softmax is nan in some of torch's kernels.
        return states.nan_to_num(0.0).transpose(1, 2).reshape(len(query), -1)
