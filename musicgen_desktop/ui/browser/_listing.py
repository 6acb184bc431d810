"""A list or tree of ours: rows with a key, searched by typing, chosen by double-click or Return."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

KEY = Qt.ItemDataRole.UserRole
WORDS = Qt.ItemDataRole.UserRole + 1
"""What a search finds a row by, lower case."""


class Listing(QTreeView):
    """Shows `rows`; only those in which every searched word is found, and what stands above them."""

    chosen = Signal(str)
    """The key of a row that was double-clicked, or Return was pressed on."""
    current_changed = Signal(str)
    """The key of the row under the cursor; empty for none."""

    def __init__(self, name: str, headers: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QStandardItemModel(0, max(1, len(headers)), self)
        self.rows.setHorizontalHeaderLabels(list(headers))
        self._found = _Found(self)
        self._found.setSourceModel(self.rows)
        self.setModel(self._found)
        self.setAccessibleName(name)
        self.setHeaderHidden(len(headers) < 2)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))

    @property
    def current_key(self) -> str:
        """Of the row under the cursor."""
        return self._key(self.currentIndex())

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all rows that are found, from top to bottom, those in closed branches too."""
        return tuple(key for key in self._keys_below(QModelIndex()) if key)

    def search(self, text: str) -> None:
        """Show what has all of these words; branches open while something is searched for."""
        self._found.search(text)
        if text.strip():
            self.expandAll()

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Where a row is shown; invalid when it is not."""
        first = self._found.index(0, 0)
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        hits = self._found.match(first, KEY, key, 1, flags) if first.isValid() else []
        return hits[0].siblingAtColumn(column) if hits else QModelIndex()

    def select_key(self, key: str) -> None:
        """Put the cursor on a row."""
        index = self.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses; on a branch it opens and closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if self._key(index):
                self._choose(index)
            else:
                self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if key := self._key(index):
            self.chosen.emit(key)

    def _tell(self, index: QModelIndex) -> None:
        self.current_changed.emit(self._key(index))

    def _key(self, index: QModelIndex) -> str:
        return str(index.siblingAtColumn(0).data(KEY) or "") if index.isValid() else ""

    def _keys_below(self, parent: QModelIndex) -> list[str]:
        keys: list[str] = []
        for row in range(self._found.rowCount(parent)):
            index = self._found.index(row, 0, parent)
            keys += [self._key(index), *self._keys_below(index)]
        return keys


class _Found(QSortFilterProxyModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(False)

    def search(self, text: str) -> None:
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        words = str(self.sourceModel().index(row, 0, parent).data(WORDS) or "")
        return all(word in words for word in self._words)


def row_of(key: str, *texts: str, words: str = "", tip: str = "") -> list[QStandardItem]:
    """The cells of one row; the first carries the key and what a search finds."""
    cells = [QStandardItem(text) for text in texts]
    cells[0].setData(key, KEY)
    cells[0].setData((words or " ".join(texts)).casefold(), WORDS)
    for cell in cells:
        cell.setToolTip(tip or cell.text())
    return cells
