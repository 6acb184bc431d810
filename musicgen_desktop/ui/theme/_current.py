"""The theme that is worn just now, and Qt colours of it."""

from functools import lru_cache

from PySide6.QtGui import QColor

from ._tokens import DARK, THEMES, Tokens

_worn = [DARK]


def tokens() -> Tokens:
    """The tokens of the theme that is worn."""
    return _worn[0]


def wear(name: str) -> Tokens:
    """Let “dark” or “light” be what `tokens` answers; an unknown name is dark."""
    _worn[0] = THEMES.get(name, DARK)
    return _worn[0]


@lru_cache(maxsize=2048)
def colour(hex_code: str, alpha: float = 1.0) -> QColor:
    """A colour “#rrggbb” with an opacity of 0 to 1. It is shared: never change it."""
    made = QColor(hex_code)
    made.setAlphaF(alpha)
    return made


@lru_cache(maxsize=2048)
def blend(over: str, under: str, share: float) -> QColor:
    """`over` painted on `under` with an opacity of `share`, as one opaque colour. Shared: never change it."""
    top, ground = QColor(over), QColor(under)
    return QColor(
        round(top.red() * share + ground.red() * (1.0 - share)),
        round(top.green() * share + ground.green() * (1.0 - share)),
        round(top.blue() * share + ground.blue() * (1.0 - share)),
    )
