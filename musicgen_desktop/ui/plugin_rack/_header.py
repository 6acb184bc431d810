"""The head of the effect panel: power, name, the chain it stands in, presets, A and B."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.document import Insert
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import (
    EffectPreset,
    delete_effect_preset,
    effect_entry,
    save_effect_preset,
)
from musicgen_desktop.ui.theme import dress, icon
from musicgen_desktop.ui.widgets import IconButton, TextButton, text_label

from ._flow import FlowLayout
from ._view_model import EffectViewModel


class EffectHeader(QFrame):
    """Shows the view model's effect."""

    insert_requested = Signal(str)
    """Another insert of the same track."""
    failed = Signal(str)

    def __init__(self, model: EffectViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chain_shown: list[tuple[str, str, bool]] = []
        self.power = IconButton("bypass", self.tr("On"), self, checkable=True)
        self.power.clicked.connect(model.toggle_bypass)
        self._name = text_label("", self, kind="title")
        self._track = text_label("", self, kind="soft")
        # The longest name is cut rather than the dock made wider; its tip says all of it.
        self._track.setMinimumWidth(1)
        self._chain_row = QWidget(self)
        # A name that is wider than the panel is cut; it never widens it.
        self._chain_row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chain_row.hide()
        self._chain = FlowLayout(self._chain_row, gap=4)
        self.preset = TextButton("", self, icon_name="preset")
        self.preset.clicked.connect(self._open_presets)
        self.sides = {side: TextButton(side, self, kind="chip", checkable=True) for side in ("A", "B")}
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.power)
        row.addWidget(self._name)
        row.addWidget(self._track)
        row.addStretch(1)
        row.addWidget(self.preset)
        for side, button in self.sides.items():
            button.setToolTip(self.tr("Compare: settings {side}").format(side=side))
            button.clicked.connect(partial(model.switch_side, side))
            group.addButton(button)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 5)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._chain_row)
        model.changed.connect(self.show_effect)
        model.turned.connect(self.show_effect)

    def show_effect(self) -> None:
        """Read the view model."""
        insert, track, entry = self._model.insert, self._model.track, self._model.entry
        self.setVisible(insert is not None)
        if insert is None or track is None:
            return
        self._name.setText(_title(insert))
        self._name.setToolTip("" if entry is None else entry.description)
        self._track.setText(self.tr("on {track}").format(track=track.name))
        self._track.setToolTip(track.name)
        self.power.setChecked(not insert.bypassed)
        self.power.set_name(self.tr("Switch on") if insert.bypassed else self.tr("Bypass"))
        dress(self.power, "bypass", "text_faint" if insert.bypassed else "good")
        self.preset.setVisible(entry is not None)
        self.preset.setText(self._model.preset_name() or self.tr("Presets"))
        self.preset.setAccessibleName(self.tr("Presets"))
        for side, button in self.sides.items():
            button.setVisible(entry is not None)
            button.setChecked(side == self._model.side)
        self._show_chain()

    def preset_menu(self) -> QMenu:
        """Load, save, delete."""
        menu = QMenu(self)
        own: list[EffectPreset] = []
        for preset in self._model.presets():
            if preset.is_own and not own:
                menu.addSeparator()
            own += [preset] if preset.is_own else []
            action = menu.addAction(preset.name)
            action.setCheckable(True)
            action.setChecked(preset.name == self._model.preset_name())
            action.triggered.connect(partial(self._load, preset))
        menu.addSeparator()
        menu.addAction(self.tr("Defaults")).triggered.connect(lambda: self._model.load({}))
        menu.addAction(icon("save"), self.tr("Save as…")).triggered.connect(self._save_as)
        if own:
            deleting = menu.addMenu(icon("trash"), self.tr("Delete"))
            for preset in own:
                deleting.addAction(preset.name).triggered.connect(partial(self._delete, preset))
        return menu

    def _open_presets(self) -> None:
        menu = self.preset_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.preset.mapToGlobal(self.preset.rect().bottomLeft()))

    def _load(self, preset: EffectPreset) -> None:
        self._model.load(preset.parameters)

    def _save_as(self) -> None:
        insert = self._model.insert
        if insert is None:
            return
        name, taken = QInputDialog.getText(self, self.tr("Save preset"), self.tr("Name of the preset"))
        if taken:
            try:
                save_effect_preset(insert.effect, name, insert.parameters)
            except UserInputError as error:
                self.failed.emit(str(error))
            self.show_effect()

    def _delete(self, preset: EffectPreset) -> None:
        try:
            delete_effect_preset(preset)
        except UserInputError as error:
            self.failed.emit(str(error))
        self.show_effect()

    def _show_chain(self) -> None:
        """The effects of the strip, this one pressed."""
        track, insert = self._model.track, self._model.insert
        wanted = [] if track is None else [(each.id, _title(each), each.bypassed) for each in track.inserts]
        if len(wanted) < 2:
            wanted = []
        if wanted != self._chain_shown:
            self._chain_shown = wanted
            while (item := self._chain.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for insert_id, title, bypassed in wanted:
                text = self.tr("{name} (off)").format(name=title) if bypassed else title
                chip = TextButton(text, self._chain_row, kind="chip", checkable=True)
                chip.setProperty("insert", insert_id)
                chip.clicked.connect(partial(self._on_chip, insert_id))
                self._chain.addWidget(chip)
                chip.show()
            self._chain_row.setVisible(bool(wanted))
        for at in range(self._chain.count()):
            item = self._chain.itemAt(at)
            widget = item.widget() if item is not None else None
            if isinstance(widget, TextButton):
                widget.setChecked(insert is not None and widget.property("insert") == insert.id)

    def _on_chip(self, insert_id: str) -> None:
        self.insert_requested.emit(insert_id)
        self._show_chain()


def _title(insert: Insert) -> str:
    try:
        return insert.name or effect_entry(insert.effect).name
    except UserInputError:
        return insert.name or insert.effect.rpartition(":")[2]
