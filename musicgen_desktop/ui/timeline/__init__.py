"""The arrangement: tracks and their clips along the song."""

from ._panel import TimelinePanel
from ._view_state import TOOLS, TimelineState, Tool

__all__ = ["TOOLS", "TimelinePanel", "TimelineState", "Tool"]
