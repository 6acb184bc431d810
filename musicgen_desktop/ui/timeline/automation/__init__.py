"""What moves with the song: curves in lanes below the tracks."""

from ._knob import LaneKnob, first_targets, lane_knob
from ._layer import AutomationLayer

__all__ = ["AutomationLayer", "LaneKnob", "first_targets", "lane_knob"]
