"""The codec: sound to tokens, tokens to sound, whole and in chunks."""

from .codec import Codec, CodecChunk
from .join import SEAM_REACH, crossfade, seam_dbfs
from .precision import bfloat16_pays, use_bfloat16
from .resample import resampled
from .sound_tokens import decode_tokens, encode_sound
from .stream import StreamDecoder

__all__ = [
    "SEAM_REACH",
    "Codec",
    "CodecChunk",
    "StreamDecoder",
    "bfloat16_pays",
    "crossfade",
    "decode_tokens",
    "encode_sound",
    "resampled",
    "seam_dbfs",
    "use_bfloat16",
]
