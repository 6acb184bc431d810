"""What stands beside each row of the timeline: the track's name, buttons, fader, meter and automation."""

from ._view import HeadersView

__all__ = ["HeadersView"]
