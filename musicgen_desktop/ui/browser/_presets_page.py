"""Instruments and effects with their presets: a double-click puts one on the selected track."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Patch
from musicgen_desktop.session.commands import Edit, add_insert, load_parameters, set_patch
from musicgen_desktop.session.controllers.catalogue import (
    EffectPreset,
    effect_presets,
    effects,
    find_instruments,
    instruments,
)
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import colour, icon, tokens
from musicgen_desktop.ui.widgets import NoticeBar

from ._listing import KEY, Listing, row_of
from ._menu import Line, give_menu


class PresetsPage(QWidget):
    """Families open like folders; a search lists what fits best first."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._patches: dict[str, Patch] = {}
        self._effects: dict[str, EffectPreset | str] = {}
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search instruments and effects"))
        self.search.setAccessibleName(self.tr("Search instruments and effects"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.notice = NoticeBar(self)
        self.list = Listing(self.tr("Presets"), (self.tr("Name"),), self)
        self.list.chosen.connect(self.use)
        give_menu(self.list, self._menu_lines)
        self.target = QLabel(self)
        self.target.setProperty("kind", "soft")
        self.target.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.notice)
        column.addWidget(self.list, 1)
        column.addWidget(self.target)
        bridges.selection.changed.connect(self._show_target)
        bridges.project.changed.connect(self._show_target)
        self._fill("")
        self._show_target()

    def use(self, key: str) -> None:
        """Put an instrument or an effect on the selected track."""
        project, track = self._bridges.project, self._bridges.selection.track
        if track is None:
            self._bridges.status.say(self.tr("Select a track first: the preset goes onto it."), "warn")
            return
        if key in self._patches:
            if project.ask(set_patch, track.id, self._patches[key]):
                self._say(self._patches[key].name, track.name)
        elif key in self._effects:
            chosen = self._effects[key]
            name = chosen if isinstance(chosen, str) else chosen.name
            if project.ask(with_effect, track.id, chosen):
                self._say(name, track.name)

    def _menu_lines(self) -> tuple[Line, ...]:
        key, track = self.list.current_key, self._bridges.selection.track
        if not key:
            return ()
        name = self.tr("the selected track") if track is None else f"“{track.name}”"
        text = self.tr("Put onto {track}").format(track=name)
        return (Line(text, lambda: self.use(key), self.tr("Return"), track is not None),)

    def _say(self, what: str, track: str) -> None:
        self._bridges.status.say(self.tr("“{what}” is on “{track}”.").format(what=what, track=track), "good")

    def _fill(self, text: str) -> None:
        self.list.rows.removeRows(0, self.list.rows.rowCount())
        self._patches.clear()
        self._effects.clear()
        self.notice.hide()
        try:
            if text.strip():
                self._fill_found(text)
            else:
                self._fill_families()
        except UserInputError as error:  # a preset file of the user's is bad
            self.notice.say(str(error))

    def _fill_families(self) -> None:
        heads: dict[str, QStandardItem] = {}
        sounds = _branch(self.tr("Instruments"))
        for entry in instruments():
            if entry.family not in heads:
                heads[entry.family] = _branch(entry.family)
                sounds.appendRow(heads[entry.family])
            heads[entry.family].appendRow(self._instrument_row(entry.patch, entry.name))
        strips = _branch(self.tr("Effects"))
        for effect in effects():
            row = self._effect_row(effect.id, effect.name, effect.description)
            for preset in effect_presets(effect.id).presets:
                row[0].appendRow(self._preset_row(preset, preset.name))
            strips.appendRow(row)
        self.list.rows.appendRow(sounds)
        self.list.rows.appendRow(strips)
        for number in range(2):
            self.list.expand(self.list.model().index(number, 0))

    def _fill_found(self, text: str) -> None:
        words = text.casefold().split()
        for entry in find_instruments(text):
            name = f"{entry.name}  ·  {entry.family}"
            self.list.rows.appendRow(self._instrument_row(entry.patch, name))
        for effect in effects():
            if all(word in f"{effect.name} {effect.description}".casefold() for word in words):
                self.list.rows.appendRow(self._effect_row(effect.id, effect.name, effect.description))
            for preset in effect_presets(effect.id).presets:
                if all(word in f"{preset.name} {effect.name}".casefold() for word in words):
                    name = f"{preset.name}  ·  {effect.name}"
                    self.list.rows.appendRow(self._preset_row(preset, name))
        if self.list.rows.rowCount():
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _instrument_row(self, patch: Patch, name: str) -> list[QStandardItem]:
        key = f"patch:{len(self._patches)}"
        self._patches[key] = patch
        row = row_of(key, name)
        row[0].setIcon(icon("drums" if patch.is_drums else "midi"))
        return row

    def _effect_row(self, effect: str, name: str, description: str) -> list[QStandardItem]:
        key = f"effect:{effect}"
        self._effects[key] = effect
        row = row_of(key, name, tip=description)
        row[0].setIcon(icon("settings"))
        return row

    def _preset_row(self, preset: EffectPreset, name: str) -> list[QStandardItem]:
        key = f"preset:{preset.effect}:{preset.name}"
        self._effects[key] = preset
        row = row_of(key, name)
        row[0].setIcon(icon("preset"))
        return row

    def _show_target(self, *_change: object) -> None:
        track = self._bridges.selection.track
        self.target.setText(
            self.tr("Double-click: onto “{track}”").format(track=track.name)
            if track is not None
            else self.tr("Select a track; a double-click puts a preset onto it.")
        )


def with_effect(project: Project, track_id: str, effect: EffectPreset | str) -> Edit:
    """An effect at the end of a strip, with a preset's settings; one step of the history.

    Raises:
        UserInputError: as `add_insert`.
    """
    if isinstance(effect, str):
        return add_insert(project, track_id, effect)[0]
    edit, insert_id = add_insert(project, track_id, effect.effect)
    loaded = load_parameters(edit.project, track_id, insert_id, effect.parameters)
    return msgspec.structs.replace(edit, project=loaded.project)


def _branch(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setData("", KEY)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setForeground(colour(tokens().text_soft))
    return item
