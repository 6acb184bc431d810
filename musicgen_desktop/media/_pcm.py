"""Floats become whole numbers."""

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Audio


def to_int16(samples: Audio) -> NDArray[np.int16]:
    """Round to 16 bits: 1.0 is held at 32767, −1.0 is −32768.

    Args:
        samples: any shape, finite.
    """
    return _rounded(samples, 16).astype(np.int16)


def to_int24(samples: Audio) -> NDArray[np.int32]:
    """Round to 24 bits, in the low part of 32.

    Args:
        samples: any shape, finite.
    """
    return _rounded(samples, 24).astype(np.int32)


def to_int24_bytes(samples: Audio) -> bytes:
    """Round to 24 bits, three little-endian bytes each, as WAV files hold them.

    Args:
        samples: any shape, finite.
    """
    whole = to_int24(samples).reshape(-1)
    missing = -len(whole) % 4
    if missing:
        whole = np.concatenate([whole, np.zeros(missing, np.int32)])
    # Four samples fill three words; shifts on whole words are several times faster than copying single bytes.
    a, b, c, d = whole.view(np.uint32).reshape(-1, 4).T
    words = np.empty((len(a), 3), "<u4")
    words[:, 0] = (a & 0xFFFFFF) | (b << 24)
    words[:, 1] = ((b >> 8) & 0xFFFF) | (c << 16)
    words[:, 2] = ((c >> 16) & 0xFF) | (d << 8)
    packed = words.tobytes()
    return packed[: len(packed) - 3 * missing] if missing else packed


def encoded_samples(samples: Audio, bits: int) -> bytes | memoryview:
    """The bytes of samples as WAV files hold them.

    Args:
        samples: any shape, finite, contiguous.
        bits: 16 or 24 (whole numbers, held at full scale) or 32 (float).
    """
    if bits == 32:
        return samples.astype("<f4", copy=False).data.cast("B") if samples.size else b""
    if bits == 24:
        return to_int24_bytes(samples)
    return to_int16(samples).astype("<i2", copy=False).tobytes()


def _rounded(samples: Audio, bits: int) -> Audio:
    scale = np.float32(1 << (bits - 1))
    scaled = samples * scale
    np.rint(scaled, out=scaled)
    np.clip(scaled, -scale, scale - 1, out=scaled)
    return scaled
