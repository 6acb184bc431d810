"""What the playback process shows thirty times a second, in memory that both sides see."""

from ._board import Board
from ._reading import BoardReading

__all__ = ["Board", "BoardReading"]
