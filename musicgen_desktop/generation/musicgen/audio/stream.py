"""Tokens become sound while they come, and the pieces together are what decoding all at once gives."""

import numpy as np
import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.runtime.path import Floats, Tokens

from .codec import Codec
from .layers import LstmState, sides, upsampling_context


class StreamDecoder:
    """Decodes one take piece by piece. Frames once given are final.

    The decoder looks ahead, and its LSTM remembers everything. So the LSTM's state is carried on, each
    convolution sees as many steps on both sides as can reach what is given, and the steps that a later one
    could still change are held back: 5 steps, 100 ms, with MusicGen's codec.
    """

    def __init__(self, codec: Codec, channels: int) -> None:
        """Begin.

        Args:
            codec: one that encodes as a whole and has no norm over time.
            channels: of the sound; 2 with a mono codec takes left and right codebooks interleaved.
        """
        shape = codec.shape
        if shape.chunk_s or shape.normalisation != "weight_norm":
            raise ValueError("a codec that normalises over time cannot be decoded while tokens come")
        self._codec, self._rows = codec, 1 if channels == shape.channels else channels
        self._reflected, self._ahead = sides(shape.kernel - 1, causal=shape.causal)
        self._first_context = 2 * shape.kernel  # an edge's reflection reaches no further than one kernel
        self._context = upsampling_context(shape)
        self._state: LstmState | None = None
        self._latents = _Held()
        self._states = _Held()
        self._given = 0  # steps whose sound was given

    @property
    def steps_held_back(self) -> int:
        """How many steps wait for later ones."""
        return self._ahead + self._context

    @torch.inference_mode()
    def push(self, tokens: Tokens) -> Floats:
        """Take the next tokens [K, n], n of any size; returns the new final frames [C, F], F may be 0."""
        codes = torch.from_numpy(np.ascontiguousarray(tokens, np.int64))
        if codes.shape[1]:
            # Left is codebooks 0, 2, …, right is 1, 3, …: [K, n] to [rows, K / rows, n].
            rows = codes.reshape(-1, self._rows, codes.shape[1]).transpose(0, 1)
            self._latents.append(self._codec.latents(rows))
        return self._sound(ended=False)

    @torch.inference_mode()
    def finish(self) -> Floats:
        """The frames that were held back, [C, F]; nothing can be pushed after it."""
        return self._sound(ended=True)

    def _sound(self, *, ended: bool) -> Floats:
        known = self._latents.end - (0 if ended else self._ahead)
        if not ended and self._latents.end <= self._reflected:
            known = 0  # the take's own first steps are padded with those that follow them
        if known > self._states.end:
            start = self._states.end
            states = self._codec.before_lstm(self._latents.from_step(start - self._first_context))
            skipped = start - self._latents.start
            fresh = states[:, skipped : skipped + known - start]
            out, self._state = self._codec.through_lstm(fresh, self._state)
            self._states.append(out)
        final = self._states.end - (0 if ended else self._context)
        if final <= self._given:
            return np.zeros((self._rows * self._codec.shape.channels, 0), np.float32)
        hop = self._codec.shape.hop
        sound = self._codec.upsample(self._states.from_step(self._given - self._context))
        skipped = (self._given - self._states.start) * hop
        fresh = sound[..., skipped : skipped + (final - self._given) * hop]
        self._given = final
        return fresh.flatten(0, 1).numpy().copy()


class _Held:
    """The last steps of something that grows, [B, T, width]; counted from the take's first."""

    def __init__(self) -> None:
        self.start = self.end = 0
        self._steps: Tensor | None = None

    def append(self, steps: Tensor) -> None:
        self._steps = steps if self._steps is None else torch.cat((self._steps, steps), 1)
        self.end += steps.shape[1]

    def from_step(self, step: int) -> Tensor:
        """Forget what lies before a step, and return the rest."""
        if self._steps is None:
            raise ValueError("nothing was pushed yet")
        dropped = max(0, step - self.start)
        self._steps = self._steps[:, dropped:]
        self.start += dropped
        return self._steps
