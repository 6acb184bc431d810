"""The T5 encoder: words become states, one for each token of text (arXiv:1910.10683)."""

from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import T5EncoderModel

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.runtime.path import Floats
from musicgen_desktop.generation.musicgen.shape import TextShape
from musicgen_desktop.generation.musicgen.weights import text_config

_EMBEDDINGS = ("shared.weight", "encoder.embed_tokens.weight")  # the same table under two names


class TextEncoder:
    """Encodes one text at a time, in float32."""

    def __init__(
        self,
        shape: TextShape,
        tensors: Mapping[str, Tensor],
        tokenizer: Path,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the weights as they are; float32 ones are not copied.

        Args:
            shape: of the encoder.
            tensors: named as in the state dict of transformers' T5EncoderModel.
            tokenizer: a `tokenizer.json`.
            rest: called after each text, when the weights are not needed for a while.

        Raises:
            UserInputError: when tensors are missing or of another size, or the tokenizer cannot be read.
        """
        with torch.device("meta"):
            self._model = T5EncoderModel(text_config(shape))
        table = next((tensors[name] for name in _EMBEDDINGS if name in tensors), None)
        wanted = {name: tensors[name].float() for name in self._model.state_dict() if name in tensors}
        if table is not None:
            wanted |= dict.fromkeys(_EMBEDDINGS, table.float())
        try:
            self._model.load_state_dict(wanted, assign=True)
        except RuntimeError as error:
            raise UserInputError(
                "The model's text encoder is damaged or incomplete; install the model again."
            ) from error
        self._model.requires_grad_(requires_grad=False)
        self._model.train(mode=False)
        self._tokenizer = _tokenizer(tokenizer)
        self._rest = rest

    def count(self, words: str) -> int:
        """How many states `encode` gives of a text."""
        return len(self._tokenizer.encode(words).ids)

    @torch.inference_mode()
    def encode(self, words: str) -> Floats:
        """[L, width] float32 states of a text; L counts its tokens and the one that ends it."""
        ids = torch.tensor([self._tokenizer.encode(words).ids])
        states: Tensor = self._model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        array: Floats = states[0].numpy()
        self._rest()
        return array


def _tokenizer(file: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_str(file.read_text(encoding="utf-8"))
    # tokenizers raises nothing narrower for a file that it cannot read.
    except Exception as error:
        raise UserInputError(
            "The model's tokenizer is damaged or missing; install the model again."
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
