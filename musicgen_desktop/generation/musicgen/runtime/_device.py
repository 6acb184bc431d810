"""The step on a device other than the processor: all takes at once, in places that do not move.

S slots, of which the first B take part; G guidance rows, N = B · G, K codebooks, V tokens, D width.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear, scaled_dot_product_attention

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import draw_tokens, noise

from ._layers import Layers, Linear
from ._slots import Room, Slots, Take
from .memory import is_out_of_memory
from .path import Conditioning, Floats, Sampling, Tokens

_LONGEST = 8192  # positions
_TYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class DevicePath:
    """What the paths of devices have in common; it runs on any device that torch knows.

    A slot that takes no part in a step computes all the same and changes nothing: it writes at a position
    that it has not heard yet, and that is written again before it is.

    Args:
        tensors: by our names, any floating type.
        precision: of weights, cache and hidden states: “bf16”, “fp16” or “fp32”. Sampling is in float32.
        device: as torch calls it.
    """

    name = "device"

    def __init__(
        self, shape: DecoderShape, tensors: Mapping[str, Tensor], precision: str, device: str
    ) -> None:
        self.precision = precision
        self._shape = shape
        self._like = torch.empty(0, dtype=_TYPES[precision], device=device)
        self._layers = Layers(shape, tensors, self._pack, self._like, _LONGEST)
        crossed = range(shape.layers if shape.cross_attention else 0)
        self._cross_kv = [tensors[f"layers.{i}.cross.kv"].to(self._like) for i in crossed]
        self._slots = Slots(shape, self._like, Room())
        self._open: dict[int, Take] = {}
        self._next = 0

    @property
    def detail(self) -> str:
        """The device."""
        return str(self._like.device)

    @torch.inference_mode()
    def open(self, conditioning: Conditioning, sampling: Sampling, positions: int) -> int:
        """See `DecodePath.open`."""
        prepended = 0 if conditioning.prepended is None else conditioning.prepended.shape[1]
        if prepended + positions > _LONGEST:
            raise ValueError(f"a sequence has at most {_LONGEST} positions")
        taken = {take.slot for take in self._open.values()}
        slot = min(set(range(len(taken) + 1)) - taken)
        take = Take(slot, sampling, len(sampling.guidance), prepended + positions, prepended)
        try:
            cross, kept = self._text(conditioning)
            self._make_room(take, 0 if kept is None else kept.shape[1])
            self._slots.settle(take, cross, kept)
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                raise MemoryError("the cache does not fit into the device's memory") from error
            raise
        if conditioning.prepended is not None:
            self._hear(take, torch.from_numpy(conditioning.prepended).to(self._like))
        self._next += 1
        self._open[self._next] = take
        return self._next

    @torch.inference_mode()
    def feed(self, sequence: int, tokens: Tokens) -> None:
        """See `DecodePath.feed`."""
        if tokens.shape[1]:
            take = self._open[sequence]
            columns = torch.from_numpy(np.ascontiguousarray(tokens.T)).to(self._like.device)
            self._hear(take, self._layers.embed(columns).expand(take.rows, -1, -1))

    @torch.inference_mode()
    def step(self, sequences: Sequence[int], tokens: Tokens) -> Tokens:
        """See `DecodePath.step`."""
        return self._take_part(sequences, tokens, self._draw).numpy()

    @torch.inference_mode()
    def logits(self, sequences: Sequence[int], tokens: Tokens) -> Floats:
        """See `DecodePath.logits`."""
        return self._take_part(sequences, tokens, self._guided).numpy()

    def close(self, sequence: int) -> None:
        """See `DecodePath.close`."""
        del self._open[sequence]

    def rest(self) -> None:
        """See `DecodePath.rest`."""
        self._slots = Slots(self._shape, self._like, Room())

    def release(self) -> None:
        """See `DecodePath.release`."""
        self._open.clear()
        del self._slots, self._layers, self._cross_kv

    def _pack(self, weight: Tensor) -> Linear:
        matrix = weight.to(self._like).contiguous()
        return lambda x: linear(x, matrix)

    def _take_part(
        self, sequences: Sequence[int], tokens: Tokens, work: Callable[[int, int], Tensor]
    ) -> Tensor:
        """Do a step of some takes; what it gives for each of them, on the processor."""
        takes = [self._open[number] for number in sequences]
        if any(take.heard >= take.positions for take in takes):
            raise ValueError("the sequence was opened for fewer positions")
        slots = [take.slot for take in takes]
        everyone = self._open.values()
        fed = torch.zeros(self._slots.fed.shape, dtype=torch.int64)
        fed[slots, :-1] = torch.from_numpy(tokens)
        fed[slots, -1] = 1
        self._slots.fed.copy_(fed)
        given = work(max(take.slot for take in everyone) + 1, max(take.heard for take in everyone) + 1)
        for take in takes:
            take.heard += 1
        return given.to("cpu")[slots]

    def _draw(self, B: int, length: int) -> Tensor:
        """Let the first B slots feed what lies in `fed` and draw what follows, [B, K]; attend to `length`."""
        slots = self._slots
        race = self._race(B)
        guided = self._guided(B, length)
        return draw_tokens(guided, race(), slots.temperature[:B], slots.top_k[:B], slots.top_p[:B])

    def _race(self, B: int) -> Callable[[], Tensor]:
        """Begin to make the noise of the step, [B, K, V]; what is returned waits for it."""
        slots = self._slots
        race = noise(slots.seeds[:B], slots.heard[:B] + slots.ahead[:B], self._shape.vocabulary)
        return lambda: race

    def _guided(self, B: int, length: int) -> Tensor:
        """As `_draw`, but the guided logits, [B, K, V]."""
        slots, shape, G = self._slots, self._shape, self._slots.room.rows
        N, heads = B * G, shape.heads
        every = torch.arange(N, device=self._like.device)
        # A take that has heard all it may takes no part any more; its last position may be written again.
        at = slots.heard[:B].clamp(max=slots.room.positions - 1).repeat_interleave(G, output_size=N)
        tokens = slots.fed[:B, :-1].repeat_interleave(G, dim=0, output_size=N)
        past = torch.arange(length, device=self._like.device) <= at[:, None]
        mask = torch.where(past, 0.0, -torch.inf).to(self._like)[:, None, None]  # [N, 1, 1, length]

        def self_attend(layer: int, qkv: Tensor) -> Tensor:
            query, *new = qkv.view(N, 3, heads, -1).unbind(1)
            cache = slots.cache[layer, :, :B].flatten(1, 2)  # [2, N, H, P, W], a view
            cache[:, every, :, at] = torch.stack(new, dim=1)
            keys, values = cache[:, :, :, :length]
            return scaled_dot_product_attention(query[:, :, None], keys, values, mask).reshape(N, -1)

        def cross_attend(layer: int, query: Tensor) -> Tensor:
            keys, values = slots.cross[layer, :, :B].flatten(1, 2)
            kept = slots.cross_mask[:B].flatten(0, 1)
            split = query.view(N, heads, 1, -1)
            return scaled_dot_product_attention(split, keys, values, kept).reshape(N, -1)

        hear_text = self._layers.hears_by(cross_attend) if self._cross_kv else None
        states = self._layers.embed(tokens)
        hidden = self._layers.run(states, at, self_attend, hear_text)
        slots.heard[:B] += slots.fed[:B, -1]
        logits = self._layers.logits(hidden).view(B, G, shape.codebooks, -1)
        guided: Tensor = (logits * slots.weights[:B, :, None, None]).sum(dim=1)
        return guided

    def _hear(self, take: Take, states: Tensor) -> None:
        """Let a take hear states [G, T, D] at once."""
        G, T = states.shape[:2]
        start, end, heads = take.heard, take.heard + states.shape[1], self._shape.heads
        if end > take.positions:
            raise ValueError("the sequence was opened for fewer positions")
        at = torch.arange(start, end, device=self._like.device).repeat(G)
        past = torch.ones(T, end, dtype=torch.bool, device=self._like.device).tril(start)
        slots = self._slots

        def self_attend(layer: int, qkv: Tensor) -> Tensor:
            query, *new = qkv.view(G, T, 3, heads, -1).permute(2, 0, 3, 1, 4)  # [G, H, T, W]
            cache = slots.cache[layer, :, take.slot, :G]
            cache[:, :, :, start:end] = torch.stack(new)
            keys, values = cache[:, :, :, :end]
            heard = scaled_dot_product_attention(query, keys, values, past)
            return heard.transpose(1, 2).reshape(G * T, -1)

        def cross_attend(layer: int, query: Tensor) -> Tensor:
            split = query.view(G, T, heads, -1).transpose(1, 2)
            keys, values = slots.cross[layer, :, take.slot, :G]
            kept = slots.cross_mask[take.slot, :G]
            heard = scaled_dot_product_attention(split, keys, values, kept)
            return heard.transpose(1, 2).reshape(G * T, -1)

        hear_text = self._layers.hears_by(cross_attend) if self._cross_kv else None
        self._layers.run(states.flatten(0, 1), at, self_attend, hear_text)
        take.heard = end
        slots.heard[take.slot] = end

    def _make_room(self, take: Take, text: int) -> None:
        room = self._slots.room.with_room_for(take.slot, take.rows, take.positions, text)
        if room != self._slots.room:
            slots = Slots(self._shape, self._like, room)
            slots.take_over(self._slots)
            self._slots = slots

    def _text(self, conditioning: Conditioning) -> tuple[Tensor | None, Tensor | None]:
        """Keys and values of the text, [layers, 2, G, H, L, W], and where it is no padding, [G, L]."""
        if conditioning.cross is None or not self._cross_kv:
            return None, None
        text = torch.from_numpy(conditioning.cross).to(self._like)
        rows, length = text.shape[:2]
        pairs = torch.stack([linear(text, both) for both in self._cross_kv])  # [layers, G, L, 2D]
        cross = pairs.view(len(pairs), rows, length, 2, self._shape.heads, -1).permute(0, 3, 1, 4, 2, 5)
        mask = conditioning.cross_mask
        kept = torch.ones(rows, length, dtype=torch.bool) if mask is None else torch.from_numpy(mask)
        return cross, kept.to(self._like.device)
