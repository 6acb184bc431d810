"""Keys of the whole window that give way to a panel's own."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class YieldingKeys(QObject):
    """While the focus lies in a panel that has an action of its own on a key, the window's one rests.

    Qt would find the key ambiguous else, and do neither.
    """

    def __init__(self, actions: Sequence[QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._keys = {action: action.shortcuts() for action in actions}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        taken = set()
        while now is not None:
            taken |= {
                key.toString()
                for action in now.actions()
                if action not in self._keys
                for key in action.shortcuts()
            }
            now = None if now.isWindow() else now.parentWidget()
        for action, keys in self._keys.items():
            if not isValid(action):
                return  # the window is being taken apart
            action.setShortcuts([key for key in keys if key.toString() not in taken])
