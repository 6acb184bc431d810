"""How our tensors are made of a checkpoint's: which, of what shape, and joined how.

A checkpoint has transformers' names here, whatever its layout. Our names are those of the decoder
(`embeddings`, `layers.0.self.qkv` …), of transformers' T5EncoderModel and of its EncodecModel with weight
norm folded into `….conv.weight`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce

import torch
from torch import Tensor
from transformers import EncodecConfig, EncodecModel, T5Config, T5EncoderModel

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

from ._checkpoint import Checkpoint
from ._source import shown

Shape = tuple[int, ...]
_DECODER = "decoder.model.decoder"
_MAGNITUDE, _DIRECTION = (f".parametrizations.weight.original{i}" for i in "01")


@dataclass(frozen=True)
class Recipe:
    """One of our tensors.

    Attributes:
        parts: transformers' names and the shapes that they must have.
        join: of the parts, in that order.
        shape: of the result.
        dtype: of the result; None for the type of the parts.
    """

    parts: tuple[tuple[str, Shape], ...]
    join: Callable[[list[Tensor]], Tensor]
    shape: Shape
    dtype: torch.dtype | None = None

    def type_of(self, checkpoint: Checkpoint) -> torch.dtype:
        """The result's type: 16 bits stay 16 bits."""
        if self.dtype is not None:
            return self.dtype
        types = [checkpoint[name].dtype or torch.float32 for name, _ in self.parts]
        return reduce(torch.promote_types, types)

    def make(self, checkpoint: Checkpoint) -> Tensor:
        """Read the parts and join them; the result's values are all finite.

        Raises:
            UserInputError: when one is not.
        """
        dtype = self.type_of(checkpoint)
        made = self.join([checkpoint[name].read().to(dtype) for name, _ in self.parts])
        if not torch.isfinite(made).all():
            raise UserInputError(
                f"The model's weights are damaged: {shown(self.parts[0][0])} holds values that are no "
                "numbers; copy or download the model again."
            )
        return made


Recipes = Mapping[str, Recipe]

CODEC_FILE = "codec.safetensors"


def recipes_of(shape: ModelShape, *, projected: bool) -> dict[str, Recipes]:
    """Each of our files and the tensors in it.

    Args:
        shape: checked.
        projected: text is projected even if it is as wide as the decoder.
    """
    return {
        "decoder.safetensors": _decoder(shape.decoder, projected=projected),
        "text.safetensors": _text(shape.text),
        CODEC_FILE: _codec(shape.codec),
    }


def codec_sizes(shape: CodecShape) -> dict[str, Shape]:
    """The tensors of an installed codec and their sizes."""
    return {name: recipe.shape for name, recipe in _codec(shape).items()}


def check_checkpoint(recipes: Recipes, checkpoint: Checkpoint) -> None:
    """Compare names, types and shapes with what is needed, before anything is read.

    Raises:
        UserInputError: when a tensor is missing or other than the configuration says.
    """
    for recipe in recipes.values():
        for name, shape in recipe.parts:
            stored = checkpoint.get(name)
            if stored is None:
                raise UserInputError(
                    f"The model lacks {shown(name)}, which its configuration asks for; its files are "
                    "incomplete or belong to different models, so copy or download all of one model."
                )
            if stored.shape != shape:
                raise UserInputError(
                    f"The model's {shown(name)} is {_sizes(stored.shape)} and its configuration says "
                    f"{_sizes(shape)}; its files belong to different models, so copy or download all of one."
                )
            if stored.dtype is None:
                raise UserInputError(
                    f"The model's {shown(name)} is of a type that weights cannot have; use a checkpoint in "
                    "float32, float16 or bfloat16."
                )


def _sizes(shape: Shape) -> str:
    return " × ".join(map(str, shape[:8])) or "a single number"


def _decoder(shape: DecoderShape, *, projected: bool) -> dict[str, Recipe]:
    D, FF, V = shape.width, shape.feed_forward, shape.vocabulary
    books = range(shape.codebooks)
    recipes = {
        "embeddings": _stacked([f"{_DECODER}.embed_tokens.{k}.weight" for k in books], (V + 1, D)),
        "heads": _stacked([f"decoder.lm_heads.{k}.weight" for k in books], (V, D)),
        **_norm("norm", f"{_DECODER}.layer_norm", D),
    }
    for i in range(shape.layers):
        ours, theirs = f"layers.{i}", f"{_DECODER}.layers.{i}"
        at = f"{theirs}.self_attn"
        recipes |= {
            f"{ours}.self.qkv": _joined([f"{at}.{part}_proj.weight" for part in "qkv"], (D, D)),
            f"{ours}.self.out": _one(f"{at}.out_proj.weight", (D, D)),
            **_norm(f"{ours}.self.norm", f"{theirs}.self_attn_layer_norm", D),
            f"{ours}.up": _one(f"{theirs}.fc1.weight", (FF, D)),
            f"{ours}.down": _one(f"{theirs}.fc2.weight", (D, FF)),
            **_norm(f"{ours}.norm", f"{theirs}.final_layer_norm", D),
        }
        if shape.cross_attention:
            at = f"{theirs}.encoder_attn"
            recipes |= {
                f"{ours}.cross.q": _one(f"{at}.q_proj.weight", (D, D)),
                f"{ours}.cross.kv": _joined([f"{at}.{part}_proj.weight" for part in "kv"], (D, D)),
                f"{ours}.cross.out": _one(f"{at}.out_proj.weight", (D, D)),
                **_norm(f"{ours}.cross.norm", f"{at}_layer_norm", D),
            }
    if projected or shape.text_width != D:
        recipes |= _projection("text_projection", "enc_to_dec_proj", (D, shape.text_width))
    if shape.chroma_bins:
        recipes |= _projection("chroma_projection", "audio_enc_to_dec_proj", (D, shape.chroma_bins))
    return recipes


