"""The mixer: strips with faders, meters, effects and sends."""

from ._panel import MixerPanel

__all__ = ["MixerPanel"]
