"""Rows of a label and its field, and headings between them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

LABEL_WIDTH = 76


class Form(QWidget):
    """A grid of rows. A row is shown or hidden by the widget in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, text: str, field: QWidget) -> None:
        """A row. The field is named by its label unless it has a name of its own."""
        label = QLabel(text, self)
        label.setProperty("kind", "soft")
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(text)
        row = self._grid.rowCount()
        top = isinstance(field, QLabel) and field.wordWrap()
        self._grid.addWidget(
            label, row, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        )
        self._grid.addWidget(field, row, 1)
        self._labels[field] = label

    def add_wide(self, widget: QWidget) -> None:
        """Something over both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def show_row(self, field: QWidget, shown: bool) -> None:  # noqa: FBT001 - the one thing it says
        """A row with its label."""
        field.setVisible(shown)
        if field in self._labels:
            self._labels[field].setVisible(shown)


class Group(QWidget):
    """A heading over a line, and a form below it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(line(self))
        column.addWidget(heading(title, self))
        column.addWidget(self.form)


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """A small title over a group."""
    label = QLabel(text.upper(), parent)
    label.setProperty("kind", "heading")
    label.setAccessibleName(text)
    return label


def line(parent: QWidget | None = None) -> QFrame:
    """A separator."""
    made = QFrame(parent)
    made.setProperty("kind", "line")
    return made


def words(parent: QWidget | None = None, *, wrap: bool = False, kind: str = "") -> QLabel:
    """A text that can be selected and copied."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(wrap)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setMinimumWidth(1)
    if kind:
        label.setProperty("kind", kind)
    return label


def side_by_side(*widgets: QWidget, parent: QWidget | None = None) -> QWidget:
    """Several things in one row."""
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return made
