"""Asks once about projects that were open when the program ended unexpectedly."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.session.workspace import LeftBehind
from musicgen_desktop.ui.start import RecoveryNotice
from musicgen_desktop.ui.widgets import ScrollPage, TextButton, text_label


class RecoveryDialog(QDialog):
    """For several projects, or one that crashed while it was opened. One can be opened; all are answered.

    Args:
        left_behind: what `session.workspace.left_behind` told.
    """

    answered = Signal(object, str)
    """A `LeftBehind` and a `ui.start.RecoveryChoice`; every project is told once, most of them as “later”."""

    def __init__(self, left_behind: Sequence[LeftBehind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Work that was open"))
        self._open = list(left_behind)
        page = ScrollPage(self.tr("Work that was open"), self, margin=20)
        page.column.setSpacing(10)
        page.column.addWidget(text_label(self.tr("The program ended unexpectedly"), self, kind="title"))
        explained = self.tr(
            "Every edit is written to the disk within a second, so nearly nothing is lost. Open one now; the"
            " others stay as they are and can be opened like any project."
        )
        page.column.addWidget(text_label(explained, self, kind="soft", wrap=True))
        self.notices: list[RecoveryNotice] = []
        for left in left_behind:
            notice = RecoveryNotice(left, self)
            notice.answered.connect(self._answer)
            self.notices.append(notice)
            page.column.addWidget(notice)
        page.column.addStretch(1)
        self.later_button = TextButton(self.tr("Not now"), self)
        self.later_button.setAccessibleName(self.tr("Open none of them now"))
        self.later_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.addStretch(1)
        foot.addWidget(self.later_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addLayout(foot)
        self.setMinimumSize(420, 240)
        self.resize(680, min(600, 200 + 132 * len(self.notices)))

    def done(self, result: int) -> None:
        """Whatever was not answered is for later."""
        super().done(result)
        unanswered, self._open = self._open, []
        for left in unanswered:
            self.answered.emit(left, "later")

    def _answer(self, left: LeftBehind, choice: str) -> None:
        self._open.remove(left)
        if choice != "later" or not self._open:
            self.accept()
        self.answered.emit(left, choice)
