"""The layout of audiocraft: state_dict.bin, compression_state_dict.bin, and a T5 beside them."""

import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape

from ._audiocraft_names import codec_under_our_names, decoder_under_our_names, is_decoder
from ._audiocraft_settings import CompressionSettings, LanguageSettings
from ._checkpoint import Checkpoint
from ._layout import Found, mono_delays, stereo_delays
from ._settings import read_settings
from ._source import file_within, shown
from ._tokenizer import read_tokenizer
from ._torch_file import load_torch_file, stored_tensors
from ._transformers import (
    CodecConfig,
    TextConfig,
    read_json,
    read_weights,
    with_new_names,
)

_LANGUAGE, _COMPRESSION = "state_dict.bin", "compression_state_dict.bin"
_TEXT_FOLDERS = ("t5", "t5-base")
_CODEC_FOLDERS = ("encodec", "encodec_32khz")
_LARGEST_CONFIG = 1 << 20
_CHROMA_HOP = 4  # windows of 2^radix2_exp frames overlap by three quarters


def read_audiocraft(folder: Path, handles: ExitStack) -> Found:
    """The model of a folder; its tensors are not read yet.

    Args:
        folder: not trusted.
        handles: closes the files.

    Raises:
        UserInputError: when it is no MusicGen, damaged, or lacks its text encoder.
    """
    text_folder = next((folder / name for name in _TEXT_FOLDERS if (folder / name).is_dir()), None)
    if text_folder is None:
        raise UserInputError(
            "audiocraft's layout holds no text encoder; put the folder of t5-base (config.json, "
            "model.safetensors, tokenizer.json) beside state_dict.bin as “t5-base” and try again."
        )
    _inside(folder, text_folder)
    text_config = read_json(text_folder, "config.json", _LARGEST_CONFIG, TextConfig)
    text = _prefixed("text_encoder.", read_weights(text_folder, handles))
    language, weights = _read(folder, _LANGUAGE)
    if not is_decoder(weights):
        raise UserInputError(
            f"{_LANGUAGE} is no decoder of a MusicGen; if it is {_COMPRESSION}, give each its own name."
        )
    settings = read_settings(_LANGUAGE, language.get("xp.cfg"), LanguageSettings)
    _check_kind(settings, weights)
    codec_shape, codec = _codec(folder, handles)
    found = decoder_under_our_names(weights, settings.transformer_lm.dim)
    checkpoint = with_new_names({**found, **codec, **text})
    decoder = _decoder(settings, weights, text_config.d_model)
    shape = ModelShape(
        decoder,
        codec_shape,
        text_config.shape(),
        channels=settings.channels,
        guidance=settings.classifier_free_guidance.inference_coef,
        window_steps=_steps(settings, codec_shape.hop),
    )
    return Found(shape, checkpoint, read_tokenizer(text_folder), "")


def _read(folder: Path, name: str) -> tuple[dict[str, Any], Checkpoint]:
    """A file as a whole, and its weights."""
    file = file_within(folder, name)
    if file is None:
        raise UserInputError(f"The model lacks {name}; copy or download all of it.")
    loaded = load_torch_file(file)
    if "pretrained" in loaded:
        return loaded, {}
    return loaded, stored_tensors(file, loaded.get("best_state"))


def _check_kind(settings: LanguageSettings, weights: Checkpoint) -> None:
    if settings.conditioners.self_wav.model != "chroma_stem" or any(_is_of_style(name) for name in weights):
        raise UserInputError(
            "The model is conditioned on the style of a sound (musicgen-style), which this program cannot "
            "do yet; choose a text or melody MusicGen."
        )
    fuser, pattern = settings.fuser, settings.codebooks_pattern
    plain = (
        settings.lm_model == "transformer_lm",
        settings.transformer_lm.is_plain(),
        pattern.modeling == "delay",
        pattern.delay.flatten_first == pattern.delay.empty_initial == 0,
        not settings.interleave_stereo_codebooks.per_timestep,
        # A text encoder that was trained further would be in the file itself.
        not any(name.startswith("condition_provider.conditioners.description.t5.") for name in weights),
        not fuser.sum and not fuser.input_interpolate and not fuser.cross_attention_pos_emb,
        (fuser.cross, fuser.prepend)
        in ((("description",), ()), ((), ("description",)), ((), ("self_wav", "description"))),
    )
    if not all(plain):
        raise UserInputError(
            "The model computes unlike a MusicGen that this program knows; choose a text or melody MusicGen."
        )


