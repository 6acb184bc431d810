"""Keys that mean one thing in a view and another one elsewhere: M mutes a track, or sets a marker."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


def own_action(widget: QWidget, event: QKeyEvent) -> QAction | None:
    """The action of the widget itself that a key belongs to; None when it has none for it."""
    pressed = QKeySequence(event.keyCombination())
    for action in widget.actions():
        if action.isEnabled() and any(pressed == each for each in action.shortcuts()):
            return action
    return None


def claims_key(widget: QWidget, event: QEvent, keys: Iterable[Qt.Key | QKeyCombination] = ()) -> bool:
    """Whether an event asks for a key that the focused widget means itself, before the window's shortcuts.

    Of the keys that are no action's, a bare one is claimed without modifiers only: the window may mean
    something else by the same key with Alt. A claimed key comes as a key press: two shortcuts for one key
    would be ambiguous, and neither would work.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not widget.hasFocus():
        return False
    if own_action(widget, event) is not None:
        return True
    pressed = QKeyCombination(
        event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())
    ).toCombined()
    return any(pressed == QKeyCombination(key).toCombined() for key in keys)
