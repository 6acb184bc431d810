"""Keys that mean one thing in a view and another one elsewhere: M mutes a track, or sets a marker."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


def own_action(widget: QWidget, event: QKeyEvent) -> QAction | None:
    """The action of the widget itself that a key belongs to; None when it has none for it."""
    pressed = QKeySequence(event.keyCombination())
    for action in widget.actions():
        if action.isEnabled() and any(pressed == each for each in action.shortcuts()):
            return action
    return None


def claims_key(widget: QWidget, event: QEvent, plain_keys: Iterable[int] = ()) -> bool:
    """Whether an event asks for a key that the focused widget means itself, before the window's shortcuts.

    A claimed key comes as a key press: two shortcuts for one key would be ambiguous, and neither would work.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not widget.hasFocus():
        return False
    return own_action(widget, event) is not None or event.key() in plain_keys
