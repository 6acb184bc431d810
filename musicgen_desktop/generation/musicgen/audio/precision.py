"""The codec in bfloat16, only where it was measured to sound the same."""

import copy
import math

import torch
from torch import Tensor

from .codec import Codec

MIN_SNR_DB = 40.0


@torch.inference_mode()
def quicken(codec: Codec, codes: Tensor, min_snr_db: float = MIN_SNR_DB) -> float:
    """Let the layers after the LSTM, where most of the work is, run in bfloat16 if it is exact enough.

    The LSTM stays in float32: its error would grow with the take.

    Args:
        codec: in float32; it is changed only when bfloat16 passes.
        codes: [B, K, T] of real or drawn tokens; a second is enough.
        min_snr_db: how far the difference must lie below the sound.

    Returns:
        The signal-to-noise ratio of bfloat16 in dB; it is in use exactly if this is `min_snr_db` or more.
    """
    exact = codec.decode(codes)
    float32_layers = copy.deepcopy(codec.decoder.layers[2:].state_dict())
    codec.decoder.layers[2:].to(torch.bfloat16)
    snr_db = _snr_db(exact, codec.decode(codes))
    if not snr_db >= min_snr_db:  # also when it is not a number
        codec.decoder.layers[2:].float().load_state_dict(float32_layers)
    return snr_db


def _snr_db(exact: Tensor, other: Tensor) -> float:
    noise = (exact - other).square().mean().item()
    signal = exact.square().mean().item()
    if noise == 0.0:
        return math.inf
    return 10.0 * math.log10(signal / noise) if signal > 0.0 else -math.inf
