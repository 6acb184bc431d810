"""The decoder's step as fast as each machine allows, behind one small interface. This door loads no torch."""

from .path import Conditioning, DecodePath, Sampling

__all__ = ["Conditioning", "DecodePath", "Sampling"]
