"""Builds the program: the log first, then the front door that was asked for."""

from ._run import run
from ._window import shown_window

__all__ = ["run", "shown_window"]
