"""Audiocraft's tensors under transformers' names."""

import re

from ._checkpoint import Checkpoint, Stored

_DECODER = "decoder.model.decoder"
_PLAIN = (
    (r"emb\.(\d+)\.weight", rf"{_DECODER}.embed_tokens.\1.weight"),
    (r"linears\.(\d+)\.weight", r"decoder.lm_heads.\1.weight"),
    (r"out_norm\.(weight|bias)", rf"{_DECODER}.layer_norm.\1"),
    (r"transformer\.layers\.(\d+)\.linear([12])\.weight", rf"{_DECODER}.layers.\1.fc\2.weight"),
    (r"transformer\.layers\.(\d+)\.norm1\.(\w+)", rf"{_DECODER}.layers.\1.self_attn_layer_norm.\2"),
    (r"transformer\.layers\.(\d+)\.norm_cross\.(\w+)", rf"{_DECODER}.layers.\1.encoder_attn_layer_norm.\2"),
    (r"transformer\.layers\.(\d+)\.norm2\.(\w+)", rf"{_DECODER}.layers.\1.final_layer_norm.\2"),
    (
        r"transformer\.layers\.(\d+)\.self_attn\.out_proj\.(\w+)",
        rf"{_DECODER}.layers.\1.self_attn.out_proj.\2",
    ),
    (
        r"transformer\.layers\.(\d+)\.cross_attention\.out_proj\.(\w+)",
        rf"{_DECODER}.layers.\1.encoder_attn.out_proj.\2",
    ),
    (r"condition_provider\.conditioners\.description\.output_proj\.(\w+)", r"enc_to_dec_proj.\1"),
    (r"condition_provider\.conditioners\.self_wav\.output_proj\.(\w+)", r"audio_enc_to_dec_proj.\1"),
)
_FUSED = re.compile(r"transformer\.layers\.(\d+)\.(self_attn|cross_attention)\.in_proj_weight")
_ATTENTION = {"self_attn": "self_attn", "cross_attention": "encoder_attn"}
_LAYER = re.compile(r"(encoder|decoder)\.model\.(.+)")
_CODEBOOK = re.compile(r"quantizer\.vq\.layers\.(\d+)\._codebook\.embed")


def is_decoder(weights: Checkpoint) -> bool:
    """Whether these are a language model's weights, by the first that every one has."""
    return "emb.0.weight" in weights


def decoder_under_our_names(weights: Checkpoint, width: int) -> dict[str, Stored]:
    """Queries, keys and values lie on top of each other there, `width` rows each."""
    renamed: dict[str, Stored] = {}
    for name, stored in weights.items():
        fused = _FUSED.fullmatch(name)
        if fused is not None:
            at = f"{_DECODER}.layers.{fused.group(1)}.{_ATTENTION[fused.group(2)]}"
            if len(stored.shape) == 2 and stored.shape[0] == 3 * width:
                for i, part in enumerate("qkv"):
                    renamed[f"{at}.{part}_proj.weight"] = stored.rows(i * width, (i + 1) * width)
            continue
        for theirs, ours in _PLAIN:
            if re.fullmatch(theirs, name):
                renamed[re.sub(theirs, ours, name)] = stored
    return renamed


def codec_under_our_names(weights: Checkpoint) -> dict[str, Stored]:
    """Of the quantiser only the entries."""
    renamed: dict[str, Stored] = {}
    for name, stored in weights.items():
        layer, book = _LAYER.fullmatch(name), _CODEBOOK.fullmatch(name)
        if layer is not None:
            inner = layer.group(2).replace(".convtr.convtr.", ".conv.").replace(".conv.conv.", ".conv.")
            inner = inner.replace(".convtr.norm.", ".norm.").replace(".conv.norm.", ".norm.")
            renamed[f"audio_encoder.{layer.group(1)}.layers.{inner}"] = stored
        elif book is not None:
            renamed[f"audio_encoder.quantizer.layers.{book.group(1)}.codebook.embed"] = stored
    return renamed
