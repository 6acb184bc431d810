"""How large a model may be: what a configuration says is doubted before anything is made of it."""

import math

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

_Limit = tuple[str, float, float, float]  # what, its value, the least, the most


def check_shape(shape: ModelShape) -> None:
    """Refuse sizes that no MusicGen has, or that do not fit together.

    Raises:
        UserInputError: with one sentence that names the value and its limits.
    """
    limits = (*_decoder(shape.decoder), *_codec(shape.codec), *_text(shape.text), *_whole(shape))
    for what, value, least, most in limits:
        if not (math.isfinite(value) and least <= value <= most):
            raise UserInputError(
                f"The model's configuration gives {value:g} {what}, and {least:g} to {most:g} can be; it is "
                "damaged or no MusicGen's, so copy or download the model again."
            )
    _check_fits(shape)


def _decoder(shape: DecoderShape) -> tuple[_Limit, ...]:
    return (
        ("layers", shape.layers, 1, 96),
        ("as the decoder's width", shape.width, 8, 8192),
        ("heads", shape.heads, 1, 256),
        ("as the feed-forward width", shape.feed_forward, 1, 65_536),
        ("codebooks", shape.codebooks, 1, 32),
        ("tokens as the vocabulary", shape.vocabulary, 2, 65_536),
        ("chroma bins", shape.chroma_bins, 0, 96),
        ("chroma steps", shape.chroma_steps, 0, 4096),
        *(("steps of delay", delay, 0, 64) for delay in shape.delays),
    )


def _codec(shape: CodecShape) -> tuple[_Limit, ...]:
    return (
        ("frames a second", shape.rate, 8_000, 192_000),
        ("channels of the codec", shape.channels, 1, 1),
        ("upsampling layers", len(shape.ratios), 1, 8),
        *(("as an upsampling factor", ratio, 1, 32) for ratio in shape.ratios),
        ("frames a step", shape.hop if len(shape.ratios) <= 8 else 0, 1, 16_384),
        ("filters", shape.filters, 1, 512),
        ("as the width of the latent", shape.dimension, 1, 4096),
        ("codebooks of the codec", shape.codebooks, 1, 32),
        ("entries of a codebook", shape.entries, 2, 65_536),
        ("as a kernel", shape.kernel, 1, 63),
        ("as the last kernel", shape.last_kernel, 1, 63),
        ("as the residual kernel", shape.residual_kernel, 1, 63),
        ("residual layers", shape.residual_layers, 0, 8),
        ("as the dilation's growth", shape.dilation_growth, 1, 4),
        ("as the residual blocks' compression", shape.compress, 1, max(1, shape.filters)),
        ("layers of the LSTM", shape.lstm_layers, 1, 8),
        ("as the trimmed share", shape.trim_right_ratio, 0.0, 1.0),
        # Sound that was brought to one loudness could not be brought back: MusicGen makes no loudness.
        ("seconds as the codec's chunks", shape.chunk_s, 0.0, 0.0),
    )


def _text(shape: TextShape) -> tuple[_Limit, ...]:
    return (
        ("words of text", shape.vocabulary, 2, 1_000_000),
        ("as the text's width", shape.width, 1, 8192),
        ("as the text's head width", shape.key_width, 1, 1024),
        ("as the text's feed-forward width", shape.feed_forward, 1, 65_536),
        ("layers of the text encoder", shape.layers, 1, 96),
        ("heads of the text encoder", shape.heads, 1, 256),
        ("buckets of text positions", shape.buckets, 4, 4096),
        ("as the farthest text position", shape.max_distance, shape.buckets, 65_536),
    )


def _whole(shape: ModelShape) -> tuple[_Limit, ...]:
    return (
        ("channels", shape.channels, 1, 2),
        ("as the guidance", shape.guidance, 1.0, 10.0),
        ("steps as what it hears at once", shape.window_steps, 50, 8192),
    )


def _check_fits(shape: ModelShape) -> None:
    decoder, codec, text = shape.decoder, shape.codec, shape.text
    widest = codec.filters << len(codec.ratios)
    fits = (
        (decoder.width % (2 * decoder.heads) == 0, "the decoder's heads do not share its width evenly"),
        (decoder.text_width == text.width, "decoder and text encoder differ in the text's width"),
        (decoder.codebooks == codec.codebooks * shape.channels, "decoder and codec differ in codebooks"),
        (decoder.vocabulary == codec.entries, "decoder and codec differ in the size of codebooks"),
        (len(decoder.delays) == decoder.codebooks, "not every codebook has a delay"),
        (codec.entries & (codec.entries - 1) == 0, "the codebooks' size is no power of two"),
        (codec.filters % codec.compress == 0, "the codec's filters do not share out evenly"),
        (widest <= 16_384, "the codec is too wide"),
        (codec.pad_mode in ("reflect", "constant", "replicate"), "the codec's padding is unknown"),
        (codec.normalisation in ("weight_norm", "time_group_norm"), "the codec's normalisation is unknown"),
        (codec.causal or codec.trim_right_ratio == 1.0, "only causal codecs trim unevenly"),
        (text.feed_forward_kind in ("relu", "gated-gelu"), "the text encoder's activation is unknown"),
    )
    for fit, reason in fits:
        if not fit:
            raise UserInputError(
                f"The model's configuration cannot be right, for {reason}; it is damaged or no MusicGen's, "
                "so copy or download the model again."
            )
