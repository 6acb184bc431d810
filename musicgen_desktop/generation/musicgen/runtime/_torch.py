"""The lean loop in torch on a CPU: needs no compiler, works on any machine that torch works on.

B takes of G guidance rows each, N rows together; H heads of width W, D = H · W; K codebooks, V tokens.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import draw_of_top, draw_tokens, guide, noise, seed_bits
from musicgen_desktop.generation.musicgen.weights import forget_pages

from ._layers import Hear, Layers, Linear
from ._products import pack
from ._text import CrossMatrices, Text
from .path import Conditioning, Floats, Sampling, Tokens
from .threads import quickest_threads, torch_threads

_LONGEST = 8192  # positions; ten minutes are made in windows far shorter
_RACES = 16  # positions whose noise is made at once: one alone is mostly calls


class _Sequence:
    """A take: its caches and how much of them is used.

    Attributes:
        keys: [layers, G · H, W, positions] float32, positions last: a query times all of them is one product
            that reads memory in its order.
        values: [layers, G · H, positions, W] float32.
        heard: positions, prepended states included.
    """

    def __init__(
        self, shape: DecoderShape, sampling: Sampling, text: Text | None, prepended: int, positions: int
    ) -> None:
        self.sampling, self.text, self.prepended, self.positions = sampling, text, prepended, positions
        self.rows = len(sampling.guidance)
        rows, head = self.rows * shape.heads, shape.width // shape.heads
        self.keys = torch.zeros(shape.layers, rows, head, positions)
        self.values = torch.zeros(shape.layers, rows, positions, head)
        self.heard = 0
        self._races, self._races_from = torch.empty(0), 0

    @property
    def nbytes(self) -> int:
        """What it remembers."""
        return self.keys.nbytes + self.values.nbytes + (self.text.nbytes if self.text else 0)

    def race(self, vocabulary: int) -> Tensor:
        """The noise that draws its next tokens, [K, V]."""
        position = self.heard - self.prepended + self.sampling.offset
        if not 0 <= position - self._races_from < len(self._races):
            seeds = seed_bits([self.sampling.seeds]).expand(_RACES, -1)
            self._races = noise(seeds, torch.arange(position, position + _RACES), vocabulary)
            self._races_from = position
        return self._races[position - self._races_from]


class TorchPath:
    """A `DecodePath`: a static cache for each sequence, all rows of all sequences in each product.

    Args:
        tensors: by our names, any floating type.
        precision: of the weights: “fp32”; “bf16”; “int8”, a scale for each output.
            Norms, attention and sampling are always in float32, and what a short text is folded into.
        mapped: the tensors are a file's, memory-mapped and unchanged: each gives its pages back once it is
            packed, or was read for a text.
    """

    name = "torch"

    def __init__(
        self,
        shape: DecoderShape,
        tensors: Mapping[str, Tensor],
        precision: str = "int8",
        *,
        mapped: bool = False,
    ) -> None:
        self.precision = precision
        self._shape = shape
        self._layers = Layers(shape, tensors, _packing(precision, mapped=mapped), torch.empty(0), _LONGEST)
        crosses = shape.cross_attention
        self._cross = CrossMatrices(shape, tensors, self._layers, mapped=mapped) if crosses else None
        self._open: dict[int, _Sequence] = {}
        self._next = 0
        self._threads = quickest_threads(self._bare_step)

    @property
    def detail(self) -> str:
        """Such as “2 threads”."""
        return f"{self._threads} thread{'s' if self._threads > 1 else ''}"

    @torch.inference_mode()
    def open(self, conditioning: Conditioning, sampling: Sampling, positions: int) -> int:
        """See `DecodePath.open`."""
        prepended = 0 if conditioning.prepended is None else conditioning.prepended.shape[1]
        if prepended + positions > _LONGEST:
            raise ValueError(f"a sequence has at most {_LONGEST} positions")
        try:
            text = self._text(conditioning)
            sequence = _Sequence(self._shape, sampling, text, prepended, prepended + positions)
        except RuntimeError as error:  # torch's way to say that memory is out
            raise MemoryError("the cache does not fit into memory") from error
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
        with torch_threads(self._threads):
            races = [one.race(self._shape.vocabulary) for one in batch]
            logits = self._guided(batch, tokens)
            drawn = [_drawn(*each) for each in zip(batch, logits, races, strict=True)]
        return torch.stack(drawn).numpy()

    @torch.inference_mode()
    def logits(self, sequences: Sequence[int], tokens: Tokens) -> Floats:
        """See `DecodePath.logits`."""
        with torch_threads(self._threads):
            return self._guided([self._open[number] for number in sequences], tokens).numpy()

    def close(self, sequence: int) -> None:
        """See `DecodePath.close`."""
        del self._open[sequence]

    def rest(self) -> None:
        """See `DecodePath.rest`; each sequence took its cache along."""

    def release(self) -> None:
        """See `DecodePath.release`."""
        self._open.clear()
        del self._layers, self._cross

    @torch.inference_mode()
    def _bare_step(self) -> None:
        """A step of one take that hears nothing, as to how long it takes."""
        width = self._shape.width
        states, at = torch.ones(2, width), torch.zeros(2, dtype=torch.int64)
        self._layers.logits(self._layers.run(states, at, lambda _, qkv: qkv[:, :width], None))

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
            if one.heard + steps > one.positions:
                raise ValueError("the sequence was opened for fewer positions")
        attend = _hear_next if steps == 1 else _hear_many
        sizes = [one.rows * steps for one in batch]

        def self_attend(layer: int, qkv: Tensor) -> Tensor:
            parts = zip(batch, qkv.split_with_sizes(sizes), strict=True)
            return _together([attend(one, layer, part) for one, part in parts])

        def hear_text(layer: int, states: Tensor) -> Tensor:
            parts = zip(batch, states.split_with_sizes(sizes), strict=True)
            return _together(
                [one.text.hear(layer, part) if one.text else torch.zeros_like(part) for one, part in parts]
            )

        hear: Hear | None = hear_text if any(one.text for one in batch) else None
        hidden = self._layers.run(states, at, self_attend, hear)
        for one in batch:
            one.heard += steps
        return hidden

    def _text(self, conditioning: Conditioning) -> Text | None:
        """What a take is told, if anything; None also where its text is part of what is prepended."""
        if conditioning.cross is None or self._cross is None:
            return None
        states, mask = torch.from_numpy(conditioning.cross).float(), conditioning.cross_mask
        kept = torch.ones(states.shape[:2], dtype=torch.bool) if mask is None else torch.from_numpy(mask)
        return self._cross.prepare(states, kept)


def _packing(precision: str, *, mapped: bool) -> Callable[[Tensor], Linear]:
    """Makes products, and lets go of the file they are made from."""
    packed = pack(precision)

    def pack_mapped(weight: Tensor) -> Linear:
        product = packed(weight)
        forget_pages({"packed": weight})
        return product

    return pack_mapped if mapped else packed


def _hear_next(one: _Sequence, layer: int, qkv: Tensor) -> Tensor:
    """Write one position's keys and values and attend to all so far: [G, 3D] → [G, D]."""
    keys, values = one.keys[layer], one.values[layer]
    rows, head = keys.shape[:2]
    query, key, value = qkv.view(one.rows, 3, -1).transpose(0, 1).reshape(3, rows, head).unbind(0)
    keys[:, :, one.heard] = key
    values[:, one.heard] = value
    end = one.heard + 1
    scores = torch.bmm(query[:, None], keys[:, :, :end]).mul_(head**-0.5)  # [G · H, 1, end]
    return torch.bmm(scores.softmax(dim=-1), values[:, :end]).view(one.rows, -1)


