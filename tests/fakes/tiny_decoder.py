"""Decoders of a few thousand random weights: transformers' own, and the same weights by our names."""

import torch
from torch import Tensor
from transformers import (
    MusicgenDecoderConfig,
    MusicgenForCausalLM,
    MusicgenMelodyDecoderConfig,
    MusicgenMelodyForCausalLM,
)

from musicgen_desktop.generation.musicgen.shape import DecoderShape

Rival = MusicgenForCausalLM | MusicgenMelodyForCausalLM


def rival_decoder(kind: str, shape: DecoderShape, seed: int = 0) -> Rival:
    """Transformers' decoder of a kind, “small”, “melody” or “stereo”, and of that size."""
    torch.manual_seed(seed)
    sizes = {
        "vocab_size": shape.vocabulary,
        "num_hidden_layers": shape.layers,
        "ffn_dim": shape.feed_forward,
        "num_attention_heads": shape.heads,
        "hidden_size": shape.width,
        "num_codebooks": shape.codebooks,
        "audio_channels": 2 if kind == "stereo" else 1,
        "pad_token_id": shape.vocabulary,
        "bos_token_id": shape.vocabulary,
        "initializer_factor": 0.02 if shape.width > 100 else 0.15,
    }
    if kind == "melody":
        return MusicgenMelodyForCausalLM(MusicgenMelodyDecoderConfig(**sizes)).eval()
    return MusicgenForCausalLM(MusicgenDecoderConfig(**sizes)).eval()


def tiny_shape(kind: str) -> DecoderShape:
    """Two layers of width 32 and 64 tokens."""
    stereo = kind == "stereo"
    return DecoderShape(
        layers=2,
        width=32,
        heads=4,
        feed_forward=48,
        codebooks=8 if stereo else 4,
        vocabulary=64,
        text_width=16,
        cross_attention=kind != "melody",
        delays=(0, 0, 1, 1, 2, 2, 3, 3) if stereo else (0, 1, 2, 3),
    )


def our_tensors(rival: Rival, shape: DecoderShape) -> dict[str, Tensor]:
    """The rival's weights by our names."""
    theirs, inner = rival.state_dict(), "model.decoder"
    books = range(shape.codebooks)
    ours = {
        "embeddings": torch.stack([theirs[f"{inner}.embed_tokens.{k}.weight"] for k in books]),
        "heads": torch.stack([theirs[f"lm_heads.{k}.weight"] for k in books]),
    }

    def take(name: str, *parts: str) -> None:
        ours[name] = torch.cat([theirs[f"{inner}.{part}"] for part in parts])

    def take_norm(name: str, theirs_is: str) -> None:
        take(f"{name}.weight", f"{theirs_is}.weight")
        take(f"{name}.bias", f"{theirs_is}.bias")

    take_norm("norm", "layer_norm")
    for i in range(shape.layers):
        at = f"layers.{i}"
        take(f"{at}.self.qkv", *(f"{at}.self_attn.{part}_proj.weight" for part in "qkv"))
        take(f"{at}.self.out", f"{at}.self_attn.out_proj.weight")
        take_norm(f"{at}.self.norm", f"{at}.self_attn_layer_norm")
        if shape.cross_attention:
            take(f"{at}.cross.q", f"{at}.encoder_attn.q_proj.weight")
            take(f"{at}.cross.kv", *(f"{at}.encoder_attn.{part}_proj.weight" for part in "kv"))
            take(f"{at}.cross.out", f"{at}.encoder_attn.out_proj.weight")
            take_norm(f"{at}.cross.norm", f"{at}.encoder_attn_layer_norm")
        take(f"{at}.up", f"{at}.fc1.weight")
        take(f"{at}.down", f"{at}.fc2.weight")
        take_norm(f"{at}.norm", f"{at}.final_layer_norm")
    return ours