def text_config(shape: TextShape) -> T5Config:
    """What transformers' T5 of that shape is made from."""
    return T5Config(
        vocab_size=shape.vocabulary,
        d_model=shape.width,
        d_kv=shape.key_width,
        d_ff=shape.feed_forward,
        num_layers=shape.layers,
        num_heads=shape.heads,
        relative_attention_num_buckets=shape.buckets,
        relative_attention_max_distance=shape.max_distance,
        feed_forward_proj=shape.feed_forward_kind,
    )


@lru_cache(maxsize=4)
def _text(shape: TextShape) -> Recipes:
    """Transformers' own names and shapes. The table stands there twice and is stored once."""
    with torch.device("meta"):
        state = T5EncoderModel(text_config(shape)).state_dict()
    return {
        name: _one(f"text_encoder.{name}", tuple(tensor.shape))
        for name, tensor in state.items()
        if name != "encoder.embed_tokens.weight"
    }


@lru_cache(maxsize=4)
def _codec(shape: CodecShape) -> Recipes:
    """Transformers' own names and shapes; of the quantiser only the entries, the rest is for training."""
    config = EncodecConfig(
        target_bandwidths=[1.0],  # the quantiser's layers are named below
        sampling_rate=shape.rate,
        audio_channels=shape.channels,
        hidden_size=shape.dimension,
        num_filters=shape.filters,
        num_residual_layers=shape.residual_layers,
        upsampling_ratios=list(shape.ratios),
        norm_type=shape.normalisation,
        kernel_size=shape.kernel,
        last_kernel_size=shape.last_kernel,
        residual_kernel_size=shape.residual_kernel,
        dilation_growth_rate=shape.dilation_growth,
        use_causal_conv=shape.causal,
        pad_mode=shape.pad_mode,
        compress=shape.compress,
        num_lstm_layers=shape.lstm_layers,
        trim_right_ratio=shape.trim_right_ratio,
        codebook_size=shape.entries,
        use_conv_shortcut=not shape.true_skip,
    )
    with torch.device("meta"):
        model = EncodecModel(config)
    recipes: dict[str, Recipe] = {}
    for half in ("encoder", "decoder"):
        for inner, tensor in model.get_submodule(half).state_dict().items():
            name, sizes = f"{half}.{inner}", tuple(tensor.shape)
            if name.endswith(_DIRECTION):
                recipes[f"{name.removesuffix(_DIRECTION)}.weight"] = _folded(name, sizes)
            elif not name.endswith(_MAGNITUDE):
                recipes[name] = _one(f"audio_encoder.{name}", sizes)
    for k in range(shape.codebooks):
        name = f"quantizer.layers.{k}.codebook.embed"
        recipes[name] = _one(f"audio_encoder.{name}", (shape.entries, shape.dimension))
    return recipes


def _one(name: str, shape: Shape) -> Recipe:
    return Recipe(((name, shape),), lambda parts: parts[0], shape)


def _stacked(names: list[str], shape: Shape) -> Recipe:
    return Recipe(tuple((name, shape) for name in names), torch.stack, (len(names), *shape))


def _joined(names: list[str], shape: Shape) -> Recipe:
    joined = (len(names) * shape[0], *shape[1:])
    return Recipe(tuple((name, shape) for name in names), torch.cat, joined)


def _norm(ours: str, theirs: str, width: int) -> dict[str, Recipe]:
    return {f"{ours}.{part}": _one(f"{theirs}.{part}", (width,)) for part in ("weight", "bias")}


def _projection(ours: str, theirs: str, shape: Shape) -> dict[str, Recipe]:
    weight = _one(f"{theirs}.weight", shape)
    return {f"{ours}.weight": weight, f"{ours}.bias": _one(f"{theirs}.bias", shape[:1])}


def _folded(direction: str, shape: Shape) -> Recipe:
    """The product v · g / ‖v‖, the norm over all dimensions but the first (arXiv:1602.07868), in float32."""
    name = f"audio_encoder.{direction}"
    magnitude = (name.removesuffix(_DIRECTION) + _MAGNITUDE, (shape[0], 1, 1))
    return Recipe((magnitude, (name, shape)), _fold, shape, torch.float32)


def _fold(parts: list[Tensor]) -> Tensor:
    magnitude, direction = parts
    norm: Tensor = torch.linalg.vector_norm(direction, dim=(1, 2), keepdim=True)
    return direction * (magnitude / norm)
