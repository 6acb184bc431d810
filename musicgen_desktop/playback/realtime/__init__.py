"""What the render thread does beside mixing: it knows numpy and `dsp`, nothing that could make it wait."""

from ._click_voice import ClickVoice
from ._look_ahead import LookAhead
from ._meters import Heard, MeterBank, Programme
from ._strip_meter import StripMeter
from ._varispeed import MOST_SPEED, Varispeed

__all__ = [
    "MOST_SPEED",
    "ClickVoice",
    "Heard",
    "LookAhead",
    "MeterBank",
    "Programme",
    "StripMeter",
    "Varispeed",
]
