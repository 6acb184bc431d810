"""The library: engines, styles, and the SoundFont."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from musicgen_desktop.session.controllers.catalogue import engines, soundfont_in_use
from musicgen_desktop.session.controllers.styles import list_styles
from musicgen_desktop.ui.widgets import Columns, ScrollPage

from ._engines_card import EnginesCard
from ._soundfont_card import SoundFontCard
from ._styles_card import StylesCard


class ModelLibraryPage(ScrollPage):
    """What music is made with on this machine. It is read when the page is seen."""

    settings_requested = Signal()
    """The user wants another SoundFont."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Library"), parent, widest=1320, margin=16)
        self.engines: EnginesCard | None = None
        self.styles = StylesCard(self)
        self.styles.again_requested.connect(self.read)
        self.soundfont = SoundFontCard(self)
        self.soundfont.settings_requested.connect(self.settings_requested)
        self._cards = Columns(260, self)
        self.column.addWidget(self._cards, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read when it is looked at: the settings, or a file, may have changed."""
        super().showEvent(event)
        if self.engines is None:
            self.engines = EnginesCard(engines(), self)
            for card in (self.engines, self.styles, self.soundfont):
                self._cards.add(card)
        self.read()

    def read(self) -> None:
        """Look again at styles and SoundFont."""
        self.styles.show_styles(list_styles())
        self.soundfont.show_font(soundfont_in_use())
