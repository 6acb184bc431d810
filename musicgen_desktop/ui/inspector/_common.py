"""What several things have in common."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Value = TypeVar("_Value")


def common(things: Sequence[_Thing], read: Callable[[_Thing], _Value]) -> tuple[_Value, bool]:
    """The value of the first of several things, and whether any other differs.

    >>> common(["a", "bb"], len)
    (1, True)
    """
    values = [read(thing) for thing in things]
    return values[0], any(value != values[0] for value in values)
