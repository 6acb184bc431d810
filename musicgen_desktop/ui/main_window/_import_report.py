"""What of files that came in is not as they have it: every sentence, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from musicgen_desktop.ui.widgets import TextButton, text_label


class ImportReportDialog(QDialog):
    """Lists remarks; others may be worked on meanwhile.

    Args:
        remarks: a sentence each.
        parent: the window.
    """

    def __init__(self, remarks: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Imported, with differences"))
        self.resize(640, 420)
        self.setMinimumSize(360, 240)
        self._remarks = tuple(remarks)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("What is not as the files have it"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setSpacing(3)
        for remark in self._remarks:
            item = QListWidgetItem(remark)
            item.setToolTip(remark)
            self.list.addItem(item)
        self.copy_button = TextButton(self.tr("Copy all"), self)
        self.close_button = TextButton(self.tr("Close"), self, kind="primary")
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self._place()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        told = self.tr("Everything else came in. Undo takes it all away again.")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        heading = self.tr("%n thing(s) are not as the files have them", "", len(self._remarks))
        column.addWidget(text_label(heading, self, kind="title", wrap=True))
        column.addWidget(text_label(told, self, kind="soft", wrap=True))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._remarks))
