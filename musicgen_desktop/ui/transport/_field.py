"""A number or a few words of the transport bar that can be typed over, dragged and stepped."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from musicgen_desktop.ui.theme import Sizes, font


class TransportField(QLineEdit):
    """Shows a value; Return hands the typed text on, Esc takes it back, wheel and drag step it.

    Args:
        name: what a screen reader says.
        widest: the longest text that must fit.
        size: of the type, one of the scale.
        step: called with +1 or −1 and whether Shift is held; None where there is nothing to step.
    """

    typed = Signal(str)

    def __init__(
        self,
        name: str,
        widest: str,
        *,
        size: int = Sizes.BODY,
        step: Callable[[int, bool], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown = ""
        self._step = step
        self._dragged_from: float | None = None
        self._has_dragged = False
        self.setFont(font(size, 500, tabular=True))
        self.setStyleSheet(f"font-size: {size}px;")  # the sheet's own size would win over the font
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance(widest) + 22)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.returnPressed.connect(self._hand_on)

    def show_text(self, text: str) -> None:
        """The value changed; what is being typed stays."""
        self._shown = text
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the text back, Up and Down step."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._take_back()
            self.clearFocus()
        elif self._step is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(1 if key == Qt.Key.Key_Up else -1, fine)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A step."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if self._step is not None and turn:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(1 if turn > 0 else -1, fine)
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps a drag up or down."""
        self._dragged_from, self._has_dragged = event.globalPosition().y(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Every four pixels are a step."""
        if self._step is None or self._dragged_from is None:
            super().mouseMoveEvent(event)
            return
        way = self._dragged_from - event.globalPosition().y()
        if abs(way) >= 4.0:
            self._has_dragged = True
            self.deselect()
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._dragged_from -= 4.0 if way > 0 else -4.0
            self._step(1 if way > 0 else -1, fine)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click selects all, to be typed over."""
        self._dragged_from = None
        super().mouseReleaseEvent(event)
        if not self._has_dragged and not self.hasSelectedText():
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed and not sent is taken back."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_back()

    def _take_back(self) -> None:
        self.setModified(False)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def _hand_on(self) -> None:
        text = self.text().strip()
        self.setModified(False)
        self.clearFocus()
        if text:
            self.typed.emit(text)
