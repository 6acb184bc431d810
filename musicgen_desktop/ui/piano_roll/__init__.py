"""The piano roll: the notes of one clip, over keyboard and time, with its velocities and controllers."""

from ._panel import PianoRollPanel

__all__ = ["PianoRollPanel"]
