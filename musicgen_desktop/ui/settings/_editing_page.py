"""How editing and playing begin, and how work is kept."""

import msgspec
from PySide6.QtWidgets import QCheckBox, QWidget

from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.widgets import NumberField, decibels, typed_decibels

from ._form import Form, choose

_LOWEST_DB = -60.0


class EditingPage(Form):
    """Snap, stop, autosave and the click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Editing"), parent)
        self.snap = self.choice(
            [
                ("adaptive", self.tr("Adaptive: as fine as the zoom shows")),
                ("bar", self.tr("Bar")),
                *((value, self.tr("{part} note").format(part=value)) for value in ("1/2", "1/4", "1/8")),
                *((value, self.tr("{part} note").format(part=value)) for value in ("1/16", "1/32")),
                ("off", self.tr("Off")),
            ]
        )
        self.add(self.tr("Snap"), self.snap, hint=self.tr("At first; the transport changes it at any time."))
        self.returns = QCheckBox(self.tr("Stop goes back to where Play began"), self)
        self.returns.setAccessibleName(self.returns.text())
        self.returns.clicked.connect(lambda _checked: self.edited.emit())
        self.add(self.tr("Stop"), self.returns)
        self.autosave = NumberField(
            self.tr("Autosave"), 0, 120, step=1, fine=1, default=5, written=self._minutes, read=_typed_minutes
        )
        self.autosave.setFixedWidth(110)
        self.add(
            self.tr("Autosave"),
            self.autosave,
            hint=self.tr("Every edit is kept on the disk within a second in any case; 0 is never."),
        )
        self.metronome = NumberField(
            self.tr("Metronome level"),
            _LOWEST_DB,
            0.0,
            step=1.0,
            default=-6.0,
            written=decibels,
            read=typed_decibels,
        )
        self.metronome.setFixedWidth(110)
        self.add(self.tr("Metronome level"), self.metronome)
        for field in (self.autosave, self.metronome):
            field.value_requested.connect(lambda value, field=field: self._turn(field, value))

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        choose(self.snap, preferences.snap)
        self.returns.setChecked(preferences.stop_returns_to_start)
        self.autosave.show_value(preferences.autosave_minutes)
        self.metronome.show_value(preferences.metronome_db)

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says."""
        return msgspec.structs.replace(
            preferences,
            snap=self.snap.currentData(),
            stop_returns_to_start=self.returns.isChecked(),
            autosave_minutes=round(self.autosave.value),
            metronome_db=float(self.metronome.value),
        )

    def _turn(self, field: NumberField, value: float) -> None:
        field.show_value(round(value) if field is self.autosave else value)
        self.edited.emit()

    def _minutes(self, value: float) -> str:
        return self.tr("every {minutes} min").format(minutes=round(value)) if value else self.tr("never")


def _typed_minutes(text: str) -> float:
    """The first number in “every 5 min”.

    Raises:
        ValueError: when there is none.
    """
    digits = [word for word in text.split() if word.isdigit()]
    if not digits:
        raise ValueError(text)
    return float(digits[0])
