"""The codec in bfloat16, only where it was measured to be faster and to sound the same."""

import math
import time
from collections.abc import Callable
from copy import copy, deepcopy

import torch
from torch import Tensor

from .codec import Codec

_MIN_SNR_DB = 40.0
_MIN_GAIN = 1.2
"""How much faster it must be: what is nearly even would be decided otherwise at each start."""
_TRIES = 3
_GLANCE = 2
"""Steps that tell already where it is hopeless."""


def use_bfloat16(codec: Codec) -> None:
    """Let the layers after the LSTM, where most of the work is, run in bfloat16.

    The LSTM stays in float32: its error would grow with the take.
    """
    codec.upsampling.to(torch.bfloat16)


@torch.inference_mode()
def bfloat16_pays(
    codec: Codec,
    codes: Tensor,
    min_snr_db: float = _MIN_SNR_DB,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> bool:
    """Whether `use_bfloat16` makes the codec faster and leaves its sound as it was.

    A processor without bfloat16 of its own can take thirty times as long with it (two cores with AVX2: 6.4 s
    instead of 0.2 s for a second of sound).

    Args:
        codec: in float32; it stays so.
        codes: [B, K, T] of real or drawn tokens; half a second is enough.
        min_snr_db: how far the difference must lie below the sound.
        clock: seconds; another one than the system's for tests.
    """
    rounded = copy(codec)
    rounded.upsampling = deepcopy(codec.upsampling)
    use_bfloat16(rounded)
    for part in (codes[..., :_GLANCE], codes):
        exact, exact_s = _decoded(codec, part, clock)
        other, other_s = _decoded(rounded, part, clock)
        if exact_s < other_s:
            return False
    return exact_s >= _MIN_GAIN * other_s and _snr_db(exact, other) >= min_snr_db


def _decoded(codec: Codec, codes: Tensor, clock: Callable[[], float]) -> tuple[Tensor, float]:
    """The sound, and the shortest time of three: during the first the library prepares itself."""
    times_s = []
    for _ in range(_TRIES):
        began_s = clock()
        sound = codec.decode(codes)
        times_s.append(clock() - began_s)
    return sound, min(times_s)


def _snr_db(exact: Tensor, other: Tensor) -> float:
    """The signal-to-noise ratio; no number, which passes no gate, when one of them is none."""
    noise = (exact - other).square().mean().item()
    signal = exact.square().mean().item()
    if noise == 0.0:
        return math.inf
    return 10.0 * math.log10(signal / noise) if signal > 0.0 else -math.inf
