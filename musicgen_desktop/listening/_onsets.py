"""Where something begins: spectral flux of log magnitudes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ._spectrum import Samples, magnitudes, mono

_WINDOW_S = 0.023
_HOP_S = 0.005
_SMOOTHING_S = 0.8


class OnsetEnvelope(NamedTuple):
    """How strongly something begins, at `rate_hz` values a second; value 0 belongs to time 0."""

    strength: NDArray[np.float32]
    rate_hz: float


def onset_envelope(audio: Samples, rate: int) -> OnsetEnvelope:
    """Half-wave rectified flux of log(1 + |STFT|), its slow average taken away.

    Args:
        audio: [frames] or [frames, channels], −1..1.
        rate: frames per second.

    Source: spectral flux with log compression, e.g. S. Dixon, "Onset detection revisited", DAFx 2006.
    """
    hop = max(1, round(_HOP_S * rate))
    window = 1 << round(np.log2(_WINDOW_S * rate))
    flux: list[NDArray[np.float32]] = []
    last: NDArray[np.float32] | None = None
    for block in magnitudes(mono(audio), window, hop):
        logs = np.log1p(100.0 * block)
        before = np.vstack([logs[:1] if last is None else last, logs[:-1]])
        flux.append(np.maximum(logs - before, 0.0).mean(axis=1))
        last = logs[-1:]
    strength = np.concatenate(flux)
    width = max(1, min(len(strength), round(_SMOOTHING_S * rate / hop)))
    slow = np.convolve(strength, np.ones(width, np.float32) / width, mode="same")
    return OnsetEnvelope(np.maximum(strength - slow, 0.0).astype(np.float32), rate / hop)
