"""A whole model of random weights, installed as any other, so that the engine itself can be measured."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor
from transformers import T5Config, T5EncoderModel

from musicgen_desktop.generation.musicgen.audio.layers import make_decoder, make_encoder
from musicgen_desktop.generation.musicgen.library import ModelFile, model_folder, write_model
from musicgen_desktop.generation.musicgen.shape import CodecShape, ModelShape, TextShape

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
    """Tensors of a codec that hears and makes noise, named as ours are."""
    halves = {"encoder": make_encoder(shape), "decoder": make_decoder(shape)}
    tensors = {
        f"{half}.layers.{name}": tensor
        for half, layers in halves.items()
        for name, tensor in layers.state_dict().items()
    }
    for k in range(shape.codebooks):
        tensors[f"quantizer.layers.{k}.codebook.embed"] = torch.randn(shape.entries, shape.dimension)
    return tensors
