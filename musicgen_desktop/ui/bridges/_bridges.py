"""All bridges of one window, handed to every panel."""

from dataclasses import dataclass

from ._actions import Actions
from ._learning import LearnBridge
from ._player import PlayerBridge
from ._project import ProjectBridge
from ._selection import Selection
from ._snap import Snap
from ._status import Status


@dataclass(frozen=True)
class Bridges:
    """What a panel reads and asks."""

    project: ProjectBridge
    selection: Selection
    player: PlayerBridge
    snap: Snap
    status: Status
    actions: Actions
    learning: LearnBridge
