"""What could not be carried over, collected while the work goes on and told once for each kind."""

_MOST_NAMES = 6
_MOST_REMARKS = 100
_MOST_KEPT = 1_000


class Remarks:
    """Sentences, each with the names of what it speaks of."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, None]] = {}
        self._unsaid = 0

    def add(self, what: str, name: str = "") -> None:
        """Note one more thing.

        Args:
            what: a sentence without its full stop, the same for all things of its kind.
            name: what it is about; empty when it speaks of the whole song.
        """
        if what not in self._said and len(self._said) >= _MOST_REMARKS:
            self._unsaid += 1
            return
        names = self._said.setdefault(what, {})
        if name and len(names) < _MOST_KEPT:
            names[name] = None

    def sentences(self) -> tuple[str, ...]:
        """In the order in which the first of each kind was met."""
        told = tuple(_sentence(what, list(names)) for what, names in self._said.items())
        return told if not self._unsaid else (*told, f"There is more like this: {self._unsaid:,} things.")


def _sentence(what: str, names: list[str]) -> str:
    if not names:
        return f"{what}."
    shown = ", ".join(f"“{_short(name)}”" for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{what}: {shown} and {rest} more." if rest > 0 else f"{what}: {shown}."


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59]}…"
