"""Which strip leads to which, kept free of circles while ways are added."""

from collections.abc import Hashable


class Ways:
    """A graph that never runs in a circle. What each node can reach is kept as the bits of a number."""

    def __init__(self) -> None:
        self._bits: dict[Hashable, int] = {}
        self._reached: dict[Hashable, int] = {}

    def add(self, start: Hashable, end: Hashable) -> bool:
        """Add a way; False, and nothing is added, when it would close a circle."""
        own, theirs = self._reach_of(start), self._reach_of(end)
        if theirs & self._bits[start]:
            return False
        if theirs & ~own:
            for each, reached in self._reached.items():
                if reached & self._bits[start]:
                    self._reached[each] = reached | theirs
        return True

    def _reach_of(self, node: Hashable) -> int:
        if node not in self._bits:
            self._bits[node] = self._reached[node] = 1 << len(self._bits)
        return self._reached[node]
