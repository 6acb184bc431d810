"""What is worn by single widgets: icons that follow another theme, and properties of the style sheet."""

from typing import Protocol
from weakref import WeakKeyDictionary

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ._current import tokens
from ._icons import icon


class _Dressable(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...
    def __hash__(self) -> int: ...


_dressed: WeakKeyDictionary[_Dressable, tuple[str, str]] = WeakKeyDictionary()


def dress(target: _Dressable, name: str, token: str = "") -> None:
    """Give a button or an action an icon by its meaning, now and in every theme to come.

    Args:
        target: has `setIcon`.
        name: of the icon.
        token: the colour's name among the tokens, such as “bad”; empty for the usual ones.

    Raises:
        KeyError: when there is no such icon.
        AttributeError: when there is no such token.
    """
    target.setIcon(icon(name, getattr(tokens(), token) if token else None))
    _dressed[target] = (name, token)


def dress_again() -> None:
    """Another theme is worn."""
    for target, (name, token) in list(_dressed.items()):
        if isValid(target):
            dress(target, name, token)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, on a widget that is dressed already.

    Through the application's style: what `widget.style()` returns PySide keeps beyond the next theme, which
    deletes it.
    """
    widget.setProperty(name, value)
    QApplication.style().polish(widget)
