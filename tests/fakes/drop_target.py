"""A program of its own that notes in a file, a line of JSON for each drop, which files were dropped on it."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

TITLE = "Drop target"


class Target(QLabel):
    def __init__(self, notes):
        super().__init__("Drop files here")
        self._notes = notes
        self.setWindowTitle(TITLE)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self.resize(300, 300)

    def dragEnterEvent(self, event):  # noqa: N802 - Qt's
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event):  # noqa: N802 - Qt's
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps([url.toLocalFile() for url in event.mimeData().urls()]) + "\n")


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    target = Target(Path(sys.argv[1]))
    target.show()
    sys.exit(application.exec())
