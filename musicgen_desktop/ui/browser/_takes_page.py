"""The takes that the project remembers: found, starred, renamed, their settings used again."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.document import Take
from musicgen_desktop.session.commands import rename_take, star_take
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import EmptyState, TextButton

from ._listing import Listing, row_of
from ._menu import Line, give_menu

_STAR, _NAME, _ENGINE, _SEED, _PROMPT = range(5)
_NAME_PX, _ENGINE_PX = 112, 72


class TakesList(Listing):
    """S sets a star, F2 renames."""

    star_wanted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of takes."""
        if event.key() == Qt.Key.Key_S and not event.modifiers() and self.current_key:
            self.star_wanted.emit(self.current_key)
        elif event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(_NAME))
        else:
            super().keyPressEvent(event)


class TakesPage(QWidget):
    """One row a take, the newest first."""

    settings_requested = Signal(str)
    """The id of a take whose settings the prompt panel shall take over."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._seen: tuple[Take, ...] | None = None
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search name, prompt, engine or seed"))
        self.search.setAccessibleName(self.tr("Search takes"))
        self.search.setClearButtonEnabled(True)
        self.starred = QCheckBox(self.tr("Starred"), self)
        self.starred.toggled.connect(lambda _on: self._fill())
        headers = (
            self.tr("Star"),
            self.tr("Name"),
            self.tr("Engine"),
            self.tr("Seed"),
            self.tr("Prompt"),
        )
        self.list = TakesList(self.tr("Takes in this project"), headers, self)
        self.search.textChanged.connect(self.list.search)
        self._dress_list()
        self.settings = TextButton(self.tr("Use these settings"), self, icon_name="copy")
        self.settings.clicked.connect(lambda: self._on_chosen(self.list.current_key))
        self._empty = EmptyState(
            "compose",
            self.tr("No takes yet"),
            self.tr("Takes that you keep are listed here with their prompt and seed."),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.search, 1)
        head.addWidget(self.starred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        bridges.project.changed.connect(self._on_change)
        bridges.project.opened.connect(self._fill)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room is for names first."""
        super().resizeEvent(event)
        header = self.list.header()
        header.resizeSection(_NAME, max(_NAME_PX, self.width() // 5))
        header.resizeSection(_ENGINE, max(_ENGINE_PX, self.width() // 12))

    def _dress_list(self) -> None:
        self.list.setRootIsDecorated(False)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.list.header()
        header.setStretchLastSection(True)
        for column, width in ((_STAR, 46), (_NAME, _NAME_PX), (_ENGINE, _ENGINE_PX), (_SEED, 60)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        self.list.clicked.connect(self._on_click)
        give_menu(self.list, self._menu_lines)
        self.list.chosen.connect(self._on_chosen)
        self.list.star_wanted.connect(self.toggle_star)
        self.list.current_changed.connect(lambda key: self.settings.setEnabled(bool(key)))
        self.list.rows.itemChanged.connect(self._on_typed)

    def toggle_star(self, take_id: str) -> None:
        """Set a star, or take it away."""
        take = self._bridges.project.project.take(take_id)
        self._bridges.project.ask(star_take, take_id, starred=not take.starred)

    def _menu_lines(self) -> tuple[Line, ...]:
        key = self.list.current_key
        if not key:
            return ()
        starred = self._bridges.project.project.take(key).starred
        return (
            Line(self.tr("Use these settings"), lambda: self._on_chosen(key), self.tr("Return")),
            Line(
                self.tr("Take the star away") if starred else self.tr("Star"),
                lambda: self.toggle_star(key),
                "S",
            ),
            Line(self.tr("Rename"), lambda: self.list.edit(self.list.index_of(key, _NAME)), "F2"),
        )

    def _on_change(self, _change: object) -> None:
        if self._bridges.project.project.takes is not self._seen:
            self._fill()

    def _fill(self) -> None:
        self._seen = self._bridges.project.project.takes
        current = self.list.current_key
        shown = [take for take in reversed(self._seen) if take.starred or not self.starred.isChecked()]
        self.list.rows.removeRows(0, self.list.rows.rowCount())
        for take in shown:
            self.list.rows.appendRow(self._row(take))
        self._stack.setCurrentWidget(self.list if self._seen else self._empty)
        self.list.select_key(current or (shown[0].id if shown else ""))
        self.settings.setEnabled(bool(self.list.current_key))

    def _row(self, take: Take) -> list[QStandardItem]:
        words = f"{take.name} {take.engine} {take.model} {take.seed} {take.prompt}"
        cells = row_of(take.id, "", take.name, take.engine, str(take.seed), take.prompt, words=words)
        worn = tokens()
        cells[_STAR].setIcon(icon("star_on", worn.warn) if take.starred else icon("star", worn.text_faint))
        said = self.tr("Starred") if take.starred else self.tr("Not starred")
        cells[_STAR].setToolTip(said)
        cells[_STAR].setData(said, Qt.ItemDataRole.AccessibleTextRole)
        cells[_SEED].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, cell in enumerate(cells):
            cell.setEditable(column == _NAME)
        return cells

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == _STAR and self.list.current_key:
            self.toggle_star(self.list.current_key)

    def _on_typed(self, cell: QStandardItem) -> None:
        if cell.column() != _NAME:
            return
        take_id = str(self.list.rows.item(cell.row(), 0).data(Qt.ItemDataRole.UserRole))
        text = cell.text()
        # The rows are written anew by the edit; that cannot be while one of them still tells of its change.
        QTimer.singleShot(0, self, lambda: self._rename(take_id, text))

    def _rename(self, take_id: str, name: str) -> None:
        takes = {take.id: take for take in self._bridges.project.project.takes}
        if take_id in takes and name != takes[take_id].name:
            self._bridges.project.ask(rename_take, take_id, name)
            self._fill()  # a refused name is taken back

    def _on_chosen(self, take_id: str) -> None:
        if take_id:
            self.settings_requested.emit(take_id)
