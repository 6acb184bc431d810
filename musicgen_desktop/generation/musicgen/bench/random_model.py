"""A whole model of random weights, installed as any other, so that the engine itself can be measured."""

import math
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor
from transformers import T5Config, T5EncoderModel

from musicgen_desktop.generation.musicgen.library import ModelFile, model_folder, write_model
from musicgen_desktop.generation.musicgen.shape import CodecShape, ModelShape, TextShape
from musicgen_desktop.generation.musicgen.weights import codec_sizes

RANDOM_MODEL = "random"
"""Its id."""


def install_random_model(shape: ModelShape, decoder: Mapping[str, Tensor]) -> Path:
    """Write its files where models lie; returns the folder.

    Args:
        shape: of the model.
        decoder: its tensors by our names.
    """
    folder = model_folder(RANDOM_MODEL)
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    save_file(dict(decoder), folder / "decoder.safetensors")
    save_file(_random_text_encoder(shape.text), folder / "text.safetensors")
    save_file(random_codec(shape.codec), folder / "codec.safetensors")
    words = {"<unk>": 0} | {f"w{number}": number for number in range(1, shape.text.vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))  # noqa: S106 - a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    write_model(
        folder,
        ModelFile(
            id=RANDOM_MODEL,
            name="Random weights",
            licence="none",
            commercial_use=True,
            shape=shape,
            source="drawn",
            hashes={},
        ),
    )
    return folder


def _random_text_encoder(shape: TextShape) -> dict[str, Tensor]:
    config = T5Config(
        vocab_size=shape.vocabulary,
        d_model=shape.width,
        d_kv=shape.key_width,
        d_ff=shape.feed_forward,
        num_layers=shape.layers,
        num_heads=shape.heads,
    )
    state = T5EncoderModel(config).state_dict()
    return {name: tensor for name, tensor in state.items() if name != "encoder.embed_tokens.weight"}


def random_codec(shape: CodecShape) -> dict[str, Tensor]:
    """Tensors of a codec that hears and makes noise, named and shaped as in an installed model."""
    return {name: _random(name, sizes) for name, sizes in codec_sizes(shape).items()}


def _random(name: str, sizes: tuple[int, ...]) -> Tensor:
    if name.endswith("embed"):
        return torch.randn(sizes)
    bound = 1 / math.sqrt(math.prod(sizes[1:])) if len(sizes) > 1 else 0.0  # there is no norm: a bias
    return torch.empty(sizes).uniform_(-bound, bound)
