"""One sample rate becomes another."""

import numpy as np

from ._audio import Audio, Sound, as_frames


def resample(audio: Sound, from_rate: int, to_rate: int) -> Audio:
    """Convert to another sample rate by soxr at its very high quality (linear phase, no delay).

    Args:
        audio: [frames, channels] or [frames].
        from_rate: its frames per second.
        to_rate: the wanted frames per second.

    Returns:
        [round(frames · to_rate / from_rate), channels] float32; `audio` itself when nothing has to change.

    Raises:
        ValueError: when a rate is not positive.
    """
    if from_rate <= 0 or to_rate <= 0:
        raise ValueError(f"Sample rates are positive, not {from_rate} and {to_rate}.")
    sound = np.asarray(as_frames(audio), dtype=np.float32)
    if from_rate == to_rate:
        return sound
    frames = round(len(sound) * to_rate / from_rate)
    if frames == 0:
        return np.zeros((0, sound.shape[1]), np.float32)
    import soxr  # noqa: PLC0415 - the front door stays light

    converted: Audio = soxr.resample(np.ascontiguousarray(sound), from_rate, to_rate, quality="VHQ")
    if len(converted) >= frames:
        return converted[:frames]
    return np.concatenate([converted, np.zeros((frames - len(converted), sound.shape[1]), np.float32)])
