"""How long sound takes from the mixer through the device and back: measured with a cable, or the air."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Audio, as_frames
from musicgen_desktop.foundation import UserInputError

LEVEL_DB = -12.0
_LENGTH_S = 0.25
_LOW_HZ, _HIGH_HZ = 200.0, 16_000.0
_FADE_S = 0.01
_LONGEST_S = 3.0
_QUIETEST_DB = -60.0
_LEAST_CONFIDENCE = 8.0


class NoLoopbackError(UserInputError):
    """The test signal did not come back."""


class Loopback(msgspec.Struct, frozen=True):
    """What a measurement found.

    Attributes:
        latency_frames: from the frame in which the signal began to play to the one in which it came in.
        confidence: how far the best match stands out from all others, as a ratio; 8 or more.
        level_db: how loud it came back, relative to how it was sent.
    """

    latency_frames: int
    confidence: float
    level_db: float


def loopback_signal(rate: int) -> Audio:
    """The test signal: a quarter of a second of rising tone, −12 dBFS, the same left and right.

    A logarithmic sweep is heard as one chirp, carries its energy evenly, and is found again to the frame even
    when it comes back through a loudspeaker, quiet, or in noise.

    Args:
        rate: frames per second.

    Returns:
        [frames, 2] float32.
    """
    frames = round(_LENGTH_S * rate)
    seconds = np.arange(frames) / rate
    high = min(_HIGH_HZ, 0.4 * rate)
    growth = np.log(high / _LOW_HZ)
    phase = 2 * np.pi * _LOW_HZ * _LENGTH_S / growth * np.expm1(seconds / _LENGTH_S * growth)
    fade = round(_FADE_S * rate)
    window = np.minimum(1.0, np.minimum(np.arange(frames), np.arange(frames)[::-1]) / fade)
    mono = (10 ** (LEVEL_DB / 20) * np.sin(phase) * np.sin(np.pi / 2 * window) ** 2).astype(np.float32)
    return np.column_stack([mono, mono])


def measure_loopback(recorded: Audio, rate: int) -> Loopback:
    """Find the test signal in what came in.

    Args:
        recorded: [frames] or [frames, inputs] float32, beginning with the input frame that belongs to the
            output frame in which the signal began; three seconds are enough. Of several inputs the one that
            hears it best counts.
        rate: frames per second.

    Raises:
        NoLoopbackError: when nothing, or too little of it, came back.
    """
    signal = loopback_signal(rate)[:, 0].astype(np.float64)
    sound = np.nan_to_num(as_frames(recorded)[: round(_LONGEST_S * rate) + len(signal)])
    if not len(sound) or float(np.abs(sound).max(initial=0.0)) < 10 ** (_QUIETEST_DB / 20):
        raise NoLoopbackError(
            "Nothing came back: connect an output of the device to the input with a cable, or turn up the "
            "input."
        )
    found = [_match(signal, column, rate) for column in sound.T.astype(np.float64)]
    best = max(found, key=lambda each: each.confidence)
    if best.confidence < _LEAST_CONFIDENCE or best.level_db < _QUIETEST_DB:
        raise NoLoopbackError(
            "Too little of the test signal came back to measure it: turn up the input, or use a cable in a "
            "quieter place."
        )
    return best


def _match(signal: NDArray[np.float64], sound: NDArray[np.float64], rate: int) -> Loopback:
    """The best place of the signal in one input. Its spectrum is flattened first, which sharpens the peak."""
    size = 1 << (len(signal) + len(sound) - 1).bit_length()
    reference, heard = np.fft.rfft(signal, size), np.fft.rfft(sound, size)
    power = np.abs(reference) ** 2
    matched = np.fft.irfft(heard * np.conj(reference), size)[: len(sound)]
    flat = np.fft.irfft(heard * np.conj(reference) / (power + 1e-3 * power.max()), size)[: len(sound)]
    size_of = np.abs(flat)
    at = int(size_of.argmax())
    near = max(rate // 200, 1)  # the peak's own slopes, and the first reflections behind it
    others = size_of.copy()
    others[max(at - near, 0) : at + near] = 0.0
    floor = float(np.sqrt(np.mean(np.square(others)))) + 1e-12
    level = abs(float(matched[at])) / float(np.sum(np.square(signal)))
    return Loopback(
        latency_frames=at,
        confidence=round(float(size_of[at]) / floor, 1),
        level_db=round(float(20 * np.log10(max(level, 1e-9))), 2),
    )
