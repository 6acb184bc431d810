"""How much memory a model takes, told from its sizes before anything is loaded."""

from typing import Literal, get_args

from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

Precision = Literal["int8", "bf16", "fp32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
"""Of the decoder's weights, least memory first; fp16 takes what bf16 takes."""

_WEIGHT_BYTES = {"int8": 1.03125, "bf16": 2.0, "fp32": 4.0}  # int8: and a bfloat16 scale for each 64
_FLOAT_BYTES = 4
_GUIDANCE_ROWS = 2


def memory_bytes(shape: ModelShape, precision: Precision) -> int:
    """What a loaded model takes for one take of a whole window: weights, and remembered keys and values.

    Text encoder, codec and cache are counted in float32, the codec without what it needs for a moment.
    """
    others = (text_parameters(shape.text) + codec_parameters(shape.codec)) * _FLOAT_BYTES
    weights = int(decoder_parameters(shape.decoder) * _WEIGHT_BYTES[precision])
    return weights + others + cache_bytes(shape)


def cache_bytes(
    shape: ModelShape, steps: int | None = None, text: int = 0, precision: Precision = "fp32"
) -> int:
    """What one take remembers: keys and values in float32.

    Args:
        shape: of the model.
        steps: that it hears at once; None for a whole window.
        text: states that its words have.
        precision: of the weights. The native step folds a short text into some of its own.
    """
    decoder = shape.decoder
    heard = min(shape.window_steps, steps or shape.window_steps) + decoder.chroma_steps + text
    numbers = 2 * decoder.layers * decoder.width
    remembered = numbers * _GUIDANCE_ROWS * heard * _FLOAT_BYTES
    if decoder.cross_attention and 2 * decoder.heads * text <= decoder.width:
        remembered += int(numbers * decoder.heads * text * _WEIGHT_BYTES[precision])
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