def _hear_many(one: _Sequence, layer: int, qkv: Tensor) -> Tensor:
    """As `_hear_next`, but T positions, each of which attends to itself and what came before: [G · T, 3D]."""
    heads, head = len(one.keys[layer]) // one.rows, one.keys.shape[2]
    keys = one.keys[layer].view(one.rows, heads, head, -1)
    values = one.values[layer].view(one.rows, heads, -1, head)
    query, key, value = qkv.view(one.rows, -1, 3, heads, head).permute(2, 0, 3, 1, 4)  # [G, H, T, W]
    steps = query.shape[2]
    end = one.heard + steps
    keys[..., one.heard : end] = key.transpose(2, 3)
    values[:, :, one.heard : end] = value
    past = torch.ones(steps, end, dtype=torch.bool).tril(end - steps)
    of_positions = keys[..., :end].transpose(2, 3).contiguous()
    heard = scaled_dot_product_attention(query, of_positions, values[:, :, :end], past)
    return heard.transpose(1, 2).reshape(one.rows * steps, -1)


def _drawn(one: _Sequence, logits: Tensor, race: Tensor) -> Tensor:
    """A take's tokens, [K], from its guided logits and its noise, [K, V]."""
    wish = one.sampling
    if wish.top_p <= 0:
        return draw_of_top(logits, race, wish.temperature, wish.top_k)
    settings = torch.tensor([wish.temperature]), torch.tensor([wish.top_k]), torch.tensor([wish.top_p])
    return draw_tokens(logits[None], race[None], *settings)[0]


def _together(parts: list[Tensor]) -> Tensor:
    """One after another; a single one is not copied."""
    return parts[0] if len(parts) == 1 else torch.cat(parts)
