"""A whole sound as a MusicGen's tokens, and back; stereo has left and right codebooks interleaved."""

import numpy as np
import torch

from musicgen_desktop.generation.musicgen.runtime.path import Floats, Tokens
from musicgen_desktop.generation.sound import Sound

from .codec import Codec
from .resample import resampled
from .stream import StreamDecoder

_PIECE = 250  # steps decoded at once: 5 s, so that memory stays the same for a take of any length


def encode_sound(codec: Codec, sound: Sound, channels: int) -> Tokens:
    """[K, T] tokens of a sound of any rate; T is rounded up to whole steps.

    Args:
        codec: one that encodes as a whole.
        sound: at least one frame.
        channels: of the model: 1, or 2, with a mono codec once a channel.
    """
    audio = torch.from_numpy(resampled(sound, codec.shape.rate, channels))
    rows = audio.reshape(-1, codec.shape.channels, audio.shape[1])  # [rows, the codec's channels, F]
    codes = codec.encode(rows)  # [rows, K / rows, T]
    return np.ascontiguousarray(codes.transpose(0, 1).flatten(0, 1).numpy(), np.int64)


def decode_tokens(codec: Codec, tokens: Tokens, channels: int) -> Floats:
    """[K, T] tokens to [C, T * hop] float32; the inverse of `encode_sound`."""
    stream = StreamDecoder(codec, channels)
    starts = range(0, tokens.shape[1], _PIECE)
    pieces = [stream.push(tokens[:, start : start + _PIECE]) for start in starts]
    return np.concatenate((*pieces, stream.finish()), 1)
