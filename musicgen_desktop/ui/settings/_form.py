"""A page of settings: what is set at the left, how at the right, and what it means below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.widgets import ScrollPage, text_label

_LABELS = 128
_FIELD = 300
_WIDENS = 1000
"""Lists take all the room that is left, up to their widest."""


class Form(ScrollPage):
    """One page. It shows preferences, and reads them back with what was changed."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, widest=640, margin=20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABELS)
        self._grid.setColumnStretch(1, 1)
        self.column.addWidget(text_label(name, self, kind="title"))
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        raise NotImplementedError

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says."""
        raise NotImplementedError

    def add(self, name: str, *fields: QWidget, hint: str = "", wide: bool = False) -> None:
        """One setting; wide: its fields take all the room that is left, for what they say in words."""
        row = self._grid.rowCount()
        label = text_label(name, self)
        label.setBuddy(fields[0])
        label.setMinimumHeight(26)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in fields:
            if not field.accessibleName():
                field.setAccessibleName(name)
            line.addWidget(field, _WIDENS if wide or isinstance(field, QComboBox) else 0)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)
        if hint:
            words = text_label(hint, self, kind="soft", wrap=True)
            fields[0].setAccessibleDescription(hint)
            self._grid.addWidget(words, row + 1, 1)
        self._grid.setRowMinimumHeight(row + 2, 10)
        self._grid.addWidget(QWidget(self), row + 2, 0)

    def choice(self, entries: Sequence[tuple[object, str]]) -> QComboBox:
        """A list to choose from: what is kept, and what is read."""
        box = QComboBox(self)
        box.setMinimumWidth(140)
        box.setMaximumWidth(_FIELD)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in entries:
            box.addItem(text, value)
        box.activated.connect(lambda _index: self.edited.emit())
        return box


def choose(box: QComboBox, value: object, text: str = "") -> None:
    """Let a list show this; one that it does not know yet is added under its text."""
    index = box.findData(value)
    if index < 0:
        box.addItem(text or str(value), value)
        index = box.count() - 1
    box.setCurrentIndex(index)
