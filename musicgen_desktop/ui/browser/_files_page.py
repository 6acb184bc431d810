"""Sound and MIDI files of this machine: looked at, heard, dragged into the song."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import dress, icon
from musicgen_desktop.ui.widgets import IconButton, NoticeBar, TextButton, reveal

from ._audition import FileAudition
from ._facts import FactsReader
from ._files_model import LENGTH, NAME, TEMPO, FilesModel
from ._menu import Line, give_menu
from ._places import Place, mark_place, marked_places, standard_places

_WIDE_PX = 560


class FilesTree(QTreeView):
    """Return imports, Space auditions; files are dragged out as URLs."""

    import_requested = Signal()
    audition_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for files; a folder opens and closes."""
        key, model = event.key(), self.model()
        is_file = isinstance(model, FilesModel) and not model.isDir(self.currentIndex())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if is_file:
                self.import_requested.emit()
            else:
                self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        elif key == Qt.Key.Key_Space and is_file:
            self.audition_requested.emit()
        else:
            super().keyPressEvent(event)


class FilesPage(QWidget):
    """A place, a search, the tree, and the file under the cursor. Made when it is first shown."""

    import_requested = Signal(object)
    """A tuple of paths: they go to the play head."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._places: tuple[Place, ...] = ()
        self.facts = FactsReader(self)
        self.audition = FileAudition(bridges, self)
        self.model = FilesModel(self.facts, self)
        self.tree = FilesTree(self)
        self._dress_tree()
        self.notice = NoticeBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._make_head())
        column.addWidget(self.notice)
        column.addWidget(self.tree, 1)
        column.addLayout(self._make_foot())
        self.audition.changed.connect(self._show_audition)
        self.audition.failed.connect(self.notice.say)
        self.facts.found.connect(lambda path: self._show_current() if path == str(self.current) else None)
        bridges.project.opened.connect(self.fill_places)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close_all)
        self.fill_places()
        self.go_to(0)

    @property
    def current(self) -> Path | None:
        """The file under the cursor."""
        index = self.tree.currentIndex()
        if not index.isValid() or self.model.isDir(index):
            return None
        return Path(self.model.filePath(index))

    @property
    def folder(self) -> Path:
        """The folder that the tree begins with."""
        return Path(self.model.filePath(self.tree.rootIndex()))

    def fill_places(self) -> None:
        """Places came or went."""
        self._places = (*standard_places(self._bridges.project.folder), *marked_places())
        self.places.clear()
        for place in self._places:
            self.places.addItem(icon("star_on" if place.is_own else "browser"), place.name, str(place.folder))
            self.places.setItemData(self.places.count() - 1, str(place.folder), Qt.ItemDataRole.ToolTipRole)
        self._show_place()

    def go_to(self, number: int) -> None:
        """Show the place of that number."""
        if 0 <= number < len(self._places):
            self.places.setCurrentIndex(number)
            self.show_folder(self._places[number].folder)

    def show_folder(self, folder: Path) -> None:
        """Let the tree begin with a folder; Qt reads it on its own thread."""
        self.tree.setRootIndex(self.model.setRootPath(str(folder)))
        self._show_place()

    def select(self, path: Path) -> None:
        """Put the cursor on a file."""
        self.tree.setCurrentIndex(self.model.index(str(path)))

    def toggle_audition(self) -> None:
        """Hear the file under the cursor, or be silent."""
        path = self.current
        if path is None or path == self.audition.path:
            self.audition.stop()
        else:
            self.notice.hide()
            self.audition.play(path)

    def bring(self) -> None:
        """Ask for the selected files in the song."""
        rows = self.tree.selectionModel().selectedRows(NAME)
        paths = tuple(Path(self.model.filePath(row)) for row in rows if not self.model.isDir(row))
        if paths:
            self.audition.stop()
            self.import_requested.emit(paths)

    def close_all(self) -> None:
        """End what reads and what sounds."""
        self.audition.close()
        self.facts.close()

    def _dress_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setAccessibleName(self.tr("Files"))
        tree.setDragEnabled(True)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.setAnimated(False)
        header = tree.header()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for column, width in ((LENGTH, 78), (TEMPO, 48)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        tree.import_requested.connect(self.bring)
        tree.audition_requested.connect(self.toggle_audition)
        tree.doubleClicked.connect(self._on_double_click)
        tree.clicked.connect(self._on_click)
        give_menu(tree, self._menu_lines)
        tree.selectionModel().currentChanged.connect(self._show_current)

    def _menu_lines(self) -> tuple[Line, ...]:
        index = self.tree.currentIndex()
        if not index.isValid():
            return ()
        path = Path(self.model.filePath(index))
        if self.model.isDir(index):
            return (
                Line(self.tr("Begin with this folder"), lambda: self.show_folder(path)),
                Line(self.tr("Bookmark this folder"), lambda: self._mark(path)),
                Line(self.tr("Show in file manager"), lambda: reveal(path)),
            )
        heard = self.audition.path == path
        return (
            Line(
                self.tr("Stop hearing it") if heard else self.tr("Hear it"),
                self.toggle_audition,
                self.tr("Space"),
            ),
            Line(self.tr("Import at the play head"), self.bring, self.tr("Return")),
            Line(self.tr("Show in folder"), lambda: reveal(path)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a wide dock place and search stand side by side: height is what it lacks."""
        super().resizeEvent(event)
        side_by_side, stacked = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(side_by_side if self.width() >= _WIDE_PX else stacked)

    def _make_head(self) -> QBoxLayout:
        self.places = QComboBox(self)
        self.places.setAccessibleName(self.tr("Place"))
        self.places.activated.connect(self.go_to)
        self.up = IconButton("up", self.tr("The folder above"), self)
        self.up.clicked.connect(lambda: self.show_folder(self.folder.parent))
        self.mark = IconButton("star", self.tr("Bookmark this folder"), self, checkable=True)
        self.mark.clicked.connect(self._on_mark)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search in file names"))
        self.search.setAccessibleName(self.tr("Search in file names"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.search)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self.places, self.up, self.mark):
            row.addWidget(widget, 1 if widget is self.places else 0)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(6)
        self._head.addLayout(row, 1)
        self._head.addWidget(self.search, 1)
        return self._head

    def _make_foot(self) -> QHBoxLayout:
        self.play = IconButton("play", self.tr("Hear the file"), self)
        self.play.clicked.connect(self.toggle_audition)
        self.by_click = IconButton("speaker", self.tr("A click on a file plays it"), self, checkable=True)
        self.by_click.setChecked(True)
        self.told = QLabel(self)
        self.told.setProperty("kind", "soft")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bring_button = TextButton(
            self.tr("Import"), self, tip=self.tr("Import at the play head (Return)")
        )
        self.bring_button.clicked.connect(self.bring)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self.play, self.by_click, self.told, self.bring_button):
            row.addWidget(widget, 1 if widget is self.told else 0)
        self._show_current()
        return row

    def _show_current(self, *_indexes: object) -> None:
        path = self.current
        self.play.setEnabled(path is not None)
        self.bring_button.setEnabled(path is not None)
        if path is None:
            self.told.setText(self.tr("Choose a file"))
            return
        facts = self.facts.facts(str(path))
        text = path.name
        if facts is not None and facts.problem:
            text = facts.problem
        elif facts is not None and facts.rate is not None:
            kinds = {1: self.tr("mono"), 2: self.tr("stereo")}
            count = facts.channels or 0
            channels = kinds.get(count) or self.tr("%n channel(s)", "", count)
            text = f"{facts.rate / 1000.0:g} kHz, {channels}"
        self.told.setText(text)
        self.told.setToolTip(text)

    def _show_audition(self) -> None:
        sounds = self.audition.path is not None
        dress(self.play, "stop" if sounds else "play")
        self.play.set_name(self.tr("Stop hearing the file") if sounds else self.tr("Hear the file"))

    def _show_place(self) -> None:
        """A folder that is no place is named all the same."""
        folder, folders = self.folder, [place.folder for place in self._places]
        self.places.setPlaceholderText(folder.name or str(folder))
        self.places.setCurrentIndex(folders.index(folder) if folder in folders else -1)
        self.places.setToolTip(str(folder))
        self.mark.setChecked(any(place.folder == folder for place in marked_places()))
        dress(self.mark, "star_on" if self.mark.isChecked() else "star")
        self.up.setEnabled(folder != folder.parent)

    def _on_mark(self, marked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._mark(self.folder, marked=marked)

    def _mark(self, folder: Path, *, marked: bool = True) -> None:
        mark_place(folder, marked=marked)
        self.fill_places()

    def _on_click(self, index: QModelIndex) -> None:
        if self.by_click.isChecked() and not self.model.isDir(index) and self.current is not None:
            self.audition.play(self.current)

    def _on_double_click(self, index: QModelIndex) -> None:
        if not self.model.isDir(index):
            self.bring()
