"""Takes of sound while they are made, as Qt sees them."""

import dataclasses

from PySide6.QtCore import QObject, QTimer, Signal

from musicgen_desktop.session.controllers.generating import Candidate, GrowingTake

_EVERY_MS = 120
"""Sound may come in small pieces; so often there is a new picture of it."""


class GrowingTakes(QObject):
    """What is being made, or was made last, one for each variation of a wish.

    A take that is whole stays here until it is kept, deleted or dismissed, so that it does not vanish from
    where one saw it come.
    """

    changed = Signal()
    began = Signal(object)
    """The first sound of a wish: its `GrowingTake`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._takes: dict[int, GrowingTake] = {}
        self._whole: frozenset[str] = frozenset()
        self._wish: object = None
        self._dismissed: object = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_EVERY_MS)
        self._pause.timeout.connect(self.changed)

    @property
    def takes(self) -> tuple[GrowingTake, ...]:
        """The variations in their order."""
        return tuple(take for _, take in sorted(self._takes.items()))

    def take(self, take_id: str) -> GrowingTake | None:
        """The one with this id."""
        return next((each for each in self._takes.values() if each.candidate.id == take_id), None)

    def is_whole(self, take_id: str) -> bool:
        """Whether nothing more comes: it lies on the shelf."""
        return take_id in self._whole

    def show(self, wish: object, take: GrowingTake) -> None:
        """There is more of a take. Those of another wish, the same object for all its takes, give way."""
        if wish is self._dismissed:
            return
        if wish is not self._wish:
            self._takes, self._whole, self._wish = {}, frozenset(), wish
        first = not self._takes
        self._takes[take.number] = take
        if first:
            self.began.emit(take)
        if not self._pause.isActive():
            self._pause.start()

    def finish(self, candidate: Candidate) -> None:
        """It is on the shelf, and this is all of it."""
        for number, take in self._takes.items():
            if take.candidate.id == candidate.id:
                self._takes[number] = dataclasses.replace(take, candidate=candidate)
                self._whole = self._whole | {candidate.id}
                self.changed.emit()

    def end(self, wish: object) -> None:
        """The work on a wish is over: what came to nothing is not shown any more."""
        if wish is self._wish:
            self._keep_only(self._whole)

    def dismiss(self, take_id: str) -> None:
        """Show one no longer."""
        self._keep_only(frozenset(each.candidate.id for each in self._takes.values()) - {take_id})

    def dismiss_all(self) -> None:
        """Show none, nor any more of what is being made now."""
        self._dismissed = self._wish
        self._keep_only(frozenset())

    def _keep_only(self, ids: frozenset[str]) -> None:
        kept = {number: each for number, each in self._takes.items() if each.candidate.id in ids}
        if len(kept) != len(self._takes):
            self._takes, self._whole = kept, self._whole & ids
            self.changed.emit()
