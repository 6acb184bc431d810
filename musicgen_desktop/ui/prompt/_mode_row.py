"""What Compose is to do: four modes side by side, and a sentence that says what the chosen one means now."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import dress
from musicgen_desktop.ui.widgets import TextButton

from ._modes import MODES, ModeId, Offer


class ModeRow(QWidget):
    """A mode that cannot be done can be chosen too: the sentence then says why."""

    mode_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        names: dict[ModeId, tuple[str, str]] = {
            "new": (self.tr("New"), "compose"),
            "remake": (self.tr("Remake"), "remake"),
            "continue": (self.tr("Continue"), "follow"),
            "layer": (self.tr("Layer"), "layer"),
        }
        self._buttons: dict[ModeId, TextButton] = {}
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, mode in enumerate(MODES):
            name, picture = names[mode]
            button = TextButton(name, self, kind="segment", checkable=True)
            dress(button, picture)
            button.setIconSize(QSize(14, 14))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._buttons[mode] = button
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self.sentence = QLabel(self)
        self.sentence.setProperty("kind", "soft")
        self.sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.sentence)
        self._group.idClicked.connect(lambda number: self.mode_requested.emit(MODES[number]))

    def button(self, mode: ModeId) -> TextButton:
        """The button of a mode."""
        return self._buttons[mode]

    def show_offers(self, offers: Sequence[Offer], chosen: ModeId) -> None:
        """What each mode would do; those that cannot be done are dim, and their tooltip says why."""
        for each in offers:
            button = self.button(each.id)
            possible = each.mode is not None
            button.setToolTip(each.sentence)
            button.setEnabled(possible or each.id == chosen)
            button.setChecked(each.id == chosen)
            if each.id == chosen:
                self.sentence.setText(each.sentence)
