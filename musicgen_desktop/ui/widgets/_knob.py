"""A knob: drag up and down, wheel, arrow keys, typed values, double-click for the default."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QInputDialog, QSizePolicy, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

_SWEEP = 270.0
_PIXELS = 160.0
"""So many pixels of mouse way are the whole range; ten times as many with Shift."""


class Knob(QWidget):
    """One number between two others.

    It never turns by itself: it asks through `value_requested`, and shows what `show_value` says. A drag
    sends `released` at its end, for one step of the history.
    """

    value_requested = Signal(float)
    released = Signal()

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        *,
        default: float = 0.0,
        logarithmic: bool = False,
        written: Callable[[float], str] = lambda value: f"{value:.1f}",
        read: Callable[[str], float] | None = None,
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._default = low, high, default
        self._logarithmic = logarithmic and low > 0.0
        self._written = written
        self._read = read or _number
        self._name = name
        self._label = label
        self._value = default
        self._drag: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._tell()

    @property
    def value(self) -> float:
        """What it shows."""
        return self._value

    def show_value(self, value: float) -> None:
        """The project changed."""
        if value != self._value:
            self._value = value
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:
        """A knob, and its label when it has one."""
        return QSize(52, 52) if self._label else QSize(28, 28)

    def share_of(self, value: float) -> float:
        """0 (left end) to 1."""
        low, high = self._low, self._high
        value = min(high, max(low, value))
        if self._logarithmic:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low) if high > low else 0.0

    def value_at(self, share: float) -> float:
        """The inverse of `share_of`."""
        share = min(1.0, max(0.0, share))
        if self._logarithmic:
            return float(self._low * (self._high / self._low) ** share)
        return self._low + share * (self._high - self._low)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = (event.globalPosition().y(), self.share_of(self._value))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn by the way of the mouse; fine with Shift."""
        if self._drag is None:
            return
        y, share = self._drag
        now = event.globalPosition().y()
        slow = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        share += (y - now) / (_PIXELS * slow)
        self._drag = (now, min(1.0, max(0.0, share)))
        self.value_requested.emit(self.value_at(share))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag is one step."""
        if self._drag is not None:
            self._drag = None
            self.released.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to the default."""
        self._ask(self._default)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A step."""
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        turn = event.angleDelta().y() or event.angleDelta().x()
        self._ask(self.value_at(self.share_of(self._value) + turn / 120.0 * (0.002 if fine else 0.02)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Delete is the default, Return takes a typed value."""
        steps = {
            Qt.Key.Key_Up: 0.02,
            Qt.Key.Key_Right: 0.02,
            Qt.Key.Key_Down: -0.02,
            Qt.Key.Key_Left: -0.02,
            Qt.Key.Key_PageUp: 0.1,
            Qt.Key.Key_PageDown: -0.1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            fine = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            self._ask(self.value_at(self.share_of(self._value) + step * fine))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask(self._default)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.type_value()
        else:
            super().keyPressEvent(event)

    def type_value(self) -> None:
        """Ask for a typed value."""
        text, taken = QInputDialog.getText(self, self._name, self._name, text=self._written(self._value))
        if taken:
            try:
                self._ask(min(self._high, max(self._low, self._read(text))))
            except ValueError:
                return  # what is no number changes nothing

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The arc, the pointer, the label."""
        worn = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = min(self.width(), self.height() - (16 if self._label else 0)) - 4.0
        box = QRectF((self.width() - size) / 2.0 + 2.0, 3.0, size - 4.0, size - 4.0)
        begin = (90.0 + _SWEEP / 2.0) * 16
        painter.setPen(_round_pen(colour(worn.line_strong), 2.5))
        painter.drawArc(box, round(begin), round(-_SWEEP * 16))
        share = self.share_of(self._value)
        # From the middle when the default lies inside, as pan and gain do.
        zero = self.share_of(self._default) if self._low < self._default < self._high else 0.0
        painter.setPen(_round_pen(colour(worn.accent if self.isEnabled() else worn.text_faint), 2.5))
        painter.drawArc(box, round(begin - zero * _SWEEP * 16), round((zero - share) * _SWEEP * 16))
        angle = math.radians(90.0 + _SWEEP / 2.0 - share * _SWEEP)
        middle, radius = box.center(), box.width() / 2.0
        outer = QPointF(
            middle.x() + math.cos(angle) * radius * 0.66, middle.y() - math.sin(angle) * radius * 0.66
        )
        inner = QPointF(
            middle.x() + math.cos(angle) * radius * 0.2, middle.y() - math.sin(angle) * radius * 0.2
        )
        painter.setPen(_round_pen(colour(worn.text), 2.0))
        painter.drawLine(inner, outer)
        if self._label:
            painter.setFont(font(Sizes.TINY, tabular=True))
            held = self._drag is not None or self.underMouse()
            painter.setPen(colour(worn.text if held else worn.text_soft))
            text = self._written(self._value) if held else self._label
            painter.drawText(
                QRectF(0.0, self.height() - 15.0, self.width(), 14.0), Qt.AlignmentFlag.AlignCenter, text
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(worn.accent), Sizes.FOCUS))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def enterEvent(self, _event: object) -> None:
        """Its value in place of its label."""
        self.update()

    def leaveEvent(self, _event: object) -> None:
        """Its label again."""
        self.update()

    def _ask(self, value: float) -> None:
        self.value_requested.emit(value)
        self.released.emit()

    def _tell(self) -> None:
        self.setToolTip(f"{self._name}: {self._written(self._value)}")
        self.setAccessibleDescription(self._written(self._value))


def _round_pen(tint: QColor, width: float) -> QPen:
    return QPen(tint, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _number(text: str) -> float:
    """The number at the beginning of a text, with a point or a comma."""
    kept = text.strip().replace(",", ".").replace("−", "-")
    while kept and not kept[-1].isdigit():
        kept = kept[:-1]
    return float(kept)
