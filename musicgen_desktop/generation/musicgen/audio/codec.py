"""EnCodec as a whole: sound to tokens and back (arXiv:2210.13438)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding

from musicgen_desktop.generation.musicgen.shape import CodecShape

from .layers import LstmState, SkippedLstm, load_layers, make_decoder, make_encoder


@dataclass(frozen=True)
class CodecChunk:
    """What a codec that works in chunks knows of one of them.

    Attributes:
        codes: [B, K, T] int64.
        scale: [B, 1, 1] float32, the loudness that was divided out.
    """

    codes: Tensor
    scale: Tensor


class Codec:
    """EnCodec with given weights; it is not trained.

    Attributes:
        upsampling: the layers after the decoder's LSTM, where most of the work is: [B, T, width] to
            [B, T * hop, C], in their own precision.
    """

    def __init__(self, shape: CodecShape, tensors: Mapping[str, Tensor]) -> None:
        """Prepare the decoder; the rest stays as it is.

        Args:
            shape: of the codec.
            tensors: named as in the state dict of transformers' EncodecModel, with weight norm folded into
                `….conv.weight`; others are passed over.

        Raises:
            UserInputError: when tensors of the decoder or the quantiser are missing or of another size.
        """
        self.shape = shape
        self._tensors = tensors
        decoder: nn.Sequential = _loaded(lambda: make_decoder(shape), tensors, "decoder.layers.")
        self._first, self._lstm = decoder[0], cast("SkippedLstm", decoder[1])
        self.upsampling = decoder[2:]
        self._quantizer: _Quantizer = _loaded(lambda: _Quantizer(shape), tensors, "quantizer.")

    @torch.inference_mode()
    def encode(self, audio: Tensor) -> Tensor:
        """[B, C, F] float32 to codes [B, K, ceil(F / hop)] int64, for codecs that encode as a whole.

        Raises:
            UserInputError: when tensors of the encoder are missing or of another size.
        """
        self._must_be_whole()
        return self._quantizer.nearest(self.encoded(audio))

    @torch.inference_mode()
    def decode(self, codes: Tensor) -> Tensor:
        """[B, K, T] to [B, C, T * hop] float32; K may be less than the codec has."""
        self._must_be_whole()
        return self._sound(codes)

    @torch.inference_mode()
    def encode_chunks(self, audio: Tensor) -> tuple[CodecChunk, ...]:
        """[B, C, F] to chunks of `chunk_s`, each brought to the loudness 1 (RMS), for codecs that work so.

        Raises:
            UserInputError: when tensors of the encoder are missing or of another size.
        """
        length, stride = self._chunk_frames()
        encoder = self._encoder()
        pieces = (audio[..., start : start + length] for start in range(0, audio.shape[-1], stride))
        return tuple(self._chunk(encoder, piece) for piece in pieces)

    @torch.inference_mode()
    def decode_chunks(self, chunks: Sequence[CodecChunk]) -> Tensor:
        """Chunks to [B, C, F'], each faded into the next; F' is F filled up to a whole step."""
        _, stride = self._chunk_frames()
        return _overlap_added([self._sound(chunk.codes) * chunk.scale for chunk in chunks], stride)

    def latents(self, codes: Tensor) -> Tensor:
        """[B, K, T] to [B, T, dimension]: the sum of the codebooks' entries."""
        return self._quantizer.entries(codes)

    def before_lstm(self, latents: Tensor) -> Tensor:
        """[B, T, dimension] to [B, T, width]: the decoder's first convolution."""
        return cast("Tensor", self._first(latents))

    def through_lstm(self, states: Tensor, state: LstmState | None) -> tuple[Tensor, LstmState]:
        """[B, T, width] to the same shape, going on from a state; also the state after it."""
        return self._lstm.go_on(states, state)

    def upsample(self, states: Tensor) -> Tensor:
        """[B, T, width] to [B, C, T * hop] float32."""
        dtype = next(self.upsampling.parameters()).dtype
        return cast("Tensor", self.upsampling(states.to(dtype))).float().transpose(1, 2)

    def encoded(self, audio: Tensor) -> Tensor:
        """[B, C, F] to [B, ceil(F / hop), dimension]: what the quantiser hears.

        The encoder is prepared each time: in between it needs no memory that the system cannot take back.

        Raises:
            UserInputError: when its tensors are missing or of another size.
        """
        return cast("Tensor", self._encoder()(audio.transpose(1, 2)))

    def _sound(self, codes: Tensor) -> Tensor:
        return self.upsample(self.through_lstm(self.before_lstm(self.latents(codes)), None)[0])

    def _encoder(self) -> nn.Sequential:
        encoder: nn.Sequential = _loaded(lambda: make_encoder(self.shape), self._tensors, "encoder.layers.")
        return encoder

    def _chunk(self, encoder: nn.Sequential, audio: Tensor) -> CodecChunk:
        scale = audio.mean(1, keepdim=True).square().mean(-1, keepdim=True).sqrt() + 1e-8
        return CodecChunk(self._quantizer.nearest(encoder((audio / scale).transpose(1, 2))), scale)

    def _chunk_frames(self) -> tuple[int, int]:
        if not self.shape.chunk_s:
            raise ValueError("this codec encodes as a whole")
        length = int(self.shape.chunk_s * self.shape.rate)
        return length, max(1, int((1.0 - self.shape.overlap) * length))

    def _must_be_whole(self) -> None:
        if self.shape.chunk_s:
            raise ValueError("this codec works in chunks")


class _Codebook(nn.Module):
    def __init__(self, entries: int, dimension: int) -> None:
        super().__init__()
        self.codebook = nn.Module()
        self.codebook.register_buffer("embed", torch.empty(entries, dimension))

    @property
    def embed(self) -> Tensor:
        return cast("Tensor", self.codebook.embed)


class _Quantizer(nn.Module):
    """Residual vector quantisation: each codebook takes the entry nearest to what those before left over."""

    def __init__(self, shape: CodecShape) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_Codebook(shape.entries, shape.dimension) for _ in range(shape.codebooks))

    def nearest(self, latents: Tensor) -> Tensor:
        """[B, T, dimension] to [B, K, T] int64."""
        rest = latents
        codes: list[Tensor] = []
        for layer in self.layers:
            entries = cast("_Codebook", layer).embed
            # ‖x - e‖² without ‖x‖², which is the same for every entry.
            distance = entries.square().sum(1) - 2 * rest @ entries.T
            codes.append(distance.argmin(-1))
            rest = rest - embedding(codes[-1], entries)
        return torch.stack(codes, 1)

    def entries(self, codes: Tensor) -> Tensor:
        """[B, K, T] to [B, T, dimension]."""
        books = [cast("_Codebook", layer).embed for layer in self.layers]
        total = sum(embedding(codes[:, k], books[k]) for k in range(codes.shape[1]))
        return cast("Tensor", total)


def _loaded(layers: Callable[[], nn.Module], tensors: Mapping[str, Tensor], prefix: str) -> Any:
    """What is made, with those of the tensors whose names begin so."""
    with torch.device("meta"):
        made = layers()
    load_layers(made, {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)})
    return made


def _overlap_added(pieces: Sequence[Tensor], stride: int) -> Tensor:
    """Pieces [B, C, F] that begin `stride` apart, weighted by a triangle and divided by the weights' sum."""
    longest = pieces[0].shape[-1]
    ramp = torch.linspace(0, 1, longest + 2)[1:-1]
    triangle = 0.5 - (ramp - 0.5).abs()
    frames = stride * (len(pieces) - 1) + pieces[-1].shape[-1]
    total = pieces[0].new_zeros(*pieces[0].shape[:-1], frames)
    weights = torch.zeros(frames)
    for number, piece in enumerate(pieces):
        place = slice(number * stride, number * stride + piece.shape[-1])
        total[..., place] += piece * triangle[: piece.shape[-1]]
        weights[place] += triangle[: piece.shape[-1]]
    return total / weights
