"""Words, melody and musical settings become what the decoder is conditioned on."""

from .chroma import melody_chroma, null_chroma
from .condition import Conditioner
from .text import TextEncoder
from .words import woven

__all__ = ["Conditioner", "TextEncoder", "melody_chroma", "null_chroma", "woven"]
