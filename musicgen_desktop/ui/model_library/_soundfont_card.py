"""The SoundFont that plays General MIDI programs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from musicgen_desktop.session.controllers.catalogue import SoundFontEntry
from musicgen_desktop.ui.widgets import NoticeBar, TextButton, text_label

from ._card import Card


class SoundFontCard(Card):
    """Which one is in use, and whether songs with it may be sold."""

    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("midi", self.tr("SoundFont"), parent)
        self.name = text_label("", self)
        self.name.setStyleSheet("font-weight: 600;")
        self.rights = text_label("", self, kind="soft", wrap=True)
        self.notice = NoticeBar(self)
        self.choose = TextButton(self.tr("Choose another in the settings…"), self, icon_name="settings")
        self.choose.clicked.connect(self.settings_requested)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        self.column.addWidget(self.name)
        self.column.addWidget(self.rights)
        self.column.addWidget(self.notice)
        self.column.addStretch(1)
        self.column.addLayout(row)

    def show_font(self, font: SoundFontEntry) -> None:
        """What plays."""
        self.notice.hide()
        if font.problem:
            self.name.setText(self.tr("None that can be used"))
            self.rights.setText("")
            self.notice.say(font.problem, mood="warn")
        elif font.path is None:
            self.name.setText(self.tr("Built-in synthesizer"))
            self.rights.setText(
                self.tr("The SoundFont player is not installed, so the synthesizer plays every program.")
            )
        elif font.is_shipped:
            self.name.setText(self.tr("FluidR3 Mono"))
            self.rights.setText(
                self.tr("All General MIDI instruments. It came with the program, under the MIT licence.")
            )
        else:
            self.name.setText(font.path.name)
            self.name.setToolTip(str(font.path))
            self.rights.setText(self.tr("Your own; its licence decides whether songs with it may be sold."))
