"""Checkpoints with the shapes of MusicGen's, a few hundred kilobytes each, with seeded random weights."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    EncodecConfig,
    MusicgenConfig,
    MusicgenForConditionalGeneration,
    MusicgenMelodyConfig,
    MusicgenMelodyForConditionalGeneration,
    T5Config,
)
from transformers.models.musicgen.configuration_musicgen import MusicgenDecoderConfig
from transformers.models.musicgen_melody.configuration_musicgen_melody import MusicgenMelodyDecoderConfig
from transformers.utils.logging import disable_progress_bar

from musicgen_desktop.foundation import StopFlag, no_report
from musicgen_desktop.generation.musicgen.weights import install_model

VOCABULARY = 64
_WORDS = ("<pad>", "</s>", "<unk>", "piano", "drums", "slow", "fast", "warm", "jazz", "a", "with", "and")
_LM = (
    ("model.decoder.embed_tokens.", "emb."),
    ("model.decoder.layer_norm.", "out_norm."),
    ("lm_heads.", "linears."),
    ("model.decoder.layers.", "transformer.layers."),
    (".self_attn_layer_norm.", ".norm1."),
    (".encoder_attn_layer_norm.", ".norm_cross."),
    (".final_layer_norm.", ".norm2."),
    (".encoder_attn.", ".cross_attention."),
    (".fc1.", ".linear1."),
    (".fc2.", ".linear2."),
)


def install_tiny(folder: Path) -> str:
    """Install a “small” one, here and not in a process of its own, which takes its time; returns its id."""
    return install_model(write_transformers(folder, "small"), "Tiny", no_report, StopFlag())


def write_transformers(folder: Path, kind: str, seed: int = 0, *, shards: bool = False) -> Path:
    """A checkpoint as transformers saves it; kind is “small”, “melody” or “stereo”."""
    torch.manual_seed(seed)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    disable_progress_bar()
    sizes: dict[str, Any] = {
        "vocab_size": VOCABULARY,
        "num_hidden_layers": 2,
        "hidden_size": 32,
        "num_attention_heads": 4,
        "ffn_dim": 64,
        "num_codebooks": 8 if kind == "stereo" else 4,
        "audio_channels": 2 if kind == "stereo" else 1,
        "pad_token_id": VOCABULARY,
        "bos_token_id": VOCABULARY,
    }
    text = T5Config(
        vocab_size=40, d_model=16, d_kv=4, d_ff=32, num_layers=2, num_heads=4, feed_forward_proj="relu"
    )
    codec = EncodecConfig(
        target_bandwidths=[1.2],  # 50 steps a second of 6 bits: 4 codebooks
        sampling_rate=32_000,
        num_filters=4,
        hidden_size=8,
        codebook_dim=8,
        codebook_size=VOCABULARY,
        upsampling_ratios=[8, 5, 4, 4],
        use_conv_shortcut=False,
        use_causal_conv=False,
        norm_type="weight_norm",
    )
    model: Any
    if kind == "melody":
        model = MusicgenMelodyForConditionalGeneration(
            MusicgenMelodyConfig(
                text_encoder=text, audio_encoder=codec, decoder=MusicgenMelodyDecoderConfig(**sizes)
            )
        )
    else:
        model = MusicgenForConditionalGeneration(
            MusicgenConfig(text_encoder=text, audio_encoder=codec, decoder=MusicgenDecoderConfig(**sizes))
        )
    for name, tensor in model.state_dict().items():
        if name.endswith("codebook.embed"):  # they begin as zeros, which would make every token sound alike
            tensor.normal_()
    model.save_pretrained(folder, max_shard_size="200KB" if shards else "5GB")
    write_tokenizer(folder / "tokenizer.json")
    return folder


def write_tokenizer(file: Path) -> None:
    """A tokenizer of a dozen words that ends each text as T5's does."""
    words = {word: number for number, word in enumerate(_WORDS)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))  # noqa: S106 - a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.save(str(file))


