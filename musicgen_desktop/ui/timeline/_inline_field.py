"""A field that opens where a name or a value stands, to type another one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from musicgen_desktop.ui.theme import Sizes, font, restyle


class InlineField(QLineEdit):
    """Return takes what is typed, Esc leaves everything as it was, and so does a click elsewhere when the
    text cannot be taken.

    Args:
        parent: over which it opens.
        rect: where.
        text: what stands there now.
        name: what is typed, for a screen reader: “Name of the section”.
        take: asked with the text; False when it cannot be, and the field stays open.
    """

    def __init__(
        self, parent: QWidget, rect: QRect, text: str, name: str, take: Callable[[str], bool]
    ) -> None:
        super().__init__(text, parent)
        self._take = take
        self._is_over = False
        self._before = text
        self.setFont(font(Sizes.SMALL))
        # Small rows are lower than the fields of forms.
        self.setStyleSheet("QLineEdit { min-height: 0; padding: 0 3px; }")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setGeometry(rect)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Return and Esc belong to the field, also where the view has shortcuts for them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Esc end it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere takes what was typed."""
        super().focusOutEvent(event)
        if not self._is_over and event.reason() != Qt.FocusReason.PopupFocusReason:
            if self.text() != self._before:
                self._take(self.text())
            self._close()

    def _finish(self) -> None:
        if self._is_over:
            return
        if self.text() == self._before or self._take(self.text()):
            self._close()
        else:
            restyle(self, "wrong", True)  # noqa: FBT003
            self.selectAll()

    def _close(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        parent = self.parentWidget()
        had_focus = self.hasFocus()
        self.hide()
        if parent is not None and had_focus:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()
