"""The lean loop in torch on a CPU: needs no compiler, works on any machine that torch works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear, scaled_dot_product_attention

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import draw_tokens, guide, noise, seed_bits

from ._layers import Layers
from ._products import pack
from .path import Conditioning, Floats, Sampling, Tokens

_LONGEST = 8192  # positions; ten minutes are made in windows far shorter


@dataclass
class _Sequence:
    """A take: its caches and how much of them is used. G guidance rows, H heads of width W."""

    sampling: Sampling
    cache: Tensor  # [layers, 2, G, H, positions, W] float32: keys, values
    cross: Tensor | None  # [layers, 2, G, H, L, W]
    cross_mask: Tensor | None  # [G, 1, 1, L] bool
    prepended: int
    heard: int = 0  # positions, prepended states included

    @property
    def rows(self) -> int:
        return self.cache.shape[2]

    @property
    def noise_position(self) -> int:
        return self.heard - self.prepended + self.sampling.offset


class TorchPath:
    """A `DecodePath`: a static cache for each sequence, all rows of all sequences in each product.

    Args:
        tensors: by our names, any floating type.
        precision: of the weights: “fp32”; “bf16”; “int8”, a scale for each output, activations in bf16.
            Norms, attention and sampling are always in float32.
    """

    name = "torch"

    def __init__(self, shape: DecoderShape, tensors: Mapping[str, Tensor], precision: str = "int8") -> None:
        self.precision = precision
        self._shape = shape
        self._layers = Layers(shape, tensors, pack(precision), torch.empty(0), _LONGEST)
        self._cross_kv = [
            tensors[f"layers.{i}.cross.kv"] for i in range(shape.layers if shape.cross_attention else 0)
        ]
        self._open: dict[int, _Sequence] = {}
        self._next = 0

    @property
    def detail(self) -> str:
        """Such as “2 threads”."""
        threads = torch.get_num_threads()
        return f"{threads} thread{'s' if threads > 1 else ''}"

    @torch.inference_mode()
    def open(self, conditioning: Conditioning, sampling: Sampling, positions: int) -> int:
        """See `DecodePath.open`."""
        shape, rows = self._shape, len(sampling.guidance)
        prepended = 0 if conditioning.prepended is None else conditioning.prepended.shape[1]
        head = shape.width // shape.heads
        if prepended + positions > _LONGEST:
            raise ValueError(f"a sequence has at most {_LONGEST} positions")
        try:
            cache = torch.zeros(shape.layers, 2, rows, shape.heads, prepended + positions, head)
            cross, mask = self._cross(conditioning)
        except RuntimeError as error:  # torch's way to say that memory is out
            raise MemoryError("the cache does not fit into memory") from error
        sequence = _Sequence(sampling, cache, cross, mask, prepended)
        if conditioning.prepended is not None:
            self._prefill(sequence, torch.from_numpy(conditioning.prepended).float())
        self._next += 1
        self._open[self._next] = sequence
        return self._next

    @torch.inference_mode()
    def feed(self, sequence: int, tokens: Tokens) -> None:
        """See `DecodePath.feed`."""
        if tokens.shape[1]:
            opened = self._open[sequence]
            states = self._layers.embed(torch.from_numpy(np.ascontiguousarray(tokens.T)))  # [T, D]
            self._prefill(opened, states.expand(opened.rows, -1, -1))

    @torch.inference_mode()
    def step(self, sequences: Sequence[int], tokens: Tokens) -> Tokens:
        """See `DecodePath.step`."""
        batch = [self._open[number] for number in sequences]
        race = noise(
            seed_bits([one.sampling.seeds for one in batch]),
            torch.tensor([one.noise_position for one in batch]),
            self._shape.vocabulary,
        )
        logits = self._guided(batch, tokens)
        drawn = draw_tokens(
            logits,
            race,
            torch.tensor([one.sampling.temperature for one in batch]),
            torch.tensor([one.sampling.top_k for one in batch]),
            torch.tensor([one.sampling.top_p for one in batch]),
        )
        return drawn.numpy()

    @torch.inference_mode()
    def logits(self, sequences: Sequence[int], tokens: Tokens) -> Floats:
        """See `DecodePath.logits`."""
        return self._guided([self._open[number] for number in sequences], tokens).numpy()

    def close(self, sequence: int) -> None:
        """See `DecodePath.close`."""
        del self._open[sequence]

    def rest(self) -> None:
        """See `DecodePath.rest`; each sequence took its cache along."""

    def release(self) -> None:
        """See `DecodePath.release`."""
        self._open.clear()
        del self._layers, self._cross_kv

    def _guided(self, batch: list[_Sequence], tokens: Tokens) -> Tensor:
        """Feed one position; the guided logits of the next, [B, K, V]."""
        rows = [one.rows for one in batch]
        repeats = torch.tensor(rows)
        states = self._layers.embed(torch.from_numpy(tokens).repeat_interleave(repeats, dim=0))  # [N, D]
        at = torch.tensor([one.heard for one in batch]).repeat_interleave(repeats)
        hidden = self._run(batch, states, at, 1)
        each = self._layers.logits(hidden).split_with_sizes(rows)
        return torch.stack([guide(one, of.sampling.guidance) for one, of in zip(each, batch, strict=True)])

    def _prefill(self, sequence: _Sequence, states: Tensor) -> None:
        """Let a sequence hear states [G, T, D] at once."""
        steps = states.shape[1]
        at = torch.arange(sequence.heard, sequence.heard + steps).repeat(sequence.rows)
        self._run([sequence], states.flatten(0, 1), at, steps)

    def _run(self, batch: list[_Sequence], states: Tensor, at: Tensor, steps: int) -> Tensor:
        """Rows of all sequences, each with `steps` new positions, through the layers: [N, D]."""
        for one in batch:
            if one.heard + steps > one.cache.shape[4]:
                raise ValueError("the sequence was opened for fewer positions")
        sizes = [one.rows * steps for one in batch]

        def self_attend(layer: int, qkv: Tensor) -> Tensor:
            parts = [
                _hear(one, layer, part, steps)
                for one, part in zip(batch, qkv.split_with_sizes(sizes), strict=True)
            ]
            return torch.cat(parts)

        def cross_attend(layer: int, query: Tensor) -> Tensor:
            parts = [
                _attend_text(one, layer, part, steps)
                for one, part in zip(batch, query.split_with_sizes(sizes), strict=True)
            ]
            return torch.cat(parts)

        hidden = self._layers.run(states, at, self_attend, cross_attend if self._cross_kv else None)
        for one in batch:
            one.heard += steps
        return hidden

    def _cross(self, conditioning: Conditioning) -> tuple[Tensor | None, Tensor | None]:
        """Keys and values of the text, once for all steps."""
        if conditioning.cross is None or not self._cross_kv:
            return None, None
        shape, text = self._shape, torch.from_numpy(conditioning.cross).float()  # [G, L, D]
        rows, length = text.shape[:2]
        pairs = [linear(text, both.float()) for both in self._cross_kv]  # [G, L, 2D]
        cross = torch.stack(pairs).view(len(pairs), rows, length, 2, shape.heads, -1)
        kept = conditioning.cross_mask
        mask = torch.ones(rows, length, dtype=torch.bool) if kept is None else torch.from_numpy(kept)
        return cross.permute(0, 3, 1, 4, 2, 5).contiguous(), mask[:, None, None]


def _hear(one: _Sequence, layer: int, qkv: Tensor, steps: int) -> Tensor:
    """Write the new keys and values and attend to all so far: [G · T, 3D] → [G · T, D]."""
    heads, head = one.cache.shape[3], one.cache.shape[5]
    query, key, value = qkv.view(one.rows, steps, 3, heads, head).permute(2, 0, 3, 1, 4)  # [G, H, T, W]
    end = one.heard + steps
    keys, values = one.cache[layer, 0, :, :, :end], one.cache[layer, 1, :, :, :end]
    keys[:, :, one.heard :] = key
    values[:, :, one.heard :] = value
    past = None if steps == 1 else torch.ones(steps, end, dtype=torch.bool).tril(end - steps)
    heard = scaled_dot_product_attention(query, keys, values, past)
    return heard.transpose(1, 2).reshape(one.rows * steps, -1)


def _attend_text(one: _Sequence, layer: int, query: Tensor, steps: int) -> Tensor:
    """[G · T, D] → [G · T, D]; zero for a row without text."""
    if one.cross is None or one.cross_mask is None:
        return torch.zeros_like(query)
    heads, head = one.cross.shape[3], one.cross.shape[5]
    split = query.view(one.rows, steps, heads, head).transpose(1, 2)
    states = scaled_dot_product_attention(split, one.cross[layer, 0], one.cross[layer, 1], one.cross_mask)
    # A row that may attend to nothing has only -inf, whose softmax is nan in some of torch's kernels.
    return states.nan_to_num(0.0).transpose(1, 2).reshape(one.rows * steps, -1)
