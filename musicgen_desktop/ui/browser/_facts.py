"""What files say of themselves, read one after the other beside the window."""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from musicgen_desktop.session.controllers.browse_files import FileFacts, file_facts
from musicgen_desktop.ui.widgets import plain

_MOST = 4_000
"""Files that are remembered."""


class FactsReader(QObject):
    """Answers at once, with nothing when it has to look at a file first; then `found` tells."""

    found = Signal(str)
    """The path, as it was asked for."""
    _looked = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[str, FileFacts | None] = OrderedDict()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._looked.connect(self._take)

    def facts(self, path: str) -> FileFacts | None:
        """What is known by now."""
        if path not in self._known:
            self._known[path] = None
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
            self._pool.start(_Look(path, self))
        return self._known[path]

    def close(self) -> None:
        """Look at nothing more."""
        self._pool.clear()
        self._pool.waitForDone()

    def tell(self, path: str, facts: FileFacts) -> None:
        """The looker's word, on its thread."""
        self._looked.emit(path, facts)

    def _take(self, path: str, facts: FileFacts) -> None:
        self._known[path] = facts
        self.found.emit(path)


class _Look(QRunnable):
    def __init__(self, path: str, reader: FactsReader) -> None:
        super().__init__()
        self._path, self._reader = path, reader

    def run(self) -> None:
        self._reader.tell(self._path, file_facts(Path(self._path)))


def length_words(seconds: float | None) -> str:
    """“0:03.5”, “12:40”; nothing where there is none."""
    if seconds is None:
        return ""
    if seconds >= 60.0:
        return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return f"0:{seconds:04.1f}"


def tempo_words(bpm: float | None) -> str:
    """“92”, “92.5”; nothing where there is none."""
    return "" if bpm is None else plain(bpm, 0 if bpm == round(bpm) else 1)
