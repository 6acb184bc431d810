"""The files that will be written, or were; those that were can be dragged one by one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, icon, tokens

_PATH = Qt.ItemDataRole.UserRole
_ICONS = {".wav": "audio", ".flac": "audio", ".mid": "midi"}


class FileList(QListWidget):
    """Folders are headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Files"))
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setIconSize(QSize(14, 14))

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names, without headings."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(item.text() for item in items if item.data(_PATH) is not None)

    def show_files(self, names: Sequence[str], folder: Path, *, can_be_dragged: bool) -> None:
        """These files, with names relative to the folder."""
        worn = tokens()
        self.clear()
        self.setDragEnabled(can_be_dragged)
        heading = ""
        for name in sorted(names, key=_place):
            inner, _, short = name.rpartition("/")
            if inner and inner != heading:
                heading = inner
                item = QListWidgetItem(f"{inner}/")
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setFont(font(Sizes.TINY, 600))
                item.setForeground(colour(worn.text_soft))
                self.addItem(item)
            item = QListWidgetItem(icon(_ICONS.get(Path(name).suffix, "licence"), worn.text_soft), short)
            item.setData(_PATH, str(folder / name))
            item.setToolTip(str(folder / name))
            self.addItem(item)

    def mimeTypes(self) -> list[str]:
        """Files, as a file manager drags them."""
        return ["text/uri-list"]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The selected files."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(item.data(_PATH)) for item in items if item.data(_PATH)])
        return mime


def _place(name: str) -> int:
    """The mix, the stems, MIDI, and last the sheets of rights."""
    if "/" in name:
        return 1 if name.startswith("stems/") else 2
    return 0 if Path(name).suffix in _ICONS else 3
