"""No click where the song starts, stops or jumps: short fades over what would be a step."""

from functools import lru_cache

import numpy as np

from musicgen_desktop.dsp import Audio, FadeShape, fade_in


def crossfaded(old: Audio, new: Audio, shape: FadeShape = "equal_power") -> Audio:
    """The old sound becomes the new one.

    Args:
        old: [m, channels], what would have sounded; it is left after its last frame.
        new: [n, channels] with n ≥ m; behind the fade it goes on untouched.
        shape: `equal_power` between two places of a song, which have nothing in common; `s_curve` between
            two mixes of the same place, which add up.

    Returns:
        [n, channels] float32, a new array.

    Raises:
        ValueError: when the old sound is the longer one.
    """
    frames = len(old)
    if frames > len(new):
        raise ValueError(f"A fade of {frames} frames does not end within {len(new)}.")
    mixed = np.array(new, np.float32)
    rising, falling = _curves(frames, shape)
    head = mixed[:frames]
    head *= rising
    head += old * falling
    return mixed


def faded_in(sound: Audio, shape: FadeShape = "s_curve") -> Audio:
    """The sound rises out of silence over its whole length.

    Args:
        sound: [n, channels].
        shape: the curve.

    Returns:
        [n, channels] float32, a new array.
    """
    risen: Audio = sound * _curves(len(sound), shape)[0]
    return risen


def faded_out(sound: Audio, shape: FadeShape = "s_curve") -> Audio:
    """The sound falls into silence over its whole length.

    Args:
        sound: [n, channels].
        shape: the curve.

    Returns:
        [n, channels] float32, a new array.
    """
    fallen: Audio = sound * _curves(len(sound), shape)[1]
    return fallen


@lru_cache(maxsize=16)
def _curves(frames: int, shape: FadeShape) -> tuple[Audio, Audio]:
    """Gains that rise and gains that fall, both [frames, 1].

    The halves of a step: neither begins at exactly 0 or ends at exactly 1, so that both look the same
    backwards and together they sum to 1 in gain or in power.
    """
    rising = fade_in(2 * frames, shape)[1::2, np.newaxis]
    return rising, np.ascontiguousarray(rising[::-1])
