"""What a block of sound is here: float32, [frames, channels]."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]
"""[frames, channels] float32; full scale is ±1."""

Sound = NDArray[np.floating[Any]]
"""What the functions take: [frames, channels], or [frames] for mono; any float type."""


def as_frames(audio: Sound) -> Sound:
    """A view of `audio` with a channel axis.

    Args:
        audio: [frames, channels] or [frames].

    Raises:
        ValueError: when it has no such shape.
    """
    if audio.ndim == 1:
        return audio[:, np.newaxis]
    if audio.ndim != 2:
        raise ValueError(f"Audio must be [frames, channels], not of shape {audio.shape}.")
    return audio
