"""Curves that a clip's edges are multiplied by."""

from typing import Literal

import numpy as np

from ._audio import Audio

FadeShape = Literal["linear", "equal_power", "s_curve"]
"""`linear`: straight; `equal_power`: quarter sine, two crossed keep their power; `s_curve`: raised cosine."""


def fade_in(frames: int, shape: FadeShape = "equal_power") -> Audio:
    """Gains that rise from 0 to nearly 1: the frame after the fade would be the first at 1.

    A fade-in and the fade-out of the same length, laid over each other, sum to 1 everywhere in gain
    (`linear`, `s_curve`) or in power (`equal_power`).

    Args:
        frames: how many, ≥ 0.
        shape: the curve.

    Returns:
        [frames] float32, from 0.

    Raises:
        ValueError: when frames is negative or the shape unknown.
    """
    if frames < 0:
        raise ValueError(f"A fade of {frames} frames cannot be.")
    at = np.arange(frames, dtype=np.float64) / max(frames, 1)
    return _curve(at, shape)


def fade_out(frames: int, shape: FadeShape = "equal_power") -> Audio:
    """Gains that fall from 1 to nearly 0: the frame after the fade would be the first at 0.

    Args:
        frames: how many, ≥ 0.
        shape: the curve.

    Returns:
        [frames] float32, from 1.

    Raises:
        ValueError: when frames is negative or the shape unknown.
    """
    if frames < 0:
        raise ValueError(f"A fade of {frames} frames cannot be.")
    at = 1.0 - np.arange(frames, dtype=np.float64) / max(frames, 1)
    return _curve(at, shape)


def _curve(at: np.ndarray, shape: FadeShape) -> Audio:
    match shape:
        case "linear":
            gain = at
        case "equal_power":
            gain = np.sin(at * (np.pi / 2.0))
        case "s_curve":
            gain = 0.5 - 0.5 * np.cos(at * np.pi)
        case _:
            raise ValueError(f"There is no fade of shape {shape!r}.")
    return gain.astype(np.float32)
