"""The codec: sound to tokens, tokens to sound, whole and in chunks."""

from .codec import Codec, CodecChunk
from .join import SEAM_REACH, crossfade, seam_dbfs
from .precision import quicken
from .resample import resampled
from .sound_tokens import decode_tokens, encode_sound
from .stream import StreamDecoder

__all__ = [
    "SEAM_REACH",
    "Codec",
    "CodecChunk",
    "StreamDecoder",
    "crossfade",
    "decode_tokens",
    "encode_sound",
    "quicken",
    "resampled",
    "seam_dbfs",
]
