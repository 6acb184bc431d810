"""What can be done with a take that ended before it was whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import TextButton

from ._words import ended_because, ended_sentence


class EndedRow(QFrame):
    """How far the take came, with why it ended as its tooltip, to go on from there or to make another one."""

    go_on_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._mark = QLabel(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.go_on = TextButton(self.tr("Go on"), self, icon_name="forward")
        self.again = TextButton(self.tr("Retry"), self, icon_name="retry")
        self.again.setToolTip(self.tr("The same wish with another seed (N)"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._mark)
        head.addWidget(self.sentence, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(buttons)
        self.go_on.clicked.connect(self.go_on_requested)
        self.again.clicked.connect(self.again_requested)
        self.hide()

    def show_take(self, candidate: Candidate | None, *, can_go_on: bool) -> None:
        """The current take; nothing is seen unless it ended early."""
        said = "" if candidate is None else ended_sentence(candidate)
        self.setVisible(bool(said))
        if candidate is None or not said:
            return
        because, worn = ended_because(candidate), tokens()
        sign, tint = ("error", worn.bad) if because else ("stop", worn.text_soft)
        self._mark.setPixmap(icon(sign, tint).pixmap(14, 14))
        self.sentence.setText(said)
        self.setToolTip(because)
        self.setAccessibleName(f"{said} {because}".strip())
        self.go_on.setEnabled(can_go_on)
        self.go_on.setToolTip(
            self.tr("Make the rest of this take (G)")
            if can_go_on
            else self.tr("This engine cannot go on with a take; make another one")
        )
