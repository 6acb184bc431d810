"""Codecs of a few kilobytes with seeded weights, beside the same ones of transformers."""

from typing import Any

import torch
from transformers import EncodecConfig, EncodecModel

from musicgen_desktop.generation.musicgen.audio import Codec
from musicgen_desktop.generation.musicgen.shape import CodecShape

KINDS: dict[str, CodecShape] = {
    "24 kHz": CodecShape(rate=24_000, ratios=(8, 5, 4, 2), causal=True, true_skip=False),
    "32 kHz": CodecShape(),
    "residual": CodecShape(residual_layers=3, dilation_growth=3, pad_mode="replicate"),
    "constant": CodecShape(causal=True, residual_layers=2, pad_mode="constant", true_skip=False),
    "48 kHz": CodecShape(
        rate=48_000,
        channels=2,
        ratios=(8, 5, 4, 2),
        normalisation="time_group_norm",
        true_skip=False,
        chunk_s=0.1,
        overlap=0.1,
    ),
}


def sized(shape: CodecShape, filters: int = 4, dimension: int = 8, entries: int = 16) -> CodecShape:
    from msgspec.structs import replace

    return replace(shape, filters=filters, dimension=dimension, entries=entries)


def theirs(shape: CodecShape, seed: int = 0) -> Any:
    """transformers' codec of that shape with drawn codebooks."""
    torch.manual_seed(seed)
    bits = shape.entries.bit_length() - 1
    rate = -(-shape.rate // shape.hop)
    model = EncodecModel(
        EncodecConfig(
            target_bandwidths=[rate * bits * shape.codebooks / 1000],
            sampling_rate=shape.rate,
            audio_channels=shape.channels,
            normalize=shape.chunk_s > 0,
            chunk_length_s=shape.chunk_s or None,
            overlap=shape.overlap if shape.chunk_s else None,
            hidden_size=shape.dimension,
            num_filters=shape.filters,
            upsampling_ratios=list(shape.ratios),
            norm_type=shape.normalisation,
            use_causal_conv=shape.causal,
            num_residual_layers=shape.residual_layers,
            dilation_growth_rate=shape.dilation_growth,
            pad_mode=shape.pad_mode,
            codebook_size=shape.entries,
            use_conv_shortcut=not shape.true_skip,
        )
    ).eval()
    for layer in model.quantizer.layers:
        layer.codebook.embed.normal_()
    return model


def folded(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A state dict with weight norm folded into plain weights."""
    ending = ".parametrizations.weight.original"
    plain = {name: tensor for name, tensor in state.items() if ending not in name}
    for name, magnitude in state.items():
        if name.endswith(f"{ending}0"):
            base = name.removesuffix(f"{ending}0")
            plain[f"{base}.weight"] = torch._weight_norm(state[f"{base}{ending}1"], magnitude, 0)
    return plain


def both(kind: str, seed: int = 0) -> tuple[Codec, Any]:
    shape = sized(KINDS[kind])
    model = theirs(shape, seed)
    return Codec(shape, folded(model.state_dict())), model
