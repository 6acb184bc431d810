"""Guided logits become tokens. Every take of a batch has its own settings; nothing waits for the device."""

import torch
from torch import Tensor


def filter_logits(logits: Tensor, temperature: Tensor, top_k: Tensor, top_p: Tensor) -> Tensor:
    """Divide by the temperature, then leave the k likeliest, then the likeliest that share p.

    Args:
        logits: [B, K, V] float32, guided.
        temperature: [B] float32; 0 is left to `draw_tokens` and counts as 1 here.
        top_k: [B] int64; 0 for all.
        top_p: [B] float32; 0 for all; else the smallest set of likeliest tokens whose share reaches it.

    Returns:
        [B, K, V]; -inf where a token is left out. Tokens as likely as the k-th all stay.

    Source: arXiv:1805.04833 (top-k) and arXiv:1904.09751, section 3.1 (nucleus).
    """
    V = logits.shape[-1]
    logits = logits / torch.where(temperature > 0, temperature, 1.0)[:, None, None]
    falling, order = logits.sort(dim=-1, descending=True, stable=True)
    k = torch.where(top_k > 0, top_k.clamp(max=V), V)
    least = falling.gather(-1, (k - 1)[:, None, None].expand(*falling.shape[:2], 1))
    falling = falling.masked_fill(falling < least, -torch.inf)
    share = falling.softmax(dim=-1)
    p = torch.where(top_p > 0, top_p, torch.inf)[:, None, None]
    falling = falling.masked_fill(share.cumsum(dim=-1) - share >= p, -torch.inf)
    return torch.empty_like(falling).scatter_(-1, order, falling)


def draw_tokens(logits: Tensor, noise: Tensor, temperature: Tensor, top_k: Tensor, top_p: Tensor) -> Tensor:
    """Draw one token for each codebook: [B, K] int64.

    A race: token v arrives after noise[v] / probability[v], and the first one wins, which happens with its
    probability. `torch.multinomial` draws a single token in the same way. Temperature 0 takes the likeliest.

    Args:
        logits: [B, K, V], guided.
        noise: [B, K, V] float32, exponential with mean 1.
        temperature: [B] float32, as in `filter_logits`, and the next two too.
        top_k: [B] int64.
        top_p: [B] float32.
    """
    share = filter_logits(logits, temperature, top_k, top_p).softmax(dim=-1)
    return torch.where((temperature > 0)[:, None], (share / noise).argmax(dim=-1), logits.argmax(dim=-1))


def draw_of_top(logits: Tensor, noise: Tensor, temperature: float, top_k: int) -> Tensor:
    """As `draw_tokens` without top-p for one take whose settings are known, which no sorting is needed for.

    Args:
        logits: [K, V], guided.
        noise: [K, V] float32, exponential with mean 1.
        temperature: 0 takes the likeliest.
        top_k: 0 for all.

    Returns:
        [K] int64.
    """
    if temperature <= 0:
        return logits.argmax(dim=-1)
    logits = logits / temperature
    if 0 < top_k < logits.shape[-1]:
        least = logits.topk(top_k, sorted=True).values[:, -1:]
        logits = logits.masked_fill(logits < least, -torch.inf)
    return (logits.softmax(dim=-1) / noise).argmax(dim=-1)
