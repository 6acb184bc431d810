"""Where the wish is written."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, icon, tokens
from musicgen_desktop.ui.widgets import ElidedLabel

from ._flow import Flow

_LINES = 3
_HINT_HEIGHT = 16
_NOT_USED = "not used: "
"""How an engine begins what it says of words that a field overruled."""


class PromptText(QPlainTextEdit):
    """A few lines of text. Return asks for takes, Shift+Return begins a line, Tab and Escape leave."""

    compose_requested = Signal()
    leave_requested = Signal()
    """Escape: nothing more is to be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.example = self.tr(
            "Style, mood, instruments, tempo, key, length: dusty lo-fi with rhodes, 82 bpm, F minor"
        )
        self.hint = ElidedLabel(self)
        self.hint.setProperty("kind", "note")
        self.hint.show_text(self.tr("Return composes · Shift+Return: new line"))
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Prompt"))
        self.setAccessibleDescription(f"{self.example}. {self.hint.whole}")
        self.setFont(font(Sizes.BODY))
        self.setViewportMargins(0, 0, 0, _HINT_HEIGHT)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20 + _HINT_HEIGHT)
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
        """Return composes, once for each time that it is pressed; Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif not event.isAutoRepeat():
            self.compose_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint lies below the text."""
        super().resizeEvent(event)
        text, margin = self.viewport().geometry(), round(self.document().documentMargin())
        self.hint.setGeometry(text.x() + margin, text.bottom() + 1, text.width() - 2 * margin, _HINT_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or an example of one, beside the cursor rather than under it."""
        super().paintEvent(event)
        first = self.document().firstBlock().layout()
        if not self.document().isEmpty() or first.preeditAreaText():
            return
        painter = QPainter(self.viewport())
        painter.setPen(colour(tokens().text_faint))
        margin = round(self.document().documentMargin())
        room = self.viewport().rect().adjusted(margin + self.cursorWidth() + 1, margin, -margin, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.example)


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
