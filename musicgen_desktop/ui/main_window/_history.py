"""The list of edits: click one to go back, or forward, to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges, label_text
from musicgen_desktop.ui.theme import colour, tokens


class HistoryPanel(QWidget):
    """All that can be undone above the present state, all that can be redone below it."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self.list = QListWidget(self)
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

    def _show(self) -> None:
        if not self.isVisible():
            return
        store = self._bridges.project.store
        done, undone = store.history, store.future
        self.list.clear()
        for index, label in enumerate((self.tr("As opened"), *map(label_text, (*done, *undone)))):
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, index)
            if index == len(done):
                bold = QFont(self.list.font())
                bold.setWeight(QFont.Weight.DemiBold)
                item.setFont(bold)
                item.setText(f"▸ {label}")
            elif index > len(done):
                item.setForeground(colour(tokens().text_faint))
            self.list.addItem(item)
        self.list.setCurrentRow(len(done))
        self.list.scrollToItem(self.list.item(len(done)))

    def _go(self, item: QListWidgetItem) -> None:
        wanted = item.data(Qt.ItemDataRole.UserRole)
        project = self._bridges.project
        while len(project.store.history) > wanted:
            project.undo()
        while len(project.store.history) < wanted and project.store.future:
            project.redo()
