"""The takes as a list that Qt shows: filtered, newest first, with their keys 1 to 4."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.bridges import TakesBridge

from ._words import licence_text, summary

AnyIndex = QModelIndex | QPersistentModelIndex
KEYS = 4
"""The newest takes answer to keys, the first one to 1."""

CANDIDATE, KEY, IN_SONG = (Qt.ItemDataRole.UserRole + number for number in range(3))


class TakesModel(QAbstractListModel):
    """Rows are takes that pass the filter. Renaming goes through `setData`."""

    def __init__(self, takes: TakesBridge) -> None:
        super().__init__(takes)
        self._takes = takes
        self._rows: tuple[Candidate, ...] = ()
        self.starred_only = False
        self.wanted = ""
        self.read()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What the rows show."""
        return self._rows

    def read(self) -> None:
        """The shelf changed, or the filter."""
        rows = tuple(each for each in self._takes.candidates if self._passes(each))
        if [each.id for each in rows] == [each.id for each in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def filter(self, wanted: str, *, starred_only: bool) -> None:
        """Show takes whose name or prompt has these letters, or only those with a star."""
        self.wanted, self.starred_only = wanted, starred_only
        self.read()

    def row_of(self, take_id: str) -> int:
        """The row of a take; −1 when it is not shown."""
        return next((row for row, each in enumerate(self._rows) if each.id == take_id), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many takes are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Names can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, the take itself, its key, whether the song has it, and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        candidate = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return candidate.take.name
        if role == CANDIDATE:
            return candidate
        if role == KEY:
            return self._key(candidate)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(candidate)
        return candidate.id in self._takes.in_song if role == IN_SONG else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        candidate = self._rows[index.row()]
        if str(value).strip() != candidate.take.name:
            self._takes.rename(candidate.id, str(value))
        return True

    def _passes(self, candidate: Candidate) -> bool:
        take = candidate.take
        text = f"{take.name} {take.prompt}".casefold()
        words: Sequence[str] = self.wanted.casefold().split()
        return (take.starred or not self.starred_only) and all(word in text for word in words)

    def _key(self, candidate: Candidate) -> str:
        newest = self._takes.candidates[:KEYS]
        return next((str(number) for number, each in enumerate(newest, 1) if each.id == candidate.id), "")

    def _spoken(self, candidate: Candidate) -> str:
        parts = [candidate.take.name, summary(candidate), licence_text(candidate)]
        if candidate.take.starred:
            parts.insert(1, self.tr("starred"))
        if candidate.id in self._takes.in_song:
            parts.insert(1, self.tr("in the song"))
        if self._takes.audition_id == candidate.id:
            parts.insert(1, self.tr("sounds now"))
        return ", ".join(parts)
