"""The menu of the row under the mouse, with the key beside each line."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QTreeView


class Line(msgspec.Struct, frozen=True):
    """One thing to do; `key` is only told: the list itself takes it."""

    text: str
    slot: Callable[[], object]
    key: str = ""
    enabled: bool = True


def give_menu(view: QTreeView, lines: Callable[[], Sequence[Line]]) -> None:
    """Let a list open a menu; `lines` is asked what there is to do with the row that is current."""

    def show(place: QPoint) -> None:
        index = view.indexAt(place)
        if index.isValid() and not view.selectionModel().isSelected(index):
            view.setCurrentIndex(index)
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in lines():
            action = menu.addAction(f"{line.text}\t{line.key}" if line.key else line.text, line.slot)
            action.setEnabled(line.enabled)
        if not menu.isEmpty():
            menu.popup(view.viewport().mapToGlobal(place))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(show)
