"""“To your DAW”: the ways that music takes out of the window, and back."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.handover import exports_folder
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.widgets import Columns, ScrollPage, TextButton, copy_paths, reveal, text_label

from ._pictures import Paint, Picture, paint_drag, paint_folder, paint_send

_SEND, _EXCHANGE = "file.send", "file.exchange"


class BridgePage(ScrollPage):
    """Three cards: drag; send, and the way back; the folder where all of it lies.

    Args:
        bridges: the project, and the window's actions, of which it uses “file.send” and “file.exchange”.
    """

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("To your DAW"), parent, widest=1320, margin=16)
        self._bridges = bridges
        self._cards = Columns(260, self)
        self._add_drag()
        self._add_send()
        self._add_folder()
        self.column.addWidget(self._cards, 1)
        bridges.project.opened.connect(self._show)
        bridges.project.saved_changed.connect(self._show)
        self._show()

    @property
    def exports(self) -> Path:
        """Where handed-over files of the open project lie."""
        project = self._bridges.project
        return exports_folder(project.project, project.folder)

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have come since."""
        super().showEvent(event)
        self._show()

    def _add_drag(self) -> None:
        self._card(
            paint_drag,
            self.tr("Drag"),
            self.tr(
                "Clips, tracks, takes and the mix have a handle of six dots. Rest the mouse on it and the"
                " file is made; drag it and drop it on a track of your DAW."
            ),
            self.tr("Drag: WAV, tagged with its tempo"),
            self.tr("Ctrl and drag: MIDI"),
            self.tr("Ctrl, Shift and drag: both"),
        )

    def _add_send(self) -> None:
        self.send = TextButton(self.tr("Send to DAW…"), self, kind="primary")
        listed = next((each for each in self._bridges.actions.listed() if each.id == _SEND), None)
        keys = "" if listed is None or not listed.shortcuts else listed.shortcuts[0]
        self.send.setEnabled(listed is not None)
        if listed is not None:
            self.send.clicked.connect(listed.action.trigger)
        self.exchange = TextButton(self.tr("Exchange folder…"), self)
        listed = next((each for each in self._bridges.actions.listed() if each.id == _EXCHANGE), None)
        self.exchange.setEnabled(listed is not None)
        if listed is not None:
            self.exchange.clicked.connect(listed.action.trigger)
        self._card(
            paint_send,
            self.tr("Send"),
            self.tr(
                "Writes the song as a project for your DAW (DAWproject, REAPER, Ardour), or as stems, MIDI"
                " files and the mix, with a sheet of rights. All stems are of one length, so that they line"
                " up when they are put at the same bar."
            ),
            self.tr("Shortcut: {keys}").format(keys=keys) if keys else "",
            self.tr("And back: what your DAW bounces into the exchange folder is offered as a track."),
            buttons=(self.send, self.exchange),
        )

    def _add_folder(self) -> None:
        self.show_folder = TextButton(self.tr("Show in folder"), self, icon_name="reveal")
        self.show_folder.clicked.connect(lambda: reveal(self.exports))
        self.copy = TextButton(self.tr("Copy path"), self, icon_name="copy")
        self.copy.clicked.connect(lambda: copy_paths([self.exports]))
        self.place = text_label("", self, kind="faint", wrap=True)
        card = self._card(
            paint_folder,
            self.tr("Exports folder"),
            self.tr(
                "Files that were dragged stay here, for your DAW goes on reading them. Nothing in it is ever"
                " deleted by this program."
            ),
            buttons=(self.show_folder, self.copy),
        )
        card.insertWidget(card.count() - 2, self.place)

    def _card(
        self, paint: Paint, title: str, text: str, *lines: str, buttons: tuple[TextButton, ...] = ()
    ) -> QVBoxLayout:
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setAccessibleName(title)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(Picture(paint, card))
        column.addWidget(text_label(title, card, kind="title"))
        column.addWidget(text_label(text, card, wrap=True))
        for line in lines:
            if line:
                column.addWidget(text_label(line, card, kind="soft", wrap=True))
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._cards.add(card)
        return column

    def _show(self) -> None:
        there = self.exports.is_dir()
        self.show_folder.setEnabled(there)
        self.place.setText(
            str(self.exports) if there else self.tr("It is made with the first file that is dragged out.")
        )
