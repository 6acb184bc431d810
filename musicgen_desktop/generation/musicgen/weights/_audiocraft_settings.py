"""The settings inside audiocraft's files that a model's sizes and arithmetic follow from, of many."""

from typing import Annotated

import msgspec
from msgspec import Meta

_Names = Annotated[tuple[str, ...], Meta(max_length=32)]


class _Transformer(msgspec.Struct, frozen=True):
    dim: int
    num_heads: int
    num_layers: int
    n_q: int
    card: int
    hidden_scale: int | None = None
    activation: str = "gelu"
    norm: str = "layer_norm"
    norm_first: bool = True
    bias_ff: bool = False
    bias_attn: bool = False
    bias_proj: bool = False
    layer_scale: float | None = None
    positional_embedding: str = "sin"
    qk_layer_norm: bool = False
    qk_layer_norm_cross: bool = False
    kv_repeat: int = 1
    past_context: int | None = None

    def is_plain(self) -> bool:
        """Whether it computes as MusicGen's decoders do."""
        odd = (self.qk_layer_norm, self.qk_layer_norm_cross, self.bias_ff, self.bias_attn, self.bias_proj)
        names = (self.activation, self.norm, self.positional_embedding) == ("gelu", "layer_norm", "sin")
        rest = (self.layer_scale, self.past_context, self.kv_repeat) == (None, None, 1)
        return self.norm_first and names and rest and not any(odd)


class _Delay(msgspec.Struct, frozen=True):
    delays: Annotated[tuple[int, ...], Meta(max_length=32)] = ()
    flatten_first: int = 0
    empty_initial: int = 0


class _Pattern(msgspec.Struct, frozen=True):
    modeling: str
    delay: _Delay = _Delay()


class _Fuser(msgspec.Struct, frozen=True):
    cross: _Names = ()
    prepend: _Names = ()
    sum: _Names = ()
    input_interpolate: _Names = ()
    cross_attention_pos_emb: bool = False


class _Chroma(msgspec.Struct, frozen=True):
    n_chroma: int = 12
    radix2_exp: Annotated[int, Meta(ge=8, le=20)] = 14


class _Wave(msgspec.Struct, frozen=True):
    model: str = "chroma_stem"
    chroma_stem: _Chroma = _Chroma()


class _Conditioners(msgspec.Struct, frozen=True):
    self_wav: _Wave = _Wave()


class _Data(msgspec.Struct, frozen=True):
    segment_duration: float = 30.0


class _Guidance(msgspec.Struct, frozen=True):
    inference_coef: float = 3.0


class _Stereo(msgspec.Struct, frozen=True):
    use: bool = False
    per_timestep: bool = False


class LanguageSettings(msgspec.Struct, frozen=True):
    """Of state_dict.bin."""

    sample_rate: Annotated[int, Meta(ge=1, le=192_000)]
    transformer_lm: _Transformer
    codebooks_pattern: _Pattern
    fuser: _Fuser
    channels: int = 1
    lm_model: str = "transformer_lm"
    conditioners: _Conditioners = _Conditioners()
    dataset: _Data = _Data()
    classifier_free_guidance: _Guidance = _Guidance()
    interleave_stereo_codebooks: _Stereo = _Stereo()


class _SeanetDecoder(msgspec.Struct, frozen=True):
    trim_right_ratio: float = 1.0
    final_activation: str | None = None


class _Seanet(msgspec.Struct, frozen=True):
    ratios: Annotated[tuple[int, ...], Meta(max_length=8)]
    n_filters: int
    dimension: int = 128
    causal: bool = False
    n_residual_layers: int = 1
    activation: str = "ELU"
    norm: str = "weight_norm"
    kernel_size: int = 7
    residual_kernel_size: int = 3
    last_kernel_size: int = 7
    dilation_base: int = 2
    pad_mode: str = "reflect"
    true_skip: bool = True
    compress: int = 2
    lstm: int = 2
    disable_norm_outer_blocks: int = 0
    decoder: _SeanetDecoder = _SeanetDecoder()

    def is_plain(self) -> bool:
        """Whether it computes as EnCodec does."""
        return (self.activation, self.disable_norm_outer_blocks, self.decoder.final_activation) == (
            "ELU",
            0,
            None,
        )


class _Quantiser(msgspec.Struct, frozen=True):
    n_q: int
    bins: int


class _Encodec(msgspec.Struct, frozen=True):
    renormalize: bool = False


class CompressionSettings(msgspec.Struct, frozen=True):
    """Of compression_state_dict.bin."""

    sample_rate: int
    seanet: _Seanet
    rvq: _Quantiser
    channels: int = 1
    encodec: _Encodec = _Encodec()
