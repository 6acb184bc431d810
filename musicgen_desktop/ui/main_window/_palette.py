"""The command palette: type a few letters of what you want, Return does it."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.ui.bridges import Actions, Listed
from musicgen_desktop.ui.theme import colour, tokens

_SHOWN = 12
_KEYS = Qt.ItemDataRole.UserRole + 1


class _Row(QStyledItemDelegate):
    """The shortcut on the right, softly."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.setPen(colour(tokens().text_soft))
        box = option.rect.adjusted(0, 0, -10, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data(_KEYS))


def rank(wanted: str, text: str) -> int | None:
    """How well a text fits the letters typed, lower is better; None when they are not in it in this order.

    A text that begins so comes first, then one that has the letters together, then one that has them apart.
    """
    wanted, text = wanted.casefold().strip(), text.casefold()
    if not wanted:
        return 0
    if text.startswith(wanted):
        return 0
    if f" {wanted}" in text:
        return 1
    if wanted in text:
        return 2
    at, gaps = -1, 0
    for letter in wanted:
        found = text.find(letter, at + 1)
        if found < 0:
            return None
        gaps += found - at - 1 if at >= 0 else 0
        at = found
    return 3 + gaps


class CommandPalette(QDialog):
    """Lists every action of the window that can be done now."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self._actions = actions
        self.setWindowTitle(self.tr("Commands"))
        self.setMinimumWidth(520)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setMinimumHeight(320)
        self.list.setItemDelegate(_Row(self.list))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._do)
        self.list.itemActivated.connect(lambda _item: self._do())
        self.list.itemClicked.connect(lambda _item: self._do())
        self.field.installEventFilter(self)
        self._fill("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field walk the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return super().eventFilter(watched, event)

    def found(self) -> tuple[str, ...]:
        """The ids that are listed, the best first."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in rows)

    def _fill(self, wanted: str) -> None:
        ranked: list[tuple[int, int, Listed]] = []
        for index, listed in enumerate(self._actions.listed()):
            if not listed.action.isEnabled():
                continue
            place = rank(wanted, f"{_plain(listed.action.text())} {listed.group}")
            if place is not None:
                ranked.append((place, index, listed))
        self.list.clear()
        for _place, _index, listed in sorted(ranked, key=lambda each: each[:2])[: _SHOWN if wanted else None]:
            item = QListWidgetItem(f"{listed.group} ▸ {_plain(listed.action.text())}")
            item.setData(Qt.ItemDataRole.UserRole, listed.id)
            item.setData(_KEYS, listed.shortcuts[0] if listed.shortcuts else "")
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _do(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        self.accept()
        self._actions[item.data(Qt.ItemDataRole.UserRole)].trigger()


def _plain(text: str) -> str:
    return text.replace("&", "")
