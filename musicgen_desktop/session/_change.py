"""Who is told of an edit, and what."""

from collections.abc import Callable

import msgspec

from musicgen_desktop.document import Project


class Change(msgspec.Struct, frozen=True):
    """What a listener is told. Parts that did not change are the same objects in both projects."""

    before: Project
    after: Project
    label: str


Listener = Callable[[Change], None]


class Listeners:
    """Everybody who wants to be told."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """One more; returns what takes it away again."""
        self._listeners.append(listener)

        def remove() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return remove

    def tell(self, before: Project, after: Project, label: str) -> None:
        """Tell all who were there when it began."""
        change = Change(before, after, label)
        for listener in tuple(self._listeners):
            listener(change)
