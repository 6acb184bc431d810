"""The way from the window to the system's file manager and clipboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def reveal(place: Path) -> bool:
    """Show a folder, or the folder of a file, in the file manager; False when the system has none."""
    folder = place if place.is_dir() else place.parent
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def copy_paths(files: Sequence[Path]) -> None:
    """Put files on the clipboard: as text one path a line, as files for a file manager."""
    mime = QMimeData()
    mime.setText("\n".join(str(file) for file in files))
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    QGuiApplication.clipboard().setMimeData(mime)
