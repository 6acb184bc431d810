"""A notice about a project that a crash left open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.session.workspace import LeftBehind
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import TextButton, text_label

from ._recovery_words import RecoveryChoice, recovery_offers, recovery_sentence


class RecoveryNotice(QFrame):
    """Asks once: an answer takes it away."""

    answered = Signal(object, str)
    """The `LeftBehind`, and a `RecoveryChoice`."""

    def __init__(self, left: LeftBehind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = left
        self.setProperty("kind", "card")
        sentence = recovery_sentence(left)
        self.setAccessibleName(sentence)
        sign = QLabel(self)
        sign.setPixmap(icon("warning", tokens().warn).pixmap(18, 18))
        place = text_label(str(left.folder), self, kind="faint", wrap=True)
        self.buttons: dict[RecoveryChoice, TextButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for number, offer in enumerate(recovery_offers(left)):
            kind = "primary" if number == 0 and offer.choice != "later" else "plain"
            button = TextButton(offer.text, self, kind=kind, tip=offer.tip)
            button.setAccessibleDescription(offer.tip)
            button.clicked.connect(lambda _checked=False, choice=offer.choice: self._answer(choice))
            self.buttons[offer.choice] = button
            row.addWidget(button)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(text_label(sentence, self, wrap=True))
        words.addWidget(place)
        words.addSpacing(4)
        words.addLayout(row)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(12, 12, 12, 12)
        beside.setSpacing(12)
        column = QVBoxLayout()
        column.addWidget(sign)
        column.addStretch(1)
        beside.addLayout(column)
        beside.addLayout(words, 1)

    def _answer(self, choice: RecoveryChoice) -> None:
        self.hide()
        self.answered.emit(self.left, choice)
