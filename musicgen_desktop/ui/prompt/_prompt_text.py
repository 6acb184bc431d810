"""Where the wish is written."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from musicgen_desktop.ui.theme import Sizes, font, icon, tokens

from ._flow import Flow

_LINES = 3
_NOT_USED = "not used: "
"""How an engine begins what it says of words that a field overruled."""


class PromptText(QPlainTextEdit):
    """A few lines of text; Ctrl+Return asks for takes, Tab leaves."""

    compose_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Prompt"))
        self.setPlaceholderText(
            self.tr("Style, mood, instruments, tempo, key, length: dusty lo-fi with rhodes, 82 bpm, F minor")
        )
        self.setFont(font(Sizes.BODY))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(240, self.height())

    def show_text(self, text: str) -> None:
        """Another text, which can be undone; the cursor goes to its end."""
        if text != self.toPlainText():
            cursor = self.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(text)
            self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return composes."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.compose_requested.emit()
        else:
            super().keyPressEvent(event)


class UnderstoodChips(Flow):
    """What was made of the words of a prompt, and which of them meant nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", rows=2, parent=parent)
        self.setAccessibleName(self.tr("What was understood"))
        self.hide()

    def show_words(self, understood: Sequence[tuple[str, str]], not_understood: Sequence[str]) -> None:
        """Words with their meaning, then words without; none hides all."""
        chips: list[QWidget] = [
            _Chip(
                self.tr("{word}?").format(word=word),
                self.tr("“{word}” means nothing to the engine").format(word=word),
                "warning",
            )
            for word in not_understood
        ]
        for words, meaning in understood:
            said = self.tr("“{words}”: {meaning}").format(words=words, meaning=meaning)
            if meaning.startswith(_NOT_USED):
                chips.append(_Chip(self.tr("{words}: not used").format(words=words), said, "info"))
            else:
                chips.append(_Chip(_short(meaning), said))
        self.set_items(chips)
        self.setVisible(bool(chips))


class _Chip(QLabel):
    """An icon and a word; not a button."""

    def __init__(self, text: str, tip: str, mark: str = "check") -> None:
        super().__init__()
        worn = tokens()
        tints = {"check": worn.good, "warning": worn.warn, "info": worn.text_faint}
        self._picture = icon(mark, tints[mark]).pixmap(12, 12)
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setProperty("kind", "understood")
        self.setContentsMargins(18, 1, 8, 1)

    def sizeHint(self) -> QSize:
        """Icon, text and a little air."""
        self.ensurePolished()  # the style sheet's font
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 28, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon before the text."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(5, (self.height() - 12) // 2, 12, 12, self._picture)


def _short(meaning: str) -> str:
    """“mood: dusty” → “dusty”."""
    return meaning.partition(": ")[2] or meaning
