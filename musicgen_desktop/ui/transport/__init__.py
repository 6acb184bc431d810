"""The bar on top: where the song is, how fast it goes, and how well it sounds."""

from ._bar import TransportBar

__all__ = ["TransportBar"]
