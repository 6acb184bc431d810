"""The part of the panel that is there while an engine of sound is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.ui.prompt._fields import Field, number_field
from musicgen_desktop.ui.theme import dress
from musicgen_desktop.ui.widgets import TextButton

from ._melody_row import MelodyRow
from ._model_row import ModelRow
from ._settings import SOUND_FIELDS, SoundField, SoundSettings

_USUAL: tuple[SoundField, ...] = ("seconds", "guidance", "temperature")
_MORE: tuple[SoundField, ...] = ("top_k", "top_p")


class SoundBox(QWidget):
    """Model, length, guidance, temperature, melody; top-k and top-p behind “More”."""

    library_requested = Signal()
    seconds_typed = Signal(str)
    compose_requested = Signal()

    def __init__(self, settings: SoundSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.model = ModelRow(self)
        self.fields: dict[SoundField, Field] = {
            "seconds": number_field(self.tr("Seconds"), 1, 600, 10, 5),
            "guidance": number_field(self.tr("Guidance"), 1, 10, 3, 0.5, fine=0.1),
            "temperature": number_field(self.tr("Temperature"), 0, 2, 1, 0.1, fine=0.01),
            "top_k": number_field(self.tr("Top-k"), 0, 2048, 250, 10),
            "top_p": number_field(self.tr("Top-p"), 0, 1, 0, 0.05, fine=0.01),
        }
        self._tips: dict[SoundField, str] = {
            "seconds": self.tr("How long it gets, unless bars say so: 1 to 600 seconds, 10 when empty"),
            "guidance": self.tr("How closely the words are followed: 1 to 10, the model's own when empty"),
            "temperature": self.tr("0 takes the likeliest token each time, 1 is usual, 2 is wild"),
            "top_k": self.tr("Only the k likeliest tokens are drawn from; 0 for all, 250 when empty"),
            "top_p": self.tr("Only the likeliest tokens with this share are drawn from; 0 or empty for all"),
        }
        self.more = TextButton(self.tr("More"), self, kind="chip", checkable=True)
        self.melody = MelodyRow(self)
        self.hears = QCheckBox(self.tr("Hear it while it is made"), self)
        self.hears.setToolTip(self.tr("Takes sound from their first moment on, unless something else plays"))
        self._lay_out()
        self._connect()
        self._show_more(shown=False)

    def show_settings(self, engine_name: str, project: Project, *, fixed_length: bool) -> None:
        """The state of the view model.

        Args:
            engine_name: for a person.
            project: the open one.
            fixed_length: the mode, or the bars, say how long it gets.
        """
        settings = self._settings
        self.model.show_settings(settings, engine_name)
        for name, field in self.fields.items():
            problem = settings.problem_of(name)
            locked = name == "seconds" and fixed_length
            field.show_text("" if locked else settings.texts[name], locked=locked, problem=problem)
            if not problem:
                field.line.setToolTip(
                    self.tr("The bars say how long it gets") if locked else self._tips[name]
                )
        has_model = settings.model is not None
        self._below.setVisible(has_model)
        self.melody.show_settings(settings, project)
        self.melody.setVisible(settings.follows_melody or self.more.isChecked())
        self.hears.setChecked(settings.hears)

    def _lay_out(self) -> None:
        self._below = QWidget(self)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for column_number, name in enumerate(_USUAL):
            grid.addWidget(self.fields[name], 0, column_number)
            grid.setColumnStretch(column_number, 1)
        for column_number, name in enumerate(_MORE):
            grid.addWidget(self.fields[name], 1, column_number)
        grid.addWidget(self.more, 0, 3)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addLayout(grid)
        below.addWidget(self.melody)
        below.addWidget(self.hears)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.model)
        column.addWidget(self._below)

    def _connect(self) -> None:
        settings = self._settings
        self.model.model_requested.connect(settings.choose)
        self.model.look_requested.connect(settings.look)
        self.model.library_requested.connect(self.library_requested)
        for name in SOUND_FIELDS:
            field = self.fields[name]
            if name == "seconds":
                field.edited.connect(self.seconds_typed)
            else:
                field.edited.connect(lambda text, name=name: settings.set_text(name, text))
            field.line.returnPressed.connect(self.compose_requested)
        self.more.toggled.connect(self._show_more)
        self.melody.melody_requested.connect(settings.set_melody)
        self.melody.track_requested.connect(settings.set_melody_track)
        self.hears.toggled.connect(settings.set_hears)

    def _show_more(self, shown: bool) -> None:  # noqa: FBT001 - Qt's
        for name in _MORE:
            self.fields[name].setVisible(shown)
        self.melody.setVisible(self._settings.follows_melody or shown)
        dress(self.more, "up" if shown else "down")
