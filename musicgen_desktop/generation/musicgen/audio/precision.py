"""The codec in bfloat16, only where it was measured to be faster and to sound the same."""

import math
import time
from collections.abc import Callable

import torch
from torch import Tensor

from .codec import Codec

_MIN_SNR_DB = 40.0
_MIN_GAIN = 1.2
"""How much faster it must be: what is nearly even would be decided otherwise at each start."""


@torch.inference_mode()
def quicken(
    codec: Codec,
    codes: Tensor,
    min_snr_db: float = _MIN_SNR_DB,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> bool:
    """Let the layers after the LSTM, where most of the work is, run in bfloat16 if that is worth it.

    The LSTM stays in float32: its error would grow with the take. A processor without bfloat16 of its own can
    take ten times as long with it (two cores with AVX2: 20 s instead of 2.3 s for ten seconds of sound).

    Args:
        codec: in float32; it is changed only when bfloat16 passes.
        codes: [B, K, T] of real or drawn tokens; half a second is enough.
        min_snr_db: how far the difference must lie below the sound.
        clock: seconds; another one than the system's for tests.

    Returns:
        Whether bfloat16 is in use.
    """
    layers = codec.decoder.layers[2:]
    float32_weights = layers.state_dict()  # not copied: they may lie in a file
    exact, exact_s = _decoded(codec, codes, clock)
    layers.to(torch.bfloat16)
    other, other_s = _decoded(codec, codes, clock)
    if _snr_db(exact, other) >= min_snr_db and exact_s >= _MIN_GAIN * other_s:
        return True
    layers.load_state_dict(float32_weights, assign=True)
    return False


def _decoded(codec: Codec, codes: Tensor, clock: Callable[[], float]) -> tuple[Tensor, float]:
    """The sound, and the shorter time of two: during the first the library prepares itself."""
    times_s = []
    for _ in range(2):
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
