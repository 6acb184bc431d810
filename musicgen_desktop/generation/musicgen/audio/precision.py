"""The codec in bfloat16, only where it was measured to be faster and to sound the same."""

import math
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

from .codec import Codec

_MIN_SNR_DB = 40.0
_MIN_GAIN = 1.2
"""How much faster it must be: what is nearly even would be decided otherwise at each start."""
_TRIES = 3


def use_bfloat16(codec: Codec) -> None:
    """Let the layers after the LSTM, where most of the work is, run in bfloat16.

    The LSTM stays in float32: its error would grow with the take.
    """
    _late_layers(codec).to(torch.bfloat16)


@torch.inference_mode()
def bfloat16_pays(
    codec: Codec,
    codes: Tensor,
    min_snr_db: float = _MIN_SNR_DB,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> bool:
    """Whether `use_bfloat16` makes the codec faster and leaves its sound as it was.

    A processor without bfloat16 of its own can take ten times as long with it (two cores with AVX2: 20 s
    instead of 2.3 s for ten seconds of sound).

    Args:
        codec: in float32; it is the same afterwards.
        codes: [B, K, T] of real or drawn tokens; half a second is enough.
        min_snr_db: how far the difference must lie below the sound.
        clock: seconds; another one than the system's for tests.
    """
    float32_weights = _late_layers(codec).state_dict()  # not copied: they may lie in a file
    exact, exact_s = _decoded(codec, codes, clock)
    use_bfloat16(codec)
    other, other_s = _decoded(codec, codes, clock)
    _late_layers(codec).load_state_dict(float32_weights, assign=True)
    return _snr_db(exact, other) >= min_snr_db and exact_s >= _MIN_GAIN * other_s


def _late_layers(codec: Codec) -> nn.Module:
    return codec.decoder.layers[2:]


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
