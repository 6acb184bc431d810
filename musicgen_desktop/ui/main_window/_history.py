"""The list of edits: click one to go back, or forward, to it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges, label_text
from musicgen_desktop.ui.theme import colour, tokens


class HistoryPanel(QWidget):
    """All that can be undone above the present state, all that can be redone below it."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._labels: tuple[str, ...] = ()
        self._current = 0
        self.list = QListWidget(self)
        self.list.addItem("")  # the project as it was opened
        self.list.setAccessibleName(self.tr("History of edits"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        bridges.project.changed.connect(self._show)
        bridges.project.opened.connect(self._show)
        self._show()

    def showEvent(self, event: object) -> None:
        """Filled when it is looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            for row in range(self.list.count()):
                self._dress(row)

    def _show(self) -> None:
        """Write what is new; a long history is not written anew for each edit."""
        if not self.isVisible():
            return
        store = self._bridges.project.store
        done = store.history
        labels = (*done, *store.future)
        same = 0
        for before, now in zip(self._labels, labels, strict=False):
            if before != now:
                break
            same += 1
        while self.list.count() > same + 1:
            self.list.takeItem(self.list.count() - 1)
        for label in labels[same:]:
            self.list.addItem(QListWidgetItem(label_text(label)))
        was_current, self._labels, self._current = self._current, labels, len(done)
        for row in range(min(was_current, len(done), same), self.list.count()):
            self._dress(row)
        self.list.setCurrentRow(len(done))
        self.list.scrollToItem(self.list.item(len(done)))

    def _dress(self, row: int) -> None:
        """The present state stands out; what can be redone is fainter."""
        item = self.list.item(row)
        label = label_text(self._labels[row - 1]) if row else self.tr("As opened")
        face = QFont(self.list.font())
        if row == self._current:
            face.setWeight(QFont.Weight.DemiBold)
        item.setText(f"▸ {label}" if row == self._current else label)
        item.setFont(face)
        faint = QBrush(colour(tokens().text_faint)) if row > self._current else None
        item.setData(Qt.ItemDataRole.ForegroundRole, faint)

    def _go(self, item: QListWidgetItem) -> None:
        self._bridges.project.go_to(self.list.row(item))
