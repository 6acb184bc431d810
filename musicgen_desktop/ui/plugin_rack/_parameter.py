"""One parameter: a knob with its name and value, a list of choices, or a switch."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from musicgen_desktop.foundation import new_id
from musicgen_desktop.session.controllers.catalogue import EffectParameter, rounded, share_of, value_at
from musicgen_desktop.ui.widgets import Knob, NumberField, TextButton, text_label

from ._scale import read, text_of
from ._view_model import EffectViewModel

_BIG, _SMALL = (78, 58), (60, 44)
"""The width of a control, and of its knob."""


class ParameterControl(QWidget):
    """Shows a parameter of the effect and asks for other values of it."""

    def __init__(
        self, model: EffectViewModel, parameter: EffectParameter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._model = model
        self._key = new_id("turn")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        label = text_label(parameter.label, self, kind="faint")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(label)

    @property
    def learnable(self) -> QWidget:
        """What a right click offers to learn."""
        raise NotImplementedError

    def show_value(self, value: float) -> None:
        """The project changed."""
        raise NotImplementedError

    def _ask(self, value: float) -> None:
        self._model.turn({self.parameter.id: rounded(self.parameter, value)}, self._key)

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)


class KnobControl(ParameterControl):
    """A knob, and below it its value, which can be typed over.

    Args:
        model: asked for the edits.
        parameter: which one.
        is_big: there is room for a big knob.
    """

    def __init__(
        self,
        model: EffectViewModel,
        parameter: EffectParameter,
        *,
        is_big: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parameter, parent)
        width, size = _BIG if is_big else _SMALL
        self.setFixedWidth(width)
        name = f"{parameter.group}: {parameter.label}" if parameter.group else parameter.label
        default = share_of(parameter, parameter.default)
        # Knob and field know only the way from end to end: the scale is the parameter's.
        self.knob = Knob(name, 0.0, 1.0, default=default, written=self._written, read=self._read, parent=self)
        self.knob.setFixedSize(size, size)
        self.field = NumberField(
            name, 0.0, 1.0, step=0.01, default=default, written=self._written, read=self._read, parent=self
        )
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setFixedWidth(width)
        self.field.setStyleSheet(
            "QLineEdit { background: transparent; padding: 0; min-height: 16px; }"
            "QLineEdit:!focus { border-color: transparent; }"
        )
        self.field.refused.connect(model.refuse)
        for control in (self.knob, self.field):
            control.value_requested.connect(self._on_share_requested)
            control.released.connect(model.let_go)
        self._add(self.knob)
        self._add(self.field)

    @property
    def learnable(self) -> QWidget:
        """The knob."""
        return self.knob

    def show_value(self, value: float) -> None:
        """Turn the knob and write the value."""
        share = share_of(self.parameter, value)
        self.knob.show_value(share)
        self.field.show_value(share)

    def _on_share_requested(self, share: float) -> None:
        self._ask(value_at(self.parameter, share))

    def _written(self, share: float) -> str:
        value = rounded(self.parameter, value_at(self.parameter, share))
        return text_of(self.parameter, value, self.tr("Off"))

    def _read(self, text: str) -> float:
        return share_of(self.parameter, read(self.parameter, text))


class ChoiceControl(ParameterControl):
    """One of some names."""

    def __init__(
        self, model: EffectViewModel, parameter: EffectParameter, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parameter, parent)
        self.box = QComboBox(self)
        self.box.addItems(list(parameter.choices))
        self.box.setAccessibleName(parameter.label)
        self.box.activated.connect(self._on_activated)
        self._column.addStretch(1)
        self._add(self.box)
        self._column.addStretch(1)

    @property
    def learnable(self) -> QWidget:
        """The list."""
        return self.box

    def show_value(self, value: float) -> None:
        """Show its name."""
        self.box.setCurrentIndex(round(value - self.parameter.low))

    def _on_activated(self, index: int) -> None:
        self._ask(self.parameter.low + index)
        self._model.let_go()


class SwitchControl(ParameterControl):
    """On or off."""

    def __init__(
        self, model: EffectViewModel, parameter: EffectParameter, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parameter, parent)
        self.button = TextButton("", self, checkable=True, tip=parameter.label)
        self.button.clicked.connect(self._on_clicked)
        self._add(self.button)

    @property
    def learnable(self) -> QWidget:
        """The switch."""
        return self.button

    def show_value(self, value: float) -> None:
        """Show whether it is on."""
        on = value > self.parameter.low
        self.button.setChecked(on)
        self.button.setText(self.tr("On") if on else self.tr("Off"))

    def _on_clicked(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._ask(self.parameter.high if checked else self.parameter.low)
        self._model.let_go()


def control_of(
    model: EffectViewModel, parameter: EffectParameter, *, is_big: bool = False, parent: QWidget | None = None
) -> ParameterControl:
    """The control that fits a parameter."""
    if parameter.scale != "choice":
        return KnobControl(model, parameter, is_big=is_big, parent=parent)
    if parameter.choices:
        return ChoiceControl(model, parameter, parent)
    return SwitchControl(model, parameter, parent)
