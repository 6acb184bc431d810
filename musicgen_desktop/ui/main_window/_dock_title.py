"""The slim bar on top of a dock: its name while no tab says it, float and close."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QMainWindow
from shiboken6 import isValid

from musicgen_desktop.ui.widgets import IconButton

_HEIGHT, _BUTTON = 24, 18


class DockTitle(QFrame):
    """Drag it to move the dock, double-click it to float."""

    def __init__(self, dock: QDockWidget, window: QMainWindow) -> None:
        super().__init__(dock)
        self._dock, self._window = dock, window
        self.setProperty("kind", "panel")
        self.setFixedHeight(_HEIGHT)
        self._name = QLabel(dock.windowTitle(), self)
        self._name.setProperty("kind", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 4, 0)
        row.setSpacing(2)
        row.addWidget(self._name, 1)
        for icon_name, text, slot in (
            ("float", self.tr("Float {name}, or put it back"), self._turn),
            ("close", self.tr("Close {name}"), dock.close),
        ):
            button = IconButton(icon_name, text.format(name=dock.windowTitle()), self)
            button.setFixedSize(_BUTTON, _BUTTON)
            button.setIconSize(QSize(11, 11))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(slot)
            row.addWidget(button)
        dock.dockLocationChanged.connect(lambda _area: self.refresh())
        dock.topLevelChanged.connect(lambda _floats: self.refresh())
        dock.visibilityChanged.connect(lambda _seen: self.refresh())

    def refresh(self) -> None:
        """A tab says the name already."""
        if not isValid(self._window):
            return  # at the end docks go after the window that they lay in
        has_tab = bool(self._window.tabifiedDockWidgets(self._dock)) and not self._dock.isFloating()
        self._name.setText("" if has_tab else self._dock.windowTitle())

    def _turn(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())
