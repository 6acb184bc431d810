"""The engines that can make music here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from musicgen_desktop.session.controllers.catalogue import EngineEntry
from musicgen_desktop.session.controllers.models import ENGINE
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import text_label

from ._card import Card

_OURS = ("composer", ENGINE)


class EnginesCard(Card):
    """Each with what it does, whose its music is, and what it can write."""

    def __init__(self, engines: Sequence[EngineEntry], parent: QWidget | None = None) -> None:
        super().__init__("compose", self.tr("Engines"), parent)
        self._signs: dict[str, tuple[QLabel, QLabel]] = {}
        for engine in engines:
            self._add(engine)
        self._none = text_label("", self, kind="soft", wrap=True)
        self._show_none(is_so=all(engine.id in _OURS for engine in engines))
        self.column.addWidget(self._none)
        asked = self.tr(
            "Nothing is downloaded unless you ask for it, and nothing you make leaves this machine."
        )
        self.column.addWidget(text_label(asked, self, kind="soft", wrap=True))
        self.column.addStretch(1)

    def tell_models(self, count: int) -> None:
        """So many models of MusicGen are installed."""
        if ENGINE in self._signs:
            self._show_none(is_so=count == 0)
            self._show_sign(ENGINE, needs_download=count == 0)

    def _show_none(self, *, is_so: bool) -> None:
        none = self.tr("No neural model is installed; all that the window offers works without one.")
        self._none.setText(none if is_so else "")
        self._none.setVisible(is_so)

    def _show_sign(self, engine: str, *, needs_download: bool) -> None:
        worn = tokens()
        sign, words, tint = (
            ("download", self.tr("Needs a download"), worn.warn)
            if needs_download
            else ("check", self.tr("Installed"), worn.good)
        )
        picture, label = self._signs[engine]
        picture.setPixmap(icon(sign, tint).pixmap(14, 14))
        label.setText(words)

    def _add(self, engine: EngineEntry) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        name = text_label(engine.name, self)
        name.setStyleSheet("font-weight: 600;")
        row.addWidget(name)
        row.addStretch(1)
        self._signs[engine.id] = QLabel(self), text_label("", self, kind="soft")
        self._show_sign(engine.id, needs_download=engine.needs_download)
        for part in self._signs[engine.id]:
            row.addWidget(part)
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
