"""Who composes, and on which terms the music may be used."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from musicgen_desktop.session.controllers.catalogue import EngineEntry, SoundModel
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import ElidedLabel

from .sound import terms_of

_CHOICE_WIDTH = 110


class EngineRow(QWidget):
    """A list of engines, and the licence of the chosen one as a badge with words."""

    engine_requested = Signal(str)

    def __init__(self, engines: Sequence[EngineEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(self.tr("Engine"))
        for entry in engines:
            self.choice.addItem(entry.name, entry.id)
            self.choice.setItemData(self.choice.count() - 1, entry.description, Qt.ItemDataRole.ToolTipRole)
        self.choice.setFixedWidth(_CHOICE_WIDTH)
        self.choice.view().setMinimumWidth(260)
        self._mark = QLabel(self)
        self.licence = ElidedLabel(self)
        self.licence.setProperty("kind", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.choice)
        row.addWidget(self._mark)
        row.addWidget(self.licence, 1)
        self.choice.activated.connect(self._on_chosen)

    def show_engine(self, entry: EngineEntry, model: SoundModel | None = None) -> None:
        """The chosen one; of one that makes sound, the terms are those of its model."""
        index = self.choice.findData(entry.id)
        if index != self.choice.currentIndex():
            self.choice.setCurrentIndex(index)
        self.choice.setToolTip(entry.description)
        worn = tokens()
        if model is not None:
            sign = ("check", worn.good) if model.commercial_use else ("warning", worn.warn)
            mark, tint, words = *sign, terms_of(model)
        elif entry.makes_sound:
            mark, tint, words = "info", worn.accent, self.tr("Each model says how it may be used")
        elif entry.commercial_use:
            mark, tint, words = "check", worn.good, self.tr("Yours: free to use commercially")
        elif entry.commercial_use is None:
            mark, tint, words = "info", worn.accent, self.tr("Each take says how it may be used")
        else:
            mark, tint, words = "warning", worn.warn, self.tr("Not for commercial release")
        self._mark.setPixmap(icon(mark, tint).pixmap(14, 14))
        self.licence.show_text(words, entry.licence if model is None else "")

    def _on_chosen(self, index: int) -> None:
        engine_id = self.choice.itemData(index)
        if engine_id is not None:
            self.engine_requested.emit(engine_id)
