"""Peak and effective level of the samples as they stand."""

import numpy as np

from ._audio import Sound, as_frames
from ._gain import gain_to_db

_CHUNK = 1 << 16


def peak_dbfs(audio: Sound) -> float:
    """The largest sample in dBFS; −inf for silence or no frames.

    Args:
        audio: [frames, channels] or [frames].
    """
    sound = as_frames(audio)
    return gain_to_db(max(-float(sound.min()), float(sound.max()), 0.0)) if sound.size else gain_to_db(0.0)


def rms_dbfs(audio: Sound) -> float:
    """The root of the mean square over all channels and frames, in dBFS: a full-scale sine reads −3.01.

    Args:
        audio: [frames, channels] or [frames]; −inf for silence or no frames.
    """
    sound = as_frames(audio)
    if not sound.size:
        return gain_to_db(0.0)
    total = 0.0
    for at in range(0, len(sound), _CHUNK):
        chunk = sound[at : at + _CHUNK].astype(np.float64)
        total += float(np.einsum("fc,fc->", chunk, chunk))
    return gain_to_db(float(np.sqrt(total / sound.size)))
