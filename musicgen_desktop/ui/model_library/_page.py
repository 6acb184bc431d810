"""The library: models, engines, styles, and the SoundFont."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from musicgen_desktop.session.controllers.catalogue import engines, soundfont_in_use
from musicgen_desktop.session.controllers.styles import list_styles
from musicgen_desktop.ui.bridges import JobsBridge, SoundBridge
from musicgen_desktop.ui.widgets import Columns, ScrollPage

from ._engines_card import EnginesCard
from ._models_section import ModelsSection
from ._models_view_model import ModelsViewModel
from ._soundfont_card import SoundFontCard
from ._styles_card import StylesCard


class ModelLibraryPage(ScrollPage):
    """What music is made with on this machine. It is read when the page is seen.

    Args:
        parent: owns it.
        jobs: gets, adds and checks models; a queue of its own when None.
        sound: knows which of them are in memory.
    """

    settings_requested = Signal()
    """The user wants another SoundFont."""
    models_changed = Signal(str)
    """There are other installed models for the engine of this name."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        jobs: JobsBridge | None = None,
        sound: SoundBridge | None = None,
    ) -> None:
        super().__init__(self.tr("Library"), parent, widest=1320, margin=16)
        self.engines: EnginesCard | None = None
        self.model = ModelsViewModel(self, jobs=jobs, sound=sound)
        self.model.models_changed.connect(self.models_changed)
        self.model.changed.connect(self._show_engines)
        self.models = ModelsSection(self.model, self)
        self.models.card_wanted.connect(self.ensureWidgetVisible)
        self.styles = StylesCard(self)
        self.styles.again_requested.connect(self.read)
        self.soundfont = SoundFontCard(self)
        self.soundfont.settings_requested.connect(self.settings_requested)
        self._cards = Columns(260, self)
        self.column.addWidget(self.models)
        self.column.addWidget(self._cards, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read when it is looked at: the settings, or a file, may have changed."""
        super().showEvent(event)
        if self.engines is None:
            self.engines = EnginesCard(engines(), self)
            for card in (self.engines, self.styles, self.soundfont):
                self._cards.add(card)
        self.read()

    def end(self) -> None:
        """Stop what runs beside the page; what has arrived of a download is kept."""
        self.model.close()

    def read(self) -> None:
        """Look again at models, styles and SoundFont."""
        self.model.read()
        self.styles.show_styles(list_styles())
        self.soundfont.show_font(soundfont_in_use())

    def _show_engines(self) -> None:
        if self.engines is not None:
            installed = sum(model.state == "installed" for model in self.model.listing.models)
            self.engines.tell_models(installed)
