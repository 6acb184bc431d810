"""What files are written as, which SoundFont plays, and where other programs' files come in."""

from pathlib import Path

import msgspec
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from musicgen_desktop.session.controllers.catalogue import SoundFontEntry
from musicgen_desktop.session.controllers.exchange_folder import exchange_folder
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.widgets import NoticeBar, TextButton, text_label

from ._form import Form, choose

_LONGEST = 56
"""Letters of a path that have room on the page; the end tells more than the beginning."""


class FilesPage(Form):
    """Depth of stems and mixes, the SoundFont, and the folder for other programs' files."""

    def __init__(self, soundfont: SoundFontEntry, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Files and export"), parent)
        self.notice = NoticeBar(self)
        self.column.insertWidget(1, self.notice)
        self.soundfont_changed = False
        self.soundfont: Path | None = None if soundfont.is_shipped else soundfont.path
        self.bits = self.choice(
            [(16, self.tr("16 bit")), (24, self.tr("24 bit")), (32, self.tr("32 bit float"))]
        )
        self.add(self.tr("Depth"), self.bits, hint=self.tr("Of stems and mixes; FLAC files have 16 or 24."))
        self.name = text_label("", self)
        self.choose_font = TextButton(self.tr("Choose…"), self, icon_name="open")
        self.choose_font.setAccessibleName(self.tr("Choose a SoundFont"))
        self.choose_font.clicked.connect(self._choose_font)
        self.shipped = TextButton(self.tr("Use the built-in one"), self)
        self.shipped.clicked.connect(lambda: self._take_font(None))
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose_font)
        row.addWidget(self.shipped)
        self.add(self.tr("SoundFont"), self.name)
        self.add(
            "",
            holder,
            hint=self.tr(
                "Plays General MIDI instruments (.sf2, .sf3). The licence of a font of your own decides"
                " whether songs with it may be sold."
            ),
        )
        self._exchange = ""
        self._add_exchange()
        self._show_font()
        if soundfont.problem:
            self.notice.say(soundfont.problem, mood="warn")

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        choose(self.bits, preferences.export_bits)
        self.watch.setChecked(preferences.exchange_watched)
        self._take_exchange(preferences.exchange_folder)

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says."""
        return msgspec.structs.replace(
            preferences,
            export_bits=self.bits.currentData(),
            exchange_watched=self.watch.isChecked(),
            exchange_folder=self._exchange,
        )

    def _add_exchange(self) -> None:
        self.watch = QCheckBox(self.tr("Offer what a DAW bounces into this folder"), self)
        self.watch.setAccessibleName(self.watch.text())
        self.watch.clicked.connect(lambda _checked: self.edited.emit())
        self.exchange = text_label("", self)
        self.choose_exchange = TextButton(self.tr("Choose…"), self, icon_name="open")
        self.choose_exchange.setAccessibleName(self.tr("Choose the exchange folder"))
        self.choose_exchange.clicked.connect(self._choose_exchange)
        self.add(self.tr("Exchange folder"), self.watch)
        self.add("", self.exchange)
        self.add(
            "",
            self.choose_exchange,
            hint=self.tr(
                "A file lies where its time stamp says, else at bar 1. The folder is made when it is missing."
            ),
        )

    def _choose_exchange(self) -> None:
        start = str(exchange_folder(self._exchange))
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose the exchange folder"), start)
        if name:
            self._take_exchange(name)
            self.edited.emit()

    def _take_exchange(self, folder: str) -> None:
        usual = str(exchange_folder())
        self._exchange = "" if folder == usual else folder
        path = folder or usual
        self.exchange.setText(path if len(path) <= _LONGEST else f"…{path[-_LONGEST:]}")
        self.exchange.setToolTip(path)
        self.exchange.setAccessibleName(path)

    def _choose_font(self) -> None:
        start = str(self.soundfont.parent if self.soundfont is not None else Path.home())
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a SoundFont"), start, self.tr("SoundFonts (*.sf2 *.sf3)")
        )
        if name:
            self._take_font(Path(name))

    def _take_font(self, path: Path | None) -> None:
        self.soundfont, self.soundfont_changed = path, True
        self.notice.hide()
        self._show_font()
        self.edited.emit()

    def _show_font(self) -> None:
        own = self.soundfont
        self.name.setText(self.tr("FluidR3 Mono, built in") if own is None else own.name)
        self.name.setToolTip("" if own is None else str(own))
        self.shipped.setEnabled(own is not None)
