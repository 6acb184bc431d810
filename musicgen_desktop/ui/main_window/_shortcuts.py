"""The shortcut sheet: every key, in groups."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.ui.bridges import Actions, Listed

_COLUMNS = 3


class ShortcutSheet(QDialog):
    """What `?` shows. The field narrows it down."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(1120, 680)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find a shortcut"))
        self.field.setAccessibleName(self.tr("Find a shortcut"))
        self.field.setClearButtonEnabled(True)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Keyboard shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self._area, 1)
        self.field.textChanged.connect(self._fill)
        self._shown: tuple[Listed, ...] = ()
        self._fill("")

    def shown(self) -> tuple[str, ...]:
        """What the actions that are listed do."""
        return tuple(each.action.text() for each in self._shown)

    def _fill(self, wanted: str) -> None:
        wanted = wanted.casefold()
        found = [
            each
            for each in self._actions.listed()
            if each.shortcuts and (wanted in f"{each.action.text()} {' '.join(each.shortcuts)}".casefold())
        ]
        self._shown = tuple(found)
        groups = [
            (name, list(rows))
            for name, rows in groupby(sorted(found, key=lambda each: each.group), lambda each: each.group)
        ]
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(24)
        heights = [0] * _COLUMNS
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        for name, rows in groups:
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(_group(name, rows))
            heights[shortest] += len(rows) + 2
        for index, layout in enumerate(columns):
            layout.addStretch(1)
            grid.addLayout(layout, 0, index)
            grid.setColumnStretch(index, 1)
            grid.setColumnStretch(index, 1)
        self._area.setWidget(page)


def _group(name: str, rows: list[Listed]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 12)
    grid.setVerticalSpacing(5)
    heading = QLabel(name)
    heading.setProperty("kind", "title")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, each in enumerate(rows, 1):
        text = QLabel(each.action.text().replace("&", ""))
        text.setWordWrap(True)
        text.setToolTip(text.text())
        # Keys are what one looks for here: where both do not fit, the text is cut.
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        keys = QLabel("  ".join(each.shortcuts))
        keys.setProperty("kind", "soft")
        keys.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(text, row, 0)
        grid.addWidget(keys, row, 1)
    grid.setColumnStretch(0, 1)
    return made
