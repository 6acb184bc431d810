"""The delay pattern: codebooks start some steps late, so that coarse codes are drawn before fine ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


def delay_codebooks(codes: Codes, delays: Sequence[int], pad: int) -> Codes:
    """Start each codebook by its delay later.

    Args:
        codes: [..., K, T]; codebook 0 is the coarsest.
        delays: K steps, none negative: (0, 1, 2, 3) mono, (0, 0, 1, 1, 2, 2, 3, 3) stereo.
        pad: token written where a codebook has nothing to say yet, or any more.

    Returns:
        [..., K, T + max(delays)].

    Source: “delay” pattern, arXiv:2306.05284, section 2.2. Inverse: `undelay_codebooks`.
    """
    steps = codes.shape[-1]
    delayed = np.full((*codes.shape[:-1], steps + max(delays)), pad, np.int64)
    for k, delay in enumerate(delays):
        delayed[..., k, delay : delay + steps] = codes[..., k, :]
    return delayed


def undelay_codebooks(delayed: Codes, delays: Sequence[int]) -> Codes:
    """Let the codebooks speak at the same time again: [..., K, T + max(delays)] → [..., K, T].

    Raises:
        ValueError: when there are fewer steps than the longest delay.
    """
    steps = delayed.shape[-1] - max(delays)
    if steps < 0:
        raise ValueError(f"{delayed.shape[-1]} steps are fewer than the longest delay, {max(delays)}")
    return np.stack([delayed[..., k, delay : delay + steps] for k, delay in enumerate(delays)], axis=-2)