def write_audiocraft(folder: Path, kind: str, seed: int = 0) -> Path:
    """The same weights as audiocraft exports them, with a T5 beside them in `t5`."""
    source = write_transformers(folder / "t5", kind, seed)
    weights = load_file(source / "model.safetensors")
    config = json.loads((source / "config.json").read_text())
    (source / "model.safetensors").unlink()
    _write_t5(source, weights, config["text_encoder"])
    torch.save(
        {
            "best_state": _language_model(weights),
            "xp.cfg": _language_yaml(kind),
            "version": "1.3.0",
            "exported": True,
        },
        folder / "state_dict.bin",
    )
    torch.save(
        {"best_state": _compression_model(weights), "xp.cfg": _COMPRESSION_YAML, "exported": True},
        folder / "compression_state_dict.bin",
    )
    return folder


def _write_t5(folder: Path, weights: dict[str, torch.Tensor], config: dict[str, Any]) -> None:
    from safetensors.torch import save_file

    prefix = "text_encoder."
    text = {k.removeprefix(prefix): v for k, v in weights.items() if k.startswith(prefix)}
    save_file(text, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config))


def _language_model(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    out: dict[str, torch.Tensor] = {}
    for name, tensor in weights.items():
        for ours, theirs in (("enc_to_dec_proj.", "description"), ("audio_enc_to_dec_proj.", "self_wav")):
            if name.startswith(ours):
                out[f"condition_provider.conditioners.{theirs}.output_proj.{name.split('.')[-1]}"] = tensor
        if not name.startswith("decoder."):
            continue
        name = name.removeprefix("decoder.")  # noqa: PLW2901
        for ours, theirs in _LM:
            name = name.replace(ours, theirs)  # noqa: PLW2901
        if ".q_proj." in name:
            base = "decoder." + _back(name)
            parts = [weights[base.replace(".q_proj.", f".{letter}_proj.")] for letter in "qkv"]
            out[name.replace("q_proj.weight", "in_proj_weight")] = torch.cat(parts)
        elif ".k_proj." not in name and ".v_proj." not in name:
            out[name] = tensor
    return out


def _back(name: str) -> str:
    for ours, theirs in reversed(_LM):
        name = name.replace(theirs, ours)
    return name


def _compression_model(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    out: dict[str, torch.Tensor] = {}
    for name, tensor in weights.items():
        if not name.startswith("audio_encoder."):
            continue
        name = name.removeprefix("audio_encoder.")  # noqa: PLW2901
        transposed = name.startswith("decoder.layers.") and name.split(".")[2] in {"3", "6", "9", "12"}
        name = name.replace("parametrizations.weight.original0", "weight_g")  # noqa: PLW2901
        name = name.replace("parametrizations.weight.original1", "weight_v")  # noqa: PLW2901
        name = name.replace(".conv.", ".convtr.convtr." if transposed else ".conv.conv.")  # noqa: PLW2901
        if name.startswith("quantizer."):
            name = name.replace("quantizer.layers", "quantizer.vq.layers")  # noqa: PLW2901
            name = name.replace(".codebook.", "._codebook.")  # noqa: PLW2901
        else:
            name = name.replace(".layers.", ".model.", 1)  # noqa: PLW2901
        out[name] = tensor
    return out


def _language_yaml(kind: str) -> str:
    codebooks = 8 if kind == "stereo" else 4
    delays = [0, 0, 1, 1, 2, 2, 3, 3] if kind == "stereo" else [0, 1, 2, 3]
    fuser = "prepend: [self_wav, description]\n  cross: []" if kind == "melody" else "cross: [description]"
    return (
        f"channels: {2 if kind == 'stereo' else 1}\nsample_rate: 32000\n"
        f"transformer_lm:\n  dim: 32\n  num_heads: 4\n  num_layers: 2\n  n_q: {codebooks}\n  card: 64\n"
        f"codebooks_pattern:\n  modeling: delay\n  delay:\n    delays: {delays}\nfuser:\n  {fuser}\n"
    )


_COMPRESSION_YAML = (
    "sample_rate: 32000\nchannels: 1\nencodec:\n  autoencoder: seanet\n"
    "seanet:\n  dimension: 8\n  n_filters: 4\n  ratios: [8, 5, 4, 4]\n  causal: false\n  norm: weight_norm\n"
    "  kernel_size: 7\n  last_kernel_size: 7\n  residual_kernel_size: 3\n  n_residual_layers: 1\n"
    "  dilation_base: 2\n  compress: 2\n  lstm: 2\n  pad_mode: reflect\n  true_skip: true\n"
    "rvq:\n  n_q: 4\n  bins: 64\n"
)
