"""Sound that plays faster or slower at its own pitch."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from musicgen_desktop.dsp import Audio

MOST_STRETCH = 4.0
"""Beyond four times as fast or slow hardly anything is left of the sound."""

MOST_SAMPLES = 1 << 25
"""Of a sound and of its stretched self, all channels together: 128 MB, six minutes of stereo at 48 kHz."""

_SEAM_S = 0.01  # over which one stretch is faded into the next
_SAME = 1e-4  # of the speed


def stretched(audio: Audio, rate: int, anchors: Sequence[tuple[float, float]]) -> Audio:
    """Play a sound so that its seconds lie where anchors say, straight in time between them.

    Each stretch between two anchors begins exactly where it should; inside one, onsets lie within about 6 ms
    (Rubber Band, as pedalboard has it).

    Args:
        audio: [frames, channels] float32.
        rate: frames per second.
        anchors: (seconds of the result, seconds of `audio`), at least two, both rising; the result$
            begins at 0. No stretch is more than `MOST_STRETCH` times as fast or slow.

    Returns:
        [frames, channels] float32, as long as the last anchor says; what lies beyond the sound is silent.

    Raises:
        ValueError: when the anchors are not so, or the result has more than `MOST_SAMPLES`.
    """
    _check(anchors)
    if anchors[-1][0] * rate * audio.shape[1] > MOST_SAMPLES:
        raise ValueError("The stretched sound would be too long.")
    result = np.zeros((round(anchors[-1][0] * rate), audio.shape[1]), np.float32)
    seam = round(_SEAM_S * rate)
    for number, ((low_s, from_s), (high_s, until_s)) in enumerate(pairwise(anchors)):
        low, high = round(low_s * rate), round(high_s * rate)
        if high <= low:
            continue
        speed = (until_s - from_s) / (high_s - low_s)
        # Beyond its end a stretch goes on for the length of the seam, under the beginning of the next.
        piece = _piece(audio, rate, from_s, speed, high - low + seam)
        piece = piece[: len(result) - low]
        if number:
            rise = np.linspace(0.0, 1.0, min(seam, len(piece)), dtype=np.float32)[:, None]
            result[low : low + len(rise)] *= 1.0 - rise
            result[low : low + len(rise)] += piece[: len(rise)] * rise
            result[low + len(rise) : low + len(piece)] = piece[len(rise) :]
        else:
            result[low : low + len(piece)] = piece
    return result


def _piece(audio: Audio, rate: int, from_s: float, speed: float, frames: int) -> Audio:
    """So many frames of the sound from a second on, at one speed."""
    start = round(from_s * rate)
    part = audio[start : start + round(frames * speed)]
    if abs(speed - 1.0) > _SAME and len(part):
        import pedalboard  # noqa: PLC0415 - the front door stays light

        # The short window keeps drums in time: with the long one they come up to 18 ms late.
        part = pedalboard.time_stretch(
            np.ascontiguousarray(part.T), float(rate), speed, use_long_fft_window=False
        ).T
    piece = np.zeros((frames, audio.shape[1]), np.float32)
    piece[: len(part)] = part[:frames]
    return piece


def _check(anchors: Sequence[tuple[float, float]]) -> None:
    if len(anchors) < 2 or anchors[0][0] != 0.0 or anchors[0][1] < 0.0:
        raise ValueError("Sound is stretched between two anchors or more, the first at 0.")
    for (low_s, from_s), (high_s, until_s) in pairwise(anchors):
        speed = (until_s - from_s) / (high_s - low_s) if high_s > low_s else 0.0
        if not 1.0 / MOST_STRETCH <= speed <= MOST_STRETCH:
            raise ValueError(f"Sound cannot play {speed:g} times as fast.")
