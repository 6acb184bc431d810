"""Small windows that ask how: quantize, humanize, a velocity."""

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.timing import PPQ
from musicgen_desktop.ui.widgets import TextButton, screen_room

from ._edits import Quantizing

translate = QCoreApplication.translate

_VALUES = ("1/2", "1/4", "1/8", "1/16", "1/32", "1/64")


class Popover(QFrame):
    """Rows of fields and a button; Return does it, Esc or a click beside it leaves all as it is."""

    accepted = Signal()

    def __init__(self, title: str, button: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        heading = QLabel(title, self)
        heading.setProperty("kind", "heading")
        column.addWidget(heading)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(6)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(self.form)
        self._button = TextButton(button, self, kind="primary")
        self._button.clicked.connect(self._accept)
        column.addWidget(self._button)

    def open_at(self, anchor: QWidget) -> None:
        """Show it above or below a widget, within the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = screen_room(anchor.mapToGlobal(anchor.rect().center()))
        if corner.y() + self.height() > screen.bottom():
            corner.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        corner.setX(max(screen.left(), min(screen.right() - self.width(), corner.x())))
        corner.setY(max(screen.top(), corner.y()))
        self.move(corner)
        self.show()
        first = self.form.itemAt(0, QFormLayout.ItemRole.FieldRole)
        field = None if first is None else first.widget()
        if field is not None:
            field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return does it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        self.close()
        self.accepted.emit()


class QuantizePopover(Popover):
    """Grid, triplets, strength, swing and ends."""

    quantize_requested = Signal(object)
    """A `Quantizing`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            translate("QuantizePopover", "Quantize"), translate("QuantizePopover", "Quantize"), parent
        )
        self.value = QComboBox(self)
        self.value.addItems(_VALUES)
        self.value.setCurrentText("1/16")
        self.triplets = QCheckBox(self.tr("Triplets"), self)
        self.strength = _percent(self)
        self.strength.setValue(100)
        self.swing = _percent(self)
        self.ends = QCheckBox(self.tr("Ends of notes too"), self)
        for label, field in (
            (self.tr("Grid"), self.value),
            (self.tr("Strength"), self.strength),
            (self.tr("Swing"), self.swing),
        ):
            field.setAccessibleName(label)
            self.form.addRow(label, field)
        self.form.addRow("", self.triplets)
        self.form.addRow("", self.ends)
        self.accepted.connect(lambda: self.quantize_requested.emit(self.chosen))

    @property
    def chosen(self) -> Quantizing:
        """What the fields say."""
        return Quantizing(
            value=self.value.currentText(),
            triplets=self.triplets.isChecked(),
            strength=self.strength.value() / 100.0,
            swing=self.swing.value() / 100.0,
            ends=self.ends.isChecked(),
        )


class HumanizePopover(Popover):
    """How far notes stray in time and in velocity."""

    humanize_requested = Signal(int, int)
    """Ticks, velocity."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            translate("HumanizePopover", "Humanize"), translate("HumanizePopover", "Humanize"), parent
        )
        self.timing = QDoubleSpinBox(self)
        self.timing.setRange(0.0, 25.0)
        self.timing.setDecimals(1)
        self.timing.setSuffix(self.tr(" % of a beat"))
        self.timing.setValue(2.0)
        self.velocity = QSpinBox(self)
        self.velocity.setRange(0, 64)
        self.velocity.setPrefix("± ")
        self.velocity.setValue(8)
        for label, field in ((self.tr("Timing"), self.timing), (self.tr("Velocity"), self.velocity)):
            field.setAccessibleName(label)
            self.form.addRow(label, field)
        self.accepted.connect(self._ask)

    def _ask(self) -> None:
        ticks = round(self.timing.value() / 100.0 * PPQ)
        self.humanize_requested.emit(ticks, self.velocity.value())


class VelocityPopover(Popover):
    """A velocity, typed."""

    velocity_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            translate("VelocityPopover", "Velocity"), translate("VelocityPopover", "Set"), parent
        )
        self.velocity = QSpinBox(self)
        self.velocity.setRange(1, 127)
        self.velocity.setAccessibleName(self.tr("Velocity"))
        self.form.addRow(self.tr("1 to 127"), self.velocity)
        self.accepted.connect(lambda: self.velocity_requested.emit(self.velocity.value()))


def _percent(parent: QWidget) -> QSpinBox:
    field = QSpinBox(parent)
    field.setRange(0, 100)
    field.setSingleStep(5)
    field.setSuffix(" %")
    return field
