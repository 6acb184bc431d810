"""MusicGen's models: a map of the disk, a card for each, and what goes for all."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.models import ModelListing, size_text
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import Columns, NoticeBar, ProgressRow, TextButton, text_label

from ._card_grid import CardGrid
from ._disk_map import DiskMap
from ._disk_map_geometry import parts_of
from ._model_card import ModelCard
from ._models_view_model import ADDING, ModelsViewModel

_CARD_PX, _HEAD_PX = 296, 330


class ModelsSection(QWidget):
    """Asks the view model, and shows what it says."""

    card_wanted = Signal(QWidget)
    """This card was chosen on the map: have it seen."""

    def __init__(self, model: ModelsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._cards: dict[str, ModelCard] = {}
        self.commercial = QCheckBox(self.tr("Commercial-safe only"), self)
        self.commercial.setToolTip(self.tr("Only models whose licence lets you sell what they make"))
        self.commercial.toggled.connect(model.show_commercial_safe_only)
        self.offline = QCheckBox(self.tr("Stay offline"), self)
        self.offline.toggled.connect(model.request_offline)
        for box in (self.commercial, self.offline):
            box.setAccessibleName(box.text())
        self.add = TextButton(self.tr("Add"), self, icon_name="add")
        self.add.setToolTip(self.tr("Install a model that is on this machine already"))
        menu = QMenu(self.add)
        menu.addAction(self.tr("From a folder…"), self._add_folder)
        menu.addAction(self.tr("From a zip…"), self._add_zip)
        self.add.setMenu(menu)
        self.room = text_label("", self, kind="soft")
        self.map = DiskMap(self)
        self.map.part_chosen.connect(self._on_part)
        self.notice = NoticeBar(self)
        self.adding = text_label("", self)
        self.progress = ProgressRow(self)
        self.progress.stop_requested.connect(lambda: model.request_stop(ADDING))
        self.nothing = text_label("", self, kind="soft", wrap=True)
        self.grid = CardGrid(_CARD_PX, self)
        self._lay_out()
        model.changed.connect(self._show)
        model.progressed.connect(self._on_progress)
        model.memory_changed.connect(self._show_memory)
        model.said.connect(lambda sentence, mood: self.notice.say(sentence, mood=mood))
        self._on_progress(ADDING)

    def card(self, model: str) -> ModelCard:
        """The card of a model.

        Raises:
            KeyError: when none was shown yet.
        """
        return self._cards[model]

    def add_from(self, path: Path) -> None:
        """Install what lies there."""
        self._model.request_add(path)

    def _show(self) -> None:
        listing, shown = self._model.listing, self._model.shown
        for entry in shown:
            if entry.id not in self._cards:
                self._cards[entry.id] = self._new_card()
            job = self._model.job_of(entry.id)
            self._cards[entry.id].show_model(entry, job, offline=listing.offline)
            self._cards[entry.id].show_memory(self._model.memory_of(entry.id))
        ids = {entry.id for entry in shown}
        for model, card in self._cards.items():
            card.setVisible(model in ids)
        self.grid.show_cards([self._cards[entry.id] for entry in shown])
        self._show_all(listing)

    def _show_memory(self) -> None:
        for model, card in self._cards.items():
            card.show_memory(self._model.memory_of(model))

    def _show_all(self, listing: ModelListing) -> None:
        parts = parts_of(listing.models)
        self.map.show_parts(parts)
        used, free = size_text(listing.disk_bytes), size_text(listing.free_bytes)
        self.room.setText(
            self.tr("{used} of models, {free} free").format(used=used, free=free)
            if parts
            else self.tr("{free} free").format(free=free)
        )
        self.room.setToolTip(listing.folder)
        self.nothing.setVisible(not self._model.shown)
        self.nothing.setText(
            self.tr("No model's licence lets you sell what it makes. What Composer writes is your own.")
        )
        blocked = self.offline.blockSignals(True)  # noqa: FBT003 - Qt's own name for it
        self.offline.setChecked(listing.offline)
        self.offline.blockSignals(blocked)
        self.offline.setEnabled(not listing.offline_by_environment)
        self.offline.setToolTip(
            self.tr("Set by MUSICGEN_DESKTOP_OFFLINE in the environment")
            if listing.offline_by_environment
            else self.tr("Nothing is downloaded, not even a model that you ask for")
        )

    def _new_card(self) -> ModelCard:
        card = ModelCard(self.grid)
        card.get_requested.connect(self._model.request_get)
        card.check_requested.connect(self._model.request_check)
        card.remove_requested.connect(self._model.request_remove)
        card.stop_requested.connect(self._model.request_stop)
        card.unload_requested.connect(self._model.request_unload)
        return card

    def _on_progress(self, model: str) -> None:
        job = self._model.job_of(model)
        if model != ADDING:
            if model in self._cards:
                self._cards[model].show_job(job)
            return
        if job is not None and self.progress.isHidden():
            self.progress.begin()
        if job is not None:
            self.adding.setText(job.name)
            self.progress.show_job(job.handle)
        self.adding.setVisible(job is not None)
        self.progress.setVisible(job is not None)
        self.add.setEnabled(job is None)

    def _on_part(self, model: str) -> None:
        if model in self._cards and not self._cards[model].isHidden():
            self.card_wanted.emit(self._cards[model])

    def _add_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("The folder of a MusicGen model"))
        if folder:
            self.add_from(Path(folder))

    def _add_zip(self) -> None:
        title, kinds = self.tr("The zip of a MusicGen model"), self.tr("Zip files (*.zip)")
        file, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if file:
            self.add_from(Path(file))

    def _lay_out(self) -> None:
        title, choices = QWidget(self), QWidget(self)
        sign = QLabel(title)
        sign.setPixmap(icon("disk", tokens().text_soft).pixmap(18, 18))
        name = text_label(self.tr("MusicGen models"), title, kind="title")
        _in_a_row(title, sign, name, self.room).addStretch(1)
        _in_a_row(choices, self.commercial, self.offline, self.add).insertStretch(0, 1)
        head = Columns(_HEAD_PX, self, spacing=4)
        head.add(title)
        head.add(choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.map)
        column.addWidget(self.notice)
        column.addWidget(self.adding)
        column.addWidget(self.progress)
        column.addWidget(self.nothing)
        column.addWidget(self.grid)


def _in_a_row(parent: QWidget, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row
