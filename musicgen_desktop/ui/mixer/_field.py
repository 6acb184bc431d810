"""A field that opens in the picture itself, for a name or a value."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from musicgen_desktop.ui.theme import Sizes, font


class InlineField(QLineEdit):
    """Return or leaving it takes the text, Esc does not. It is hidden while nothing is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._taken: Callable[[str], None] | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(font(Sizes.SMALL, tabular=True))
        self.setStyleSheet("padding: 0 2px; min-height: 0;")
        self.hide()

    def open(self, rect: QRect, name: str, text: str, taken: Callable[[str], None]) -> None:
        """Let the user type.

        Args:
            rect: where, in the parent.
            name: what is typed, for a screen reader.
            text: what stands there, selected.
            taken: called with the text when it is taken.
        """
        self._taken = taken
        self.setAccessibleName(name)
        self.setGeometry(rect)
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes it, Esc leaves everything as it was."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close(take=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._close(take=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Something else was touched."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(take=True)

    def _close(self, *, take: bool) -> None:
        taken, self._taken = self._taken, None
        if taken is None:
            return
        had_focus = self.hasFocus()
        self.hide()
        parent = self.parentWidget()
        if had_focus and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        if take:
            taken(self.text())
