"""How much memory a model takes, told from its sizes before anything is loaded."""

from typing import Literal, get_args

from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

Precision = Literal["int8", "bf16", "fp32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
"""Of the decoder's weights, least memory first; fp16 takes what bf16 takes."""

SPARE_BYTES = 300 * 2**20
"""For the text encoder, and for what is only needed for a moment."""

_WEIGHT_BYTES = {"int8": 1.03125, "bf16": 2.0, "fp32": 4.0}  # int8: and a bfloat16 scale for each 64
_FLOAT_BYTES = 4
_CACHE_BYTES = {"int8": 1, "bf16": 2, "fp32": 4}  # int8: and a float32 scale for each head's key and value
_GUIDANCE_ROWS = 2
_CODEC_SECONDS = 16  # of its widest layer: measured, see tests/measure/planned_memory.py


def memory_bytes(shape: ModelShape, precision: Precision) -> int:
    """What is free before a model is loaded that makes takes of a whole window, one at a time."""
    return loaded_bytes(shape, precision) + cache_bytes(shape, precision=precision) + SPARE_BYTES


def loaded_bytes(shape: ModelShape, precision: Precision) -> int:
    """What a model takes that makes takes, without what each of them remembers.

    These are the decoder's weights, and the codec's decoder with what it computes with for a moment. The text
    encoder and the codec's encoder are mapped from their files and read when they are asked: whatever else
    wants the memory gets it. What encoding a sound takes for a moment is in what is spared.
    """
    return (
        decoder_bytes(shape.decoder, precision)
        + codec_parameters(shape.codec) // 2 * _FLOAT_BYTES
        + shape.codec.rate * shape.codec.filters * _FLOAT_BYTES * _CODEC_SECONDS
    )


def decoder_bytes(shape: DecoderShape, precision: Precision) -> int:
    """A decoder's weights: matrices in their precision, and the tokens' embeddings in float32."""
    embeddings = shape.codebooks * (shape.vocabulary + 1) * shape.width
    matrices = decoder_parameters(shape) - embeddings
    return int(matrices * _WEIGHT_BYTES[precision]) + embeddings * _FLOAT_BYTES


def cache_bytes(
    shape: ModelShape,
    steps: int | None = None,
    text: int = 0,
    precision: Precision = "fp32",
    *,
    cache: Precision | None = None,
    folds_text: bool = True,
) -> int:
    """What one take remembers: keys and values.

    Args:
        shape: of the model.
        steps: that it hears at once; None for a whole window.
        text: states that its words have.
        precision: of the weights.
        cache: of keys and values, and of a text's own weights; None for as the weights are.
        folds_text: a short text is folded into weights of its own, as the paths of a processor do.
    """
    decoder = shape.decoder
    heard = min(shape.window_steps, steps or shape.window_steps) + decoder.chroma_steps + text
    numbers = 2 * decoder.layers * decoder.width
    position_bytes = numbers * _CACHE_BYTES[cache or precision]
    if (cache or precision) == "int8":
        position_bytes += 2 * decoder.layers * decoder.heads * _FLOAT_BYTES
    remembered = _GUIDANCE_ROWS * heard * position_bytes
    if folds_text and decoder.cross_attention and 2 * decoder.heads * text <= decoder.width:
        remembered += int(numbers * decoder.heads * text * _WEIGHT_BYTES[cache or precision])
    return remembered


def decoder_parameters(shape: DecoderShape) -> int:
    """The numbers in the matrices of a decoder; norms and biases, a thousandth of it, are left out."""
    attention = 4 * shape.width**2 * (2 if shape.cross_attention else 1)
    layer = attention + 2 * shape.width * shape.feed_forward
    tokens = shape.codebooks * (2 * shape.vocabulary + 1) * shape.width
    return shape.layers * layer + tokens + (shape.text_width + shape.chroma_bins) * shape.width


def text_parameters(shape: TextShape) -> int:
    """The numbers in the matrices of a text encoder."""
    kinds = 3 if shape.feed_forward_kind.startswith("gated") else 2
    layer = 4 * shape.width * shape.key_width * shape.heads + kinds * shape.width * shape.feed_forward
    return shape.vocabulary * shape.width + shape.layers * layer


def codec_parameters(shape: CodecShape) -> int:
    """The numbers in the kernels of a codec: encoder, decoder and codebooks."""
    stages = len(shape.ratios)
    widest = shape.filters << stages
    half = shape.filters * shape.channels * shape.kernel + widest * shape.dimension * shape.last_kernel
    half += shape.lstm_layers * 8 * widest**2
    for stage, ratio in enumerate(reversed(shape.ratios)):
        width = shape.filters << stage
        inner = width // shape.compress
        shortcut = 0 if shape.true_skip else width * width
        half += shape.residual_layers * (width * inner * (shape.residual_kernel + 1) + shortcut)
        half += width * 2 * width * 2 * ratio
    return 2 * half + shape.codebooks * shape.entries * shape.dimension
