"""The decoder, the delay pattern, guidance, noise and sampling, as formulas that can be read."""

from .decoder import Decoder, Heard, sinusoidal_positions
from .delay import delay_codebooks, delay_padding, undelay_codebooks
from .guidance import guide, style_guidance, text_guidance
from .noise import codebook_seeds, noise, noise_like
from .sampling import draw_tokens, filter_logits

__all__ = [
    "Decoder",
    "Heard",
    "codebook_seeds",
    "delay_codebooks",
    "delay_padding",
    "draw_tokens",
    "filter_logits",
    "guide",
    "noise",
    "noise_like",
    "sinusoidal_positions",
    "style_guidance",
    "text_guidance",
    "undelay_codebooks",
]
