"""The project's own audio files: which are played, which are not, which are gone."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent, QStandardItem
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from musicgen_desktop.document import AudioSource, Project
from musicgen_desktop.session.store import Change
from musicgen_desktop.session.workspace import missing_media
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import colour, icon, tokens
from musicgen_desktop.ui.widgets import EmptyState, TextButton, reveal

from ._facts import length_words
from ._listing import Listing, row_of
from ._menu import Line, give_menu

_NAME, _USE, _LENGTH, _RATE = range(4)


def uses_of(project: Project) -> dict[str, int]:
    """Source id → how many clips and frozen tracks play it."""
    uses = dict.fromkeys((source.id for source in project.sources), 0)
    for track in project.tracks:
        played = [getattr(clip, "source_id", "") for clip in track.clips]
        if track.frozen is not None:
            played.append(track.frozen.source_id)
        for source_id in played:
            if source_id in uses:
                uses[source_id] += 1
    return uses


class SourcesPage(QWidget):
    """One row a file. A missing one can be looked for, one that is there shown in its folder."""

    locate_requested = Signal(str)
    """The id of a source whose file is missing."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._missing: frozenset[str] = frozenset()
        self._is_old = False
        headers = (self.tr("Name"), self.tr("Use"), self.tr("Length"), self.tr("kHz"))
        self.list = Listing(self.tr("Audio files of the project"), headers, self)
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for section, width in ((_USE, 76), (_LENGTH, 62), (_RATE, 46)):
            header.resizeSection(section, width)
        self.list.current_changed.connect(self._show_buttons)
        self.list.chosen.connect(self._on_chosen)
        self.reveal = TextButton(self.tr("Show in folder"), self, icon_name="reveal")
        self.reveal.clicked.connect(lambda: self._reveal(self.list.current_key))
        self.locate = TextButton(self.tr("Locate…"), self, icon_name="search")
        self.locate.clicked.connect(lambda: self.locate_requested.emit(self.list.current_key))
        give_menu(self.list, self._menu_lines)
        self._empty = EmptyState(
            "file",
            self.tr("No audio files yet"),
            self.tr("Imported and recorded sound is listed here; notes need no files."),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.reveal)
        foot.addWidget(self.locate)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        bridges.project.changed.connect(self._on_change)
        bridges.project.opened.connect(self.look_again)
        self.look_again()

    def look_again(self) -> None:
        """Ask the disk which files are there."""
        self._is_old = False
        project = self._bridges.project
        gone = missing_media(project.project, project.folder)
        self._missing = frozenset(each.source_id for each in gone)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden is looked at now."""
        super().showEvent(event)
        if self._is_old:
            self.look_again()

    def _on_change(self, change: Change) -> None:
        before, after = change.before, change.after
        if not self.isVisible():
            self._is_old = self._is_old or before is not after
        elif before.sources is not after.sources:
            self.look_again()
        elif uses_of(before) != uses_of(after):
            self._fill()

    def _fill(self) -> None:
        project, current = self._bridges.project.project, self.list.current_key
        uses = uses_of(project)
        self.list.rows.removeRows(0, self.list.rows.rowCount())
        for source in project.sources:
            self.list.rows.appendRow(self._row(source, uses[source.id]))
        self._stack.setCurrentWidget(self.list if project.sources else self._empty)
        self.list.select_key(current or (project.sources[0].id if project.sources else ""))
        self._show_buttons(self.list.current_key)

    def _row(self, source: AudioSource, uses: int) -> list[QStandardItem]:
        worn = tokens()
        is_missing = source.id in self._missing
        use = self.tr("%n clip(s)", "", uses) if uses else self.tr("unused")
        if is_missing:
            use = self.tr("missing")
        rate = f"{source.rate / 1000.0:g}"
        cells = row_of(
            source.id, source.name, use, length_words(source.frames / source.rate), rate, tip=source.path
        )
        cells[_NAME].setIcon(icon("warning", worn.warn) if is_missing else icon("audio"))
        if is_missing or not uses:
            cells[_USE].setForeground(colour(worn.warn if is_missing else worn.text_faint))
        for column in (_LENGTH, _RATE):
            cells[column].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return cells

    def _menu_lines(self) -> tuple[Line, ...]:
        key = self.list.current_key
        return (
            Line(
                self.tr("Show in folder"),
                lambda: self._reveal(key),
                self.tr("Return") if self.reveal.isEnabled() else "",
                self.reveal.isEnabled(),
            ),
            Line(
                self.tr("Locate…"),
                lambda: self.locate_requested.emit(key),
                self.tr("Return") if self.locate.isEnabled() else "",
                self.locate.isEnabled(),
            ),
        )

    def _show_buttons(self, key: str) -> None:
        self.reveal.setEnabled(bool(key) and key not in self._missing)
        self.locate.setEnabled(key in self._missing)

    def _on_chosen(self, key: str) -> None:
        if key in self._missing:
            self.locate_requested.emit(key)
        else:
            self._reveal(key)

    def _reveal(self, key: str) -> None:
        if key:
            project = self._bridges.project
            reveal((project.folder or Path()) / project.project.source(key).path)
