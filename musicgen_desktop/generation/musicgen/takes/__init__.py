"""A take of any length: its windows, and what is fed and kept on the way."""

from ._take import TakeRun
from ._window import Window, plan_windows

__all__ = ["TakeRun", "Window", "plan_windows"]
