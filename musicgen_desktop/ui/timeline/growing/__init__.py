"""Takes of sound while they are made: ghosts at their bars, which grow."""

from ._view import GrowingView

__all__ = ["GrowingView"]
