"""The engines that can make music here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from musicgen_desktop.session.controllers.catalogue import EngineEntry
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import text_label

from ._card import Card

_OURS = "composer"


class EnginesCard(Card):
    """Each with what it does, whose its music is, and what it can write."""

    def __init__(self, engines: Sequence[EngineEntry], parent: QWidget | None = None) -> None:
        super().__init__("compose", self.tr("Engines"), parent)
        for engine in engines:
            self._add(engine)
        if all(engine.id == _OURS for engine in engines):
            none = self.tr("No neural model is installed; all that the window offers works without one.")
            self.column.addWidget(text_label(none, self, kind="soft", wrap=True))
        asked = self.tr(
            "Nothing is downloaded unless you ask for it, and nothing you make leaves this machine."
        )
        self.column.addWidget(text_label(asked, self, kind="soft", wrap=True))
        self.column.addStretch(1)

    def _add(self, engine: EngineEntry) -> None:
        worn = tokens()
        row = QHBoxLayout()
        row.setSpacing(6)
        name = text_label(engine.name, self)
        name.setStyleSheet("font-weight: 600;")
        row.addWidget(name)
        row.addStretch(1)
        sign, words, tint = (
            ("export", self.tr("Needs a download"), worn.warn)
            if engine.needs_download
            else ("check", self.tr("Installed"), worn.good)
        )
        picture = QLabel(self)
        picture.setPixmap(icon(sign, tint).pixmap(14, 14))
        row.addWidget(picture)
        row.addWidget(text_label(words, self, kind="soft"))
        self.column.addLayout(row)
        self.column.addWidget(text_label(engine.description, self, wrap=True))
        sold = {
            True: self.tr("What it makes may be sold."),
            False: self.tr("What it makes may not be sold."),
            None: "",
        }[engine.commercial_use]
        self.column.addWidget(text_label(f"{engine.licence} {sold}".strip(), self, kind="soft", wrap=True))
        if engine.stems:
            stems = self.tr("Writes {stems}.").format(stems=", ".join(engine.stems))
            remake = self.tr("Bars of a stem can be made again.") if engine.can_remake else ""
            self.column.addWidget(text_label(f"{stems} {remake}".strip(), self, kind="soft", wrap=True))
        self.column.addSpacing(4)
