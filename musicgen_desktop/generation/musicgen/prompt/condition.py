"""Words and melody become the rows that guide the decoder: one that has them, and one that has nothing."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.runtime.path import Conditioning, Floats
from musicgen_desktop.generation.musicgen.shape import ModelShape
from musicgen_desktop.generation.musicgen.tokens import text_guidance
from musicgen_desktop.generation.sound import Sound

from .chroma import melody_chroma, null_chroma
from .text import TextEncoder

Projection = tuple[Tensor, Tensor]  # weight [D, width], bias [D]


class Conditioner:
    """Makes what takes are conditioned on. D width of the decoder, L tokens of text, P prepended states."""

    def __init__(
        self, shape: ModelShape, decoder_tensors: Mapping[str, Tensor], text_encoder: TextEncoder
    ) -> None:
        """Take the projections from the decoder's tensors.

        Args:
            shape: of the model.
            decoder_tensors: with `text_projection.weight` and `.bias`, unless text is as wide as the decoder,
                and for melody models `chroma_projection.weight` and `.bias`.
            text_encoder: of the same model.

        Raises:
            UserInputError: when a projection is missing.
        """
        decoder = shape.decoder
        self._decoder, self._text_encoder = decoder, text_encoder
        self._text = _projection(decoder_tensors, "text", needed=decoder.text_width != decoder.width)
        self._chroma = _projection(decoder_tensors, "chroma", needed=decoder.chroma_bins > 0)

    def text_states(self, words: str) -> int:
        """How many states a take remembers of its words."""
        return self._text_encoder.count(words)

    def condition(
        self, words: str, melody: Sound | None, guidance: float
    ) -> tuple[Conditioning, tuple[float, ...]]:
        """What a take is conditioned on, and the weight of each of its guidance rows.

        There are two rows, the full one and the one without words and melody. There is one row when the
        guidance is 1, or when words and melody are missing: both rows would be the same then.

        Args:
            words: as `woven`; may be empty.
            melody: for models with chroma.
            guidance: the guidance scale, 1..10.

        Raises:
            UserInputError: when a melody is given to a model that follows none.
        """
        if melody is not None and self._chroma is None:
            raise UserInputError(
                "This model follows no melody; choose a melody model or leave the melody out."
            )
        has_words = bool(words.strip())
        states = _projected(self._text_encoder.encode(words), self._text)
        text = states if has_words else np.zeros_like(states)
        guided = guidance > 1.0 and (has_words or melody is not None)
        weights = text_guidance(guidance) if guided else (1.0,)
        rows = [text, np.zeros_like(text)][: len(weights)]
        if self._decoder.cross_attention:
            mask = np.array([[has_words] * len(text), [False] * len(text)])[: len(weights)]
            return Conditioning(cross=np.stack(rows), cross_mask=mask), weights
        if self._chroma is not None:
            chroma = self._chroma_rows(melody, self._chroma)
            rows = [np.concatenate(pair) for pair in zip(chroma, rows, strict=False)]
        return Conditioning(prepended=np.stack(rows)), weights

    def _chroma_rows(self, melody: Sound | None, projection: Projection) -> tuple[Floats, Floats]:
        bins, steps = self._decoder.chroma_bins, self._decoder.chroma_steps
        null = null_chroma(bins, steps)
        full = null if melody is None else melody_chroma(melody, bins, steps)
        return _projected(full, projection), _projected(null, projection)


def _projection(tensors: Mapping[str, Tensor], name: str, *, needed: bool) -> Projection | None:
    weight, bias = tensors.get(f"{name}_projection.weight"), tensors.get(f"{name}_projection.bias")
    if weight is not None and bias is not None:
        return weight.float().clone(), bias.float().clone()  # they would keep the whole file mapped
    if needed:
        raise UserInputError(f"The model's {name} projection is missing; install the model again.")
    return None


def _projected(states: Floats, projection: Projection | None) -> Floats:
    if projection is None:
        return states
    array: Floats = linear(torch.from_numpy(states), *projection).numpy()
    return array
