"""Icons on buttons and actions that follow when another theme is worn."""

from typing import Protocol
from weakref import WeakKeyDictionary

from PySide6.QtGui import QIcon
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