def _is_of_style(name: str) -> bool:
    """A conditioner's tensor that neither text nor chroma has."""
    known = r"condition_provider\.conditioners\.(description\.|self_wav\.(output_proj|chroma)\.).*"
    return name.startswith("condition_provider.") and re.fullmatch(known, name) is None


def _decoder(settings: LanguageSettings, weights: Checkpoint, text_width: int) -> DecoderShape:
    sizes, fuser = settings.transformer_lm, settings.fuser
    stereo = settings.channels == 2
    chroma = settings.conditioners.self_wav.chroma_stem
    melody = "self_wav" in fuser.prepend
    hop = (1 << chroma.radix2_exp) // _CHROMA_HOP
    usual = (stereo_delays if stereo else mono_delays)(sizes.n_q)
    first = weights.get("transformer.layers.0.linear1.weight")
    inner = first.shape[0] if first is not None and first.shape else 0
    return DecoderShape(
        layers=sizes.num_layers,
        width=sizes.dim,
        heads=sizes.num_heads,
        feed_forward=inner if sizes.hidden_scale is None else sizes.hidden_scale * sizes.dim,
        codebooks=sizes.n_q,
        vocabulary=sizes.card,
        text_width=text_width,
        cross_attention=bool(fuser.cross),
        chroma_bins=chroma.n_chroma if melody else 0,
        chroma_steps=_frames(settings) // hop + 1 if melody else 0,
        delays=settings.codebooks_pattern.delay.delays or usual,
    )


def _frames(settings: LanguageSettings) -> int:
    """How many frames it was trained to hear at once; nonsense becomes 0, which is refused later."""
    seconds = settings.dataset.segment_duration
    return int(seconds * settings.sample_rate) if 0 < seconds < 3600 else 0


def _steps(settings: LanguageSettings, hop: int) -> int:
    return _frames(settings) // hop if hop > 0 else 0


def _codec(folder: Path, handles: ExitStack) -> tuple[CodecShape, Checkpoint]:
    packed, weights = _read(folder, _COMPRESSION)
    if "pretrained" in packed:
        return _codec_beside(folder, handles, str(packed["pretrained"]))
    if is_decoder(weights):
        raise UserInputError(
            f"{_COMPRESSION} is a decoder, not a codec; give it and {_LANGUAGE} their own names."
        )
    settings = read_settings(_COMPRESSION, packed.get("xp.cfg"), CompressionSettings)
    net = settings.seanet
    if not net.is_plain() or settings.encodec.renormalize:
        raise UserInputError("The model's codec is no EnCodec that MusicGen uses; choose another model.")
    shape = CodecShape(
        rate=settings.sample_rate,
        channels=settings.channels,
        ratios=net.ratios,
        filters=net.n_filters,
        dimension=net.dimension,
        codebooks=settings.rvq.n_q,
        entries=settings.rvq.bins,
        kernel=net.kernel_size,
        last_kernel=net.last_kernel_size,
        residual_kernel=net.residual_kernel_size,
        residual_layers=net.n_residual_layers,
        dilation_growth=net.dilation_base,
        compress=net.compress,
        lstm_layers=net.lstm,
        causal=net.causal,
        pad_mode=net.pad_mode,
        trim_right_ratio=net.decoder.trim_right_ratio,
        normalisation=net.norm,
        true_skip=net.true_skip,
    )
    return shape, codec_under_our_names(weights)


def _codec_beside(folder: Path, handles: ExitStack, name: str) -> tuple[CodecShape, Checkpoint]:
    """The codec of another folder, in transformers' layout: some models only name theirs."""
    beside = next((folder / each for each in _CODEC_FOLDERS if (folder / each).is_dir()), None)
    if beside is None:
        raise UserInputError(
            f"The model only names its codec, {shown(name)}; put the folder of facebook/encodec_32khz "
            f"(config.json, model.safetensors) beside {_LANGUAGE} as “encodec_32khz” and try again."
        )
    _inside(folder, beside)
    config = read_json(beside, "config.json", _LARGEST_CONFIG, CodecConfig)
    checkpoint = _prefixed("audio_encoder.", read_weights(beside, handles))
    return config.shape(checkpoint), checkpoint


def _prefixed(prefix: str, checkpoint: Checkpoint) -> Checkpoint:
    return {f"{prefix}{name}": stored for name, stored in checkpoint.items()}


def _inside(folder: Path, inner: Path) -> None:
    if not inner.resolve().is_relative_to(folder.resolve()):
        raise UserInputError(
            f"{inner.name} is a link out of the model's folder; copy the folder itself and try again."
        )
