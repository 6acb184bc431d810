"""What panels share: the open project, the selection, playing, the grid and the window's actions."""

from ._actions import Actions, Listed
from ._bridges import Bridges
from ._player import PlayerBridge
from ._project import ProjectBridge
from ._selection import Selection
from ._snap import SNAP_CHOICES, Snap, SnapChoice, text_of_place, text_of_time
from ._status import Mood, Status

__all__ = [
    "SNAP_CHOICES",
    "Actions",
    "Bridges",
    "Listed",
    "Mood",
    "PlayerBridge",
    "ProjectBridge",
    "Selection",
    "Snap",
    "SnapChoice",
    "Status",
    "text_of_place",
    "text_of_time",
]
