"""The disk as a tree: folders, sound and MIDI; Qt reads it on a thread of its own."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFileIconProvider, QFileSystemModel

from musicgen_desktop.session.controllers.browse_files import AUDIO_SUFFIXES, MIDI_SUFFIXES
from musicgen_desktop.ui.theme import icon, tokens

from ._facts import FactsReader, length_words, tempo_words

_Index = QModelIndex | QPersistentModelIndex
NAME, LENGTH, TEMPO = range(3)


class FilesModel(QFileSystemModel):
    """Three columns: name, length, tempo. The last two come when a row is painted for the first time."""

    def __init__(self, facts: FactsReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setReadOnly(True)
        self.setOption(QFileSystemModel.Option.DontUseCustomDirectoryIcons)
        self.setIconProvider(QFileIconProvider())
        self.setNameFilterDisables(False)
        self.search("")
        facts.found.connect(self._on_found)

    def search(self, text: str) -> None:
        """Only files with this in their names."""
        words = "*".join(part.replace("[", "?").replace("]", "?") for part in text.split())
        suffixes = sorted(AUDIO_SUFFIXES | MIDI_SUFFIXES)
        self.setNameFilters([f"*{words}*{suffix}" if words else f"*{suffix}" for suffix in suffixes])

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Three."""
        return 0 if parent.column() > 0 else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Words above the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Name"), self.tr("Length"), self.tr("BPM"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            )
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's own for the name, ours for the rest."""
        if index.column() == NAME:
            if role == Qt.ItemDataRole.DecorationRole:
                return self._icon(index)
            return super().data(index, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if role == Qt.ItemDataRole.DisplayRole and not self.isDir(index):
            return self._told(index)
        return None

    def _told(self, index: _Index) -> str:
        facts = self._facts.facts(self.filePath(index))
        if facts is None:
            return "…"
        if index.column() == TEMPO:
            return tempo_words(facts.tempo_bpm)
        return self.tr("no sound") if facts.problem else length_words(facts.seconds)

    def _icon(self, index: _Index) -> Any:
        if self.isDir(index):
            return icon("browser", tokens().text_soft)
        is_midi = Path(self.fileName(index)).suffix.casefold() in MIDI_SUFFIXES
        return icon("midi" if is_midi else "audio", tokens().accent)

    def _on_found(self, path: str) -> None:
        index = self.index(path)
        if index.isValid():
            end = index.siblingAtColumn(TEMPO)
            self.dataChanged.emit(index.siblingAtColumn(LENGTH), end, [Qt.ItemDataRole.DisplayRole])
