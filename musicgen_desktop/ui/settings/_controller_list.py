"""All controllers that were learned: what they move, what they send, and a way to forget them."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.document import ControllerMode, MidiBinding, MidiController
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.learning import read_controller, text_of_controller
from musicgen_desktop.ui.bridges import LearnBridge, LearnTarget
from musicgen_desktop.ui.widgets import IconButton, NoticeBar, TextButton, text_label

_CONTROLLER_WIDTH = 150


class _Field(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes what was typed; the dialog stays."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class _Row(NamedTuple):
    target: LearnTarget
    name: str
    controller: MidiController
    binding: MidiBinding | None


class ControllerList(QWidget):
    """One row for each; edits are made at once, and those of the project can be undone."""

    def __init__(self, learning: LearnBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learning = learning
        self._rows: tuple[_Row, ...] = ()
        self.setAccessibleName(self.tr("Learned controllers"))
        self.notice = NoticeBar(self)
        self.empty = text_label(
            self.tr(
                "No controller is learned. Right-click a knob, a fader, or a button of track or transport,"
                " choose “Learn MIDI…”, and move a controller."
            ),
            self,
            kind="soft",
            wrap=True,
        )
        self.hint = text_label(
            self.tr("Parameters are kept with this song, actions with the settings."), self, kind="soft"
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.forget_all = TextButton(self.tr("Forget all"), self)
        self.forget_all.clicked.connect(learning.forget_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(text_label(self.tr("Learned controllers"), self, kind="heading"))
        column.addWidget(self.notice)
        column.addWidget(self.empty)
        column.addLayout(self._grid)
        column.addWidget(self.hint)
        column.addWidget(self.forget_all, 0, Qt.AlignmentFlag.AlignLeft)
        learning.changed.connect(self._refresh)
        self._refresh()

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is listed: the name of what is moved, and its controller."""
        return tuple((row.name, text_of_controller(row.controller)) for row in self._rows)

    def _refresh(self) -> None:
        rows = tuple(self._found())
        if rows == self._rows and self._grid.count():
            return
        self._rows = rows
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, row in enumerate(rows):
            self._add(at, row)
        self.empty.setVisible(not rows)
        self.hint.setVisible(bool(rows))
        self.forget_all.setVisible(bool(rows))

    def _found(self) -> list[_Row]:
        learning = self._learning
        rows = []
        for action, text in learning.actions.items():
            target = LearnTarget(action=action)
            if learning.name_of(target):
                rows.append(_Row(target, learning.name_of(target), read_controller(text), None))
        for binding in learning.bindings:
            target = LearnTarget(binding.track_id, binding.target)
            rows.append(_Row(target, learning.name_of(target), binding.controller, binding))
        return rows

    def _add(self, at: int, row: _Row) -> None:
        name = text_label(row.name, self, wrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        field = _Field(text_of_controller(row.controller), self)
        field.setFixedWidth(_CONTROLLER_WIDTH)
        field.setAccessibleName(self.tr("Controller of {name}").format(name=row.name))
        field.editingFinished.connect(lambda: self._type(field, row))
        forget = IconButton("close", self.tr("Forget the controller of {name}").format(name=row.name), self)
        forget.clicked.connect(lambda: self._learning.forget(row.target))
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(field, at, 1)
        if row.binding is not None:
            self._grid.addWidget(self._modes(row.binding, row.name), at, 2)
        else:
            self._grid.addWidget(text_label(self.tr("Press"), self, kind="soft"), at, 2)
        self._grid.addWidget(forget, at, 3)

    def _modes(self, binding: MidiBinding, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("What the controller of {name} sends").format(name=name))
        said: dict[ControllerMode, str] = {
            "absolute": self.tr("Its place"),
            "toggle": self.tr("Presses: over and back"),
            "relative_twos": self.tr("Steps (1, 127)"),
            "relative_offset": self.tr("Steps (65, 63)"),
            "relative_sign": self.tr("Steps (1, 65)"),
        }
        for mode, text in said.items():
            if mode != "toggle" or binding.mode == "toggle" or self._is_switch(binding):
                box.addItem(text, mode)
        box.setCurrentIndex(box.findData(binding.mode))
        box.activated.connect(lambda _at: self._learning.set_mode(binding, box.currentData()))
        return box

    def _is_switch(self, binding: MidiBinding) -> bool:
        return self._learning.is_switch(LearnTarget(binding.track_id, binding.target))

    def _type(self, field: QLineEdit, row: _Row) -> None:
        try:
            controller = read_controller(field.text())
        except UserInputError as error:
            self.notice.say(str(error), mood="warn")
            field.setText(text_of_controller(row.controller))
            return
        self.notice.hide()
        if controller != row.controller:
            self._learning.change(row.target, controller)
            self._refresh()
