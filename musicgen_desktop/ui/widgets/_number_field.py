"""A number in a field: typed, dragged, stepped by wheel and arrows, double-clicked back to its default."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.ui.theme import Sizes, font

from ._number_text import plain, typed_number

_PIXELS_A_STEP = 3.0
_WHEEL_RESTS_MS = 400
_MIXED = "–"


class NumberField(QLineEdit):
    """Shows a number and asks for others; it never changes by itself.

    The mouse dragged over it, the wheel and the arrow keys step it; Shift makes the steps fine. A click
    selects the text to be typed over, Return hands it on, Esc takes it back and ends a drag where it began.
    Double-click resets.

    Args:
        name: what a screen reader says, and the tooltip.
        low: the lowest value.
        high: the highest.
        step: what one step adds.
        fine: what one step adds with Shift; a tenth of `step` unless said.
        default: where a double-click leads; None leads nowhere.
        unit: written behind the number.
        digits: behind the point.
        written: the text of a value, in place of unit and digits.
        read: the value of a typed text; may raise ValueError or UserInputError.
    """

    value_requested = Signal(float)
    released = Signal()
    """The gesture is over: one step of the history."""
    refused = Signal(str)
    """Why a typed text was not taken, in one sentence."""

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float = 1.0,
        fine: float | None = None,
        default: float | None = 0.0,
        unit: str = "",
        digits: int = 1,
        written: Callable[[float], str] | None = None,
        read: Callable[[str], float] = typed_number,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._low, self._high, self._default = low, high, default
        self._step = step
        self._fine = step / 10.0 if fine is None else fine
        self._written = written or (lambda value: f"{plain(value, digits)} {unit}".rstrip())
        self._read = read
        self._value = low if default is None else default
        self._is_mixed = False
        self._pressed_y: float | None = None
        self._from = self._value
        self._asked = self._value
        self._is_dragged = False
        self._wheel_rests = QTimer(self)
        self._wheel_rests.setSingleShot(True)
        self._wheel_rests.setInterval(_WHEEL_RESTS_MS)
        self._wheel_rests.timeout.connect(self.released)
        self.setFont(font(Sizes.BODY, 400, tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.returnPressed.connect(self._hand_on)
        self._write()

    @property
    def value(self) -> float:
        """What it shows; of several values the one that steps begin from."""
        return self._value

    def show_value(self, value: float, *, mixed: bool = False) -> None:
        """The project changed; what is being typed stays.

        Args:
            value: the new one; where steps begin when there are several.
            mixed: several things are selected and differ.
        """
        self._value, self._is_mixed = value, mixed
        if not (self.hasFocus() and self.isModified()):
            self._write()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_y = event.globalPosition().y()
            self._from = self._asked = self._value
            self._is_dragged = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Up is more. The text is not selected by a drag: it turns the number."""
        if self._pressed_y is None or self.isReadOnly():
            return
        way = self._pressed_y - event.globalPosition().y()
        if not self._is_dragged and abs(way) < QApplication.startDragDistance() / 2:
            return
        self._is_dragged = True
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        steps = round(way / _PIXELS_A_STEP)
        if steps:
            self._pressed_y -= steps * _PIXELS_A_STEP
            self._turn(steps, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag is one step of the history; a click selects all, to be typed over."""
        was_dragged, self._is_dragged, self._pressed_y = self._is_dragged, False, None
        super().mouseReleaseEvent(event)
        self.unsetCursor()
        if was_dragged:
            self.deselect()
            self.released.emit()
        elif not self.hasSelectedText():
            self.selectAll()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to the default."""
        if self._default is not None and not self.isReadOnly():
            self._take_back()
            self._request(self._default)
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Notches that follow each other soon are one gesture."""
        turn = event.angleDelta().y() or event.angleDelta().x()  # Shift turns the wheel sideways
        if turn and not self.isReadOnly():
            self._asked = self._value
            self._turn(1 if turn > 0 else -1, event.modifiers())
            self._wheel_rests.start()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step, Esc takes back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._cancel()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.isReadOnly():
            self._asked = self._value
            self._turn(1 if key == Qt.Key.Key_Up else -1, event.modifiers())
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A held arrow is one gesture."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.isAutoRepeat():
            self.released.emit()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed and not sent is taken back; a popup only borrows the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_back()

    def leaveEvent(self, event: QEvent) -> None:
        """The wheel went elsewhere."""
        if self._wheel_rests.isActive():
            self._wheel_rests.stop()
            self.released.emit()
        super().leaveEvent(event)

    def _turn(self, steps: int, modifiers: Qt.KeyboardModifier) -> None:
        one = self._fine if modifiers & Qt.KeyboardModifier.ShiftModifier else self._step
        self._asked = min(self._high, max(self._low, self._asked + steps * one))
        self._take_back()
        self.value_requested.emit(self._asked)

    def _request(self, value: float) -> None:
        self.value_requested.emit(min(self._high, max(self._low, value)))

    def _hand_on(self) -> None:
        text = self.text().strip()
        if not self.isModified() or not text:
            self._take_back()
            return
        try:
            value = self._read(text)
        except UserInputError as error:
            self.refused.emit(str(error))
        except ValueError:
            self.refused.emit(
                self.tr("“{text}” is no number for “{name}”; type one like {example}.").format(
                    text=text, name=self._name, example=self._written(self._value)
                )
            )
        else:
            self.setModified(False)
            self._request(value)
            self.released.emit()
        self._take_back()
        self.selectAll()

    def _cancel(self) -> None:
        if self._is_dragged:
            self._is_dragged, self._pressed_y = False, None
            self.value_requested.emit(self._from)
            self.released.emit()
        self._take_back()
        self.clearFocus()

    def _take_back(self) -> None:
        self.setModified(False)
        self._write()

    def _write(self) -> None:
        self.setText(_MIXED if self._is_mixed else self._written(self._value))
        self.setCursorPosition(0)
