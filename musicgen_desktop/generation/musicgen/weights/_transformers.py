"""The layout of transformers: config.json beside weights in one file, or in several with an index."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

from ._checkpoint import Checkpoint, Stored
from ._layout import Found, mono_delays, stereo_delays
from ._safetensors import open_safetensors
from ._source import file_within, shown, text_within
from ._tokenizer import read_tokenizer
from ._torch_file import load_torch_file, stored_tensors

_LARGEST_CONFIG = 1 << 20
_LARGEST_INDEX = 8 << 20
_MOST_FILES = 100
_LAYER_NORM_EPSILON = 1e-6  # of every T5
_WINDOWS = range(500, 8193)  # steps: 10 s and more

T = TypeVar("T")
_Open = Callable[[Path, ExitStack], Checkpoint]


class TextConfig(msgspec.Struct, frozen=True):
    """The part of T5's configuration that sizes and arithmetic follow from."""

    model_type: str = "t5"
    vocab_size: int = 32_128
    d_model: int = 512
    d_kv: int = 64
    d_ff: int = 2048
    num_layers: int = 6
    num_heads: int = 8
    relative_attention_num_buckets: int = 32
    relative_attention_max_distance: int = 128
    feed_forward_proj: str = "relu"
    layer_norm_epsilon: float = _LAYER_NORM_EPSILON

    def shape(self) -> TextShape:
        """As ours."""
        if self.model_type != "t5" or self.layer_norm_epsilon != _LAYER_NORM_EPSILON:
            raise UserInputError("The model's text encoder is no T5; choose a MusicGen that uses one.")
        return TextShape(
            vocabulary=self.vocab_size,
            width=self.d_model,
            key_width=self.d_kv,
            feed_forward=self.d_ff,
            layers=self.num_layers,
            heads=self.num_heads,
            buckets=self.relative_attention_num_buckets,
            max_distance=self.relative_attention_max_distance,
            feed_forward_kind=self.feed_forward_proj,
        )


class CodecConfig(msgspec.Struct, frozen=True):
    """The part of EnCodec's configuration that sizes and arithmetic follow from."""

    model_type: str = "encodec"
    sampling_rate: int = 24_000
    audio_channels: int = 1
    normalize: bool = False
    chunk_length_s: float | None = None
    hidden_size: int = 128
    num_filters: int = 32
    num_residual_layers: int = 1
    upsampling_ratios: Annotated[tuple[int, ...], Meta(max_length=8)] = (8, 5, 4, 2)
    norm_type: str = "weight_norm"
    kernel_size: int = 7
    last_kernel_size: int = 7
    residual_kernel_size: int = 3
    dilation_growth_rate: int = 2
    use_causal_conv: bool = True
    pad_mode: str = "reflect"
    compress: int = 2
    num_lstm_layers: int = 2
    trim_right_ratio: float = 1.0
    codebook_size: int = 1024
    codebook_dim: int | None = None
    use_conv_shortcut: bool = True

    def shape(self, checkpoint: Checkpoint) -> CodecShape:
        """As ours; the number of codebooks is that of the checkpoint, which a bandwidth only hints at."""
        chunks = self.chunk_length_s or 0.0
        whole = self.codebook_dim in (None, self.hidden_size) and not self.normalize
        if self.model_type != "encodec" or not whole:
            raise UserInputError("The model's codec is no EnCodec that MusicGen uses; choose another model.")
        return CodecShape(
            rate=self.sampling_rate,
            channels=self.audio_channels,
            ratios=self.upsampling_ratios,
            filters=self.num_filters,
            dimension=self.hidden_size,
            codebooks=count_codebooks(checkpoint),
            entries=self.codebook_size,
            kernel=self.kernel_size,
            last_kernel=self.last_kernel_size,
            residual_kernel=self.residual_kernel_size,
            residual_layers=self.num_residual_layers,
            dilation_growth=self.dilation_growth_rate,
            compress=self.compress,
            lstm_layers=self.num_lstm_layers,
            causal=self.use_causal_conv,
            pad_mode=self.pad_mode,
            trim_right_ratio=self.trim_right_ratio,
            normalisation=self.norm_type,
            true_skip=not self.use_conv_shortcut,
            chunk_s=chunks,
        )


class _DecoderConfig(msgspec.Struct, frozen=True):
    vocab_size: int = 2048
    num_hidden_layers: int = 24
    ffn_dim: int = 4096
    num_attention_heads: int = 16
    activation_function: str = "gelu"
    hidden_size: int = 1024
    scale_embedding: bool = False
    num_codebooks: int = 4
    audio_channels: int = 1


class _Config(msgspec.Struct, frozen=True):
    model_type: str
    text_encoder: TextConfig
    audio_encoder: CodecConfig
    decoder: _DecoderConfig
    num_chroma: int = 12
    chroma_length: int = 235
    name: str = msgspec.field(default="", name="_name_or_path")


class _Index(msgspec.Struct, frozen=True):
    weight_map: dict[str, str]


class _Generation(msgspec.Struct, frozen=True):
    guidance_scale: float | None = None
    max_length: int | None = None


