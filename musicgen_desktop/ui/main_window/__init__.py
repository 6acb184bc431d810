"""The window itself: docks, menus, dialogs, and the way of a project from the disk and back."""

from ._desk import Desk
from ._mistakes import tell_mistakes
from ._services import Services
from ._window import MainWindow

__all__ = ["Desk", "MainWindow", "Services", "tell_mistakes"]
