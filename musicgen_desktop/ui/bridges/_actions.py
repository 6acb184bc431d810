"""Everything the user can do by name: menus, shortcuts, command palette and shortcut sheet read it."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Listed(msgspec.Struct, frozen=True):
    """An action as palette and sheet list it. `shortcuts` are in the platform's own words."""

    id: str
    group: str
    action: QAction
    shortcuts: tuple[str, ...]


class Actions(QObject):
    """The window's actions by id, such as “clip.split”; the part before the dot is never shown."""

    added = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed: dict[str, Listed] = {}

    def add(
        self,
        action_id: str,
        group: str,
        text: str,
        slot: Callable[[], object],
        *,
        shortcuts: Sequence[str | QKeySequence.StandardKey] = (),
        icon: str = "",
        tip: str = "",
        checkable: bool = False,
        owner: QWidget | None = None,
    ) -> QAction:
        """One more action.

        Args:
            action_id: unique.
            group: the heading it stands under, translated: “Edit”.
            text: what it does, translated: “Split at play head”.
            slot: called without arguments.
            shortcuts: such as “Ctrl+D”, or standard keys.
            icon: a name of the theme's.
            tip: a tooltip; the text when empty.
            checkable: it is on or off.
            owner: a panel in which alone its shortcuts work, its children included; None is the whole window.
        """
        from musicgen_desktop.ui.theme import icon as themed  # noqa: PLC0415 - bridges need no theme otherwise

        action = QAction(text, self)
        if icon:
            action.setIcon(themed(icon))
        action.setShortcuts([QKeySequence(each) for each in shortcuts])
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if owner is not None
            else Qt.ShortcutContext.WindowShortcut
        )
        action.setCheckable(checkable)
        action.triggered.connect(lambda _checked=False: slot())
        keys = tuple(each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts())
        action.setToolTip(f"{tip or text} ({keys[0]})" if keys else tip or text)
        if owner is not None:
            owner.addAction(action)
        self._listed[action_id] = Listed(action_id, group, action, keys)
        self.added.emit(action_id)
        return action

    def __getitem__(self, action_id: str) -> QAction:
        """The action of that id.

        Raises:
            KeyError: when there is none.
        """
        return self._listed[action_id].action

    def listed(self) -> tuple[Listed, ...]:
        """All of them, as they were added."""
        return tuple(self._listed.values())
