"""The sizes of a model: what a checkpoint's configuration says, and nothing that it does not."""

import msgspec


class DecoderShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The transformer over tokens.

    Attributes:
        layers: how many.
        width: of the hidden states, D; a multiple of `heads`.
        feed_forward: inner width of the feed-forward block.
        codebooks: K; 4 mono, 8 stereo (left and right interleaved).
        vocabulary: V; tokens are 0..V-1, and V itself is the padding that begins every sequence.
        text_width: of the text encoder's states, which a linear layer brings to D.
        cross_attention: True: text is attended to in every layer. False (melody): it is prepended.
        chroma_bins: 12 for melody models, whose chroma is prepended before the text; else 0.
        chroma_steps: how many chroma steps are prepended.
        delays: by how many steps each codebook starts later.
    """

    layers: int
    width: int
    heads: int
    feed_forward: int
    codebooks: int
    vocabulary: int = 2048
    text_width: int = 768
    cross_attention: bool = True
    chroma_bins: int = 0
    chroma_steps: int = 0
    delays: tuple[int, ...] = (0, 1, 2, 3)


class CodecShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """EnCodec.

    Attributes:
        rate: frames per second.
        channels: of the codec itself. A stereo MusicGen uses a mono codec once a channel.
        ratios: upsampling factors of the decoder, first to last; their product is the hop, frames per step.
        filters: channels of the outermost convolution.
        dimension: of the latent.
        codebooks: how many quantisers the checkpoint holds.
        entries: of each codebook.
        causal: 24 kHz pads on the left only; 32 and 48 kHz on both sides.
        normalisation: “weight_norm” (24, 32 kHz) or “time_group_norm” (48 kHz).
        true_skip: the residual blocks' shortcut is the identity (32 kHz), not a convolution.
        chunk_s: 48 kHz encodes in normalised chunks of this length; 0 encodes as a whole.
    """

    rate: int = 32_000
    channels: int = 1
    ratios: tuple[int, ...] = (8, 5, 4, 4)
    filters: int = 64
    dimension: int = 128
    codebooks: int = 4
    entries: int = 2048
    kernel: int = 7
    last_kernel: int = 7
    residual_kernel: int = 3
    residual_layers: int = 1
    dilation_growth: int = 2
    compress: int = 2
    lstm_layers: int = 2
    causal: bool = False
    pad_mode: str = "reflect"
    trim_right_ratio: float = 1.0
    normalisation: str = "weight_norm"
    true_skip: bool = True
    chunk_s: float = 0.0
    overlap: float = 0.0

    @property
    def hop(self) -> int:
        """Frames per codec step."""
        product = 1
        for ratio in self.ratios:
            product *= ratio
        return product


class TextShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The T5 encoder: the fields of its configuration that `transformers.T5Config` is made from."""

    vocabulary: int = 32_128
    width: int = 768
    key_width: int = 64
    feed_forward: int = 3072
    layers: int = 12
    heads: int = 12
    buckets: int = 32
    max_distance: int = 128
    feed_forward_kind: str = "relu"


class ModelShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole model.

    Attributes:
        channels: 1, or 2 for a stereo decoder over a mono codec.
        guidance: the guidance scale it is made for.
        window_steps: how many codec steps it was trained to hear at once: 1500 are 30 s.
    """

    decoder: DecoderShape
    codec: CodecShape
    text: TextShape
    channels: int = 1
    guidance: float = 3.0
    window_steps: int = 1500