def read_transformers(folder: Path, handles: ExitStack) -> Found:
    """The model of a folder; its tensors are not read yet.

    Args:
        folder: not trusted.
        handles: closes the files.

    Raises:
        UserInputError: when it is no MusicGen, or damaged.
    """
    config = read_json(folder, "config.json", _LARGEST_CONFIG, _Config)
    if config.model_type not in ("musicgen", "musicgen_melody"):
        raise UserInputError(
            f"The folder holds a model of the kind “{shown(config.model_type)}”; choose a MusicGen."
        )
    checkpoint = with_new_names(read_weights(folder, handles))
    return Found(_shape(folder, config, checkpoint), checkpoint, read_tokenizer(folder), config.name)


def read_json(folder: Path, name: str, largest: int, kind: type[T]) -> T:
    """A file of a folder as a value; unknown fields are passed over.

    Raises:
        UserInputError: when it is missing, too large or says something else.
    """
    text = text_within(folder, name, largest)
    if text is None:
        raise UserInputError(f"The model lacks {name}; copy or download all of it.")
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserInputError(
            f"{name} is damaged or of another kind of model ({shown(str(error))}); copy or download the "
            "model again."
        ) from error


def read_weights(folder: Path, handles: ExitStack) -> dict[str, Stored]:
    """The tensors of model.safetensors or pytorch_model.bin, or of the files that their index names.

    Raises:
        UserInputError: when files or tensors are missing or damaged.
    """
    for name, open_file in _WEIGHTS:
        whole = file_within(folder, name)
        if whole is not None:
            return dict(open_file(whole, handles))
        if file_within(folder, f"{name}.index.json") is not None:
            return _read_parts(folder, f"{name}.index.json", open_file, handles)
    raise UserInputError("The model lacks model.safetensors; copy or download all of it.")


def _read_parts(folder: Path, index: str, open_file: _Open, handles: ExitStack) -> dict[str, Stored]:
    places = read_json(folder, index, _LARGEST_INDEX, _Index).weight_map
    names = sorted(set(places.values()))
    if len(names) > _MOST_FILES:
        raise UserInputError(f"The model is in {len(names)} files, more than any MusicGen; choose another.")
    parts: dict[str, Checkpoint] = {}
    for name in names:
        file = file_within(folder, name)
        if file is None:
            raise UserInputError(f"The model lacks {shown(name)}; copy or download all of it.")
        parts[name] = open_file(file, handles)
    missing = next((name for name, place in places.items() if name not in parts[place]), None)
    if missing is not None:
        raise UserInputError(
            f"The model lacks {shown(missing)}, which its index promises; its files belong to different "
            "models, so copy or download all of one."
        )
    return {name: parts[place][name] for name, place in places.items()}


def _open_pickled(file: Path, _: ExitStack) -> Checkpoint:
    return stored_tensors(file, load_torch_file(file))


_WEIGHTS: tuple[tuple[str, _Open], ...] = (  # the first that is there
    ("model.safetensors", open_safetensors),
    ("pytorch_model.bin", _open_pickled),
)


def with_new_names(checkpoint: Checkpoint) -> dict[str, Stored]:
    """Older versions gave weight norm's halves and the text's table other names."""
    renamed = {
        name.replace(".weight_g", ".parametrizations.weight.original0").replace(
            ".weight_v", ".parametrizations.weight.original1"
        ): stored
        for name, stored in checkpoint.items()
    }
    table = renamed.get("text_encoder.encoder.embed_tokens.weight")
    if table is not None:
        renamed.setdefault("text_encoder.shared.weight", table)
    return renamed


def count_codebooks(checkpoint: Checkpoint) -> int:
    """How many codebooks a codec under transformers' names has."""
    count = 0
    while f"audio_encoder.quantizer.layers.{count}.codebook.embed" in checkpoint:
        count += 1
    return count


def _shape(folder: Path, config: _Config, checkpoint: Checkpoint) -> ModelShape:
    sizes = config.decoder
    if sizes.activation_function != "gelu" or sizes.scale_embedding:
        raise UserInputError("The model's decoder computes unlike a MusicGen's; choose another model.")
    melody, stereo = config.model_type == "musicgen_melody", sizes.audio_channels == 2
    decoder = DecoderShape(
        layers=sizes.num_hidden_layers,
        width=sizes.hidden_size,
        heads=sizes.num_attention_heads,
        feed_forward=sizes.ffn_dim,
        codebooks=sizes.num_codebooks,
        vocabulary=sizes.vocab_size,
        text_width=config.text_encoder.d_model,
        # The configuration's own add_cross_attention is false even where every layer has it.
        cross_attention=not melody,
        chroma_bins=config.num_chroma if melody else 0,
        chroma_steps=config.chroma_length if melody else 0,
        delays=(stereo_delays if stereo else mono_delays)(sizes.num_codebooks),
    )
    codec, text = config.audio_encoder.shape(checkpoint), config.text_encoder.shape()
    usual = ModelShape(decoder, codec, text, channels=sizes.audio_channels)
    if file_within(folder, "generation_config.json") is None:
        return usual
    said = read_json(folder, "generation_config.json", _LARGEST_CONFIG, _Generation)
    # Its lengths are often those of text models, which say nothing here.
    steps = said.max_length if said.max_length in _WINDOWS else usual.window_steps
    return replace(usual, guidance=said.guidance_scale or usual.guidance, window_steps=steps)
