"""Everything the user can do by name: menus, shortcuts, command palette and shortcut sheet read it."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QApplication, QWidget

_IN_PANEL = Qt.ShortcutContext.WidgetWithChildrenShortcut
_IN_WINDOW = Qt.ShortcutContext.WindowShortcut


class Listed(msgspec.Struct, frozen=True):
    """An action as palette and sheet list it. `shortcuts` are in the platform's own words."""

    id: str
    group: str
    action: QAction
    shortcuts: tuple[str, ...]


class Actions(QObject):
    """The window's actions by id, such as “clip.split”; the part before the dot is never shown.

    A key may mean one thing in a panel and another one in the window: where the focus is decides.
    """

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
        from musicgen_desktop.ui.theme import dress  # noqa: PLC0415 - bridges need no theme otherwise

        action = _Action(text, self)
        if icon:
            dress(action, icon)
        action.setShortcuts([QKeySequence(each) for each in shortcuts])
        action.setShortcutContext(_IN_PANEL if owner is not None else _IN_WINDOW)
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

    def __contains__(self, action_id: str) -> bool:
        """Whether there is such an action."""
        return action_id in self._listed

    def listed(self) -> tuple[Listed, ...]:
        """All of them, as they were added."""
        return tuple(self._listed.values())

    def meant_by(self, key: QKeySequence) -> QAction | None:
        """What a key does now: the action of the nearest panel round the focus, else the window's."""
        widget = QApplication.focusWidget()
        while widget is not None:
            for action in widget.actions():
                if action.shortcutContext() == _IN_PANEL and _answers(action, key):
                    return action
            widget = None if widget.isWindow() else widget.parentWidget()
        everywhere = (each.action for each in self._listed.values())
        return next(
            (each for each in everywhere if each.shortcutContext() == _IN_WINDOW and _answers(each, key)),
            None,
        )


class _Action(QAction):
    """Qt gives up on a key that two actions want; here the nearer one gets it."""

    def __init__(self, text: str, actions: Actions) -> None:
        super().__init__(text, actions)
        self._actions = actions

    def event(self, event: QEvent) -> bool:
        """A key, or whatever else comes to an action."""
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            meant = self._actions.meant_by(event.key())
            if meant is not None:
                meant.trigger()
            return True
        return super().event(event)


def _answers(action: QAction, key: QKeySequence) -> bool:
    return action.isEnabled() and key in action.shortcuts()
