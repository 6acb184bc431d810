"""Buttons that panels share."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from musicgen_desktop.ui.theme import dress

_ICON_PX, _LEAST_PX = 16, 20


class IconButton(QToolButton):
    """A small button with an icon; its name is its tooltip and what a screen reader says."""

    def __init__(
        self, icon_name: str, name: str, parent: QWidget | None = None, *, checkable: bool = False
    ) -> None:
        super().__init__(parent)
        dress(self, icon_name)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setMinimumSize(_LEAST_PX, _LEAST_PX)  # a row that is too narrow does not squeeze the icon away
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it: Space plays, wherever one is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_name(self, name: str) -> None:
        """Say what it does."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    @classmethod
    def of(cls, action: QAction, icon_name: str, parent: QWidget | None = None) -> "IconButton":
        """A button of an action, with its shortcut in the tooltip."""
        made = cls(icon_name, action.text(), parent, checkable=action.isCheckable())
        made.setDefaultAction(action)
        dress(made, icon_name)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        made.setAccessibleName(action.text())
        return made


class TextButton(QPushButton):
    """A button with words. `kind` is “plain”, “primary”, “danger” or “chip”."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: str = "plain",
        icon_name: str = "",
        tip: str = "",
        checkable: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        if icon_name:
            dress(self, icon_name)
        self.setCheckable(checkable)
        self.setToolTip(tip)
        self.setAccessibleName(text or tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it: Space plays, wherever one is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
