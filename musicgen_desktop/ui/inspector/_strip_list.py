"""What a track's sound goes through and to: effects and sends, one below the other."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from musicgen_desktop.document import Insert, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import effect_entry
from musicgen_desktop.ui.theme import dress
from musicgen_desktop.ui.widgets import decibels

from ._form import heading, line, words


def insert_title(insert: Insert) -> str:
    """What an effect is called."""
    if insert.name:
        return insert.name
    try:
        return effect_entry(insert.effect).name
    except UserInputError:  # a plugin, or an effect of a newer version
        return insert.effect.partition(":")[2] or insert.effect


class StripList(QWidget):
    """Effects can be clicked; sends are told."""

    insert_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.buttons: list[QToolButton] = []

    def show_track(self, track: Track, project: Project) -> None:
        """The selection or the project changed."""
        names = {each.id: each.name for each in project.tracks}
        seen = (track.id, track.inserts, track.sends, names)
        if seen == self._seen:
            return
        self._seen = seen
        self._clear()
        self._column.addWidget(line(self))
        self._column.addWidget(heading(QCoreApplication.translate("StripList", "Effects"), self))
        for insert in track.inserts:
            button = self._insert_button(insert)
            self.buttons.append(button)
            self._column.addWidget(button)
        if not track.inserts:
            self._add_note(self.tr("No effects"))
        if track.kind == "master":
            return
        self._column.addSpacing(5)
        self._column.addWidget(line(self))
        self._column.addWidget(heading(QCoreApplication.translate("StripList", "Sends"), self))
        for send in track.sends:
            text = f"{names.get(send.target, '–')}   {decibels(send.gain_db)}"
            if send.pre_fader:
                text = self.tr("{send}, before the fader").format(send=text)
            self._add_note(text if send.enabled else self.tr("{send}, off").format(send=text))
        if not track.sends:
            self._add_note(self.tr("No sends"))

    def _insert_button(self, insert: Insert) -> QToolButton:
        title = insert_title(insert)
        button = QToolButton(self)
        button.setText(self.tr("{effect}, bypassed").format(effect=title) if insert.bypassed else title)
        dress(button, "bypass", "text_faint" if insert.bypassed else "accent")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFixedHeight(24)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self.tr("Show the effect {effect}").format(effect=button.text()))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(lambda: self.insert_chosen.emit(insert.id))
        return button

    def _add_note(self, text: str) -> None:
        label = words(self, kind="soft")
        label.setText(text)
        label.setToolTip(text)
        label.setContentsMargins(6, 1, 0, 1)
        self._column.addWidget(label)

    def _clear(self) -> None:
        self.buttons.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
