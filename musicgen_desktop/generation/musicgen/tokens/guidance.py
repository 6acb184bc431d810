"""Classifier-free guidance: the logits of several conditionings become one, by weights that add up to 1."""

from collections.abc import Sequence

from torch import Tensor


def guide(logits: Tensor, weights: Sequence[float]) -> Tensor:
    """The weighted sum of guidance rows: [G, ..., V] → [..., V]; G weights, which add up to 1."""
    weighted = logits[0] * weights[0]
    for row, weight in zip(logits[1:], weights[1:], strict=True):
        weighted = weighted + row * weight
    return weighted


def text_guidance(scale: float) -> tuple[float, float]:
    """Weights of the rows (text, nothing): nothing + scale · (text - nothing).

    Source: arXiv:2207.12598, equation 6, with scale = 1 + w; MusicGen's usual scale is 3.
    """
    return scale, 1.0 - scale
