"""A take of any length: its windows, the batch it is decoded in, and its sound while it comes."""

from ._loop import DecodeLoop, Row
from ._make import Made, Maker, make_take, steps_heard, text_heard, token_bytes
from ._sound import TakeSound
from ._take import TakeRun
from ._window import Window, plan_windows

__all__ = [
    "DecodeLoop",
    "Made",
    "Maker",
    "Row",
    "TakeRun",
    "TakeSound",
    "Window",
    "make_take",
    "plan_windows",
    "steps_heard",
    "text_heard",
    "token_bytes",
]
