"""Which stems are made: one button each, with icon and word."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import icon
from musicgen_desktop.ui.widgets import TextButton

from ._modes import stem_name

_COLUMNS = 4
_STRETCHES = (58, 82, 70, 74)
"""As wide as what stands in them."""
_ROOM_FOR_ICONS = 290


class StemsRow(QWidget):
    """None checked leaves the choice to the style."""

    toggled = Signal(str)

    def __init__(self, stems: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setProperty("kind", "heading")
        self.buttons: dict[str, TextButton] = {}
        self._has_icons = False
        grid = QGridLayout()
        grid.setSpacing(4)
        for column_number, stretch in enumerate(_STRETCHES):
            grid.setColumnStretch(column_number, stretch)
        for number, stem in enumerate(stems):
            button = TextButton(stem_name(stem), self, kind="segment", checkable=True)
            button.setIconSize(QSize(14, 14))
            button.setProperty("small", True)  # noqa: FBT003 - Qt's own signature
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, stem=stem: self.toggled.emit(stem))
            self.buttons[stem] = button
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addLayout(grid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only where the words have room beside them."""
        super().resizeEvent(event)
        has_icons = event.size().width() >= _ROOM_FOR_ICONS
        if has_icons != self._has_icons:
            self._has_icons = has_icons
            for stem, button in self.buttons.items():
                button.setIcon(icon(f"stem_{stem}") if has_icons else QIcon())

    def show_stems(
        self, chosen: Collection[str], offered: Collection[str], writable: Collection[str], *, layer: bool
    ) -> None:
        """The state of the view model.

        Args:
            chosen: the checked ones.
            offered: those that can be chosen now.
            writable: those that the engine knows; others are hidden.
            layer: one of them is added to the project.
        """
        if layer:
            self.heading.setText(self.tr("Stem to add"))
        else:
            self.heading.setText(
                self.tr("Stems") if chosen else self.tr("Stems · the style chooses until you do")
            )
        for stem, button in self.buttons.items():
            button.setVisible(stem in writable)
            button.setChecked(stem in chosen)
            button.setEnabled(stem in offered)
            button.setToolTip("" if stem in offered else self.tr("The project has this stem already"))
