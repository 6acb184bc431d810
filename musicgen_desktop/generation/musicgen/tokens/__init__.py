"""The decoder, the delay pattern, guidance, noise and sampling, as formulas that can be read."""

from .decoder import Decoder, Heard, sinusoidal_positions
from .delay import delay_codebooks, undelay_codebooks
from .guidance import guide, text_guidance
from .noise import codebook_seeds, noise, seed_bits
from .sampling import draw_of_top, draw_tokens, filter_logits

__all__ = [
    "Decoder",
    "Heard",
    "codebook_seeds",
    "delay_codebooks",
    "draw_of_top",
    "draw_tokens",
    "filter_logits",
    "guide",
    "noise",
    "seed_bits",
    "sinusoidal_positions",
    "text_guidance",
    "undelay_codebooks",
]
