"""The files and takes that the selection came from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.document import Origin, Take
from musicgen_desktop.ui.theme import dress, icon, tokens
from musicgen_desktop.ui.widgets import IconButton, TextButton

from ._form import Form, heading, line, side_by_side, words
from ._provenance_words import (
    created_words,
    engine_words,
    grid_lines,
    licence_words,
    origin_words,
    parameter_lines,
)

_MOST_CARDS = _MOST_FILES = 3


class Provenance(QWidget):
    """Where the selection came from: files of others, with what they say of their rights, and its newest
    takes, each with its licence, its recipe and how it fits the grid.
    """

    copied = Signal(str)
    """What went to the clipboard, in one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[Take, ...], tuple[Origin, ...]] | None = None
        self.files: list[QWidget] = []
        self.cards: list[TakeCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(line(self))
        self._column.addWidget(heading(self.tr("Provenance"), self))
        self.note = words(self, wrap=True, kind="soft")
        self._column.addWidget(self.note)

    def show_rights(self, takes: Sequence[Take], origins: Sequence[Origin]) -> None:
        """Other takes and files, or the same ones changed."""
        shown = tuple(takes), tuple(origins)
        if shown == self._shown:
            return
        self._shown = shown
        for old in (*self.files, *self.cards):
            old.hide()
            old.deleteLater()
        self.files = [_rights_row(origin_words(each), self, is_free=False) for each in origins[:_MOST_FILES]]
        self.cards = [TakeCard(take, self) for take in takes[:_MOST_CARDS]]
        for number, made in enumerate((*self.files, *self.cards)):
            self._column.insertWidget(2 + number, made)
        for card in self.cards:
            card.copied.connect(self.copied)
        self.note.setText(self._rest(len(takes) - len(self.cards), len(origins) - len(self.files)))
        self.note.setVisible(bool(self.note.text()))

    def _rest(self, takes: int, files: int) -> str:
        """What is not shown, or why nothing is."""
        if not self.cards and not self.files:
            return self.tr("No take and no file of others is known behind it.")
        said = self.tr("And %n more file(s): see the rights sheet of an export.", "", files) if files else ""
        more = self.tr("And %n more take(s): see the browser.", "", takes) if takes else ""
        return " ".join(filter(None, (said, more)))


class TakeCard(QWidget):
    """One take."""

    copied = Signal(str)

    def __init__(self, take: Take, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take = take
        name = words(self, wrap=True)
        name.setText(take.name or self.tr("A take"))
        name.setStyleSheet("font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(name)
        column.addWidget(_rights_row(self.licence, self, is_free=take.commercial_use))
        column.addWidget(self._recipe())
        self._details = words(self, wrap=True, kind="soft")
        self._details.setText(self._detail_text())
        self._details.hide()
        self.more = TextButton(self.tr("Parameters"), self, kind="tab", icon_name="right", checkable=True)
        self.more.toggled.connect(self._on_more)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._details)
        column.addWidget(self._grid())

    @property
    def licence(self) -> str:
        """What it says of selling."""
        return licence_words(self._take)

    @property
    def details(self) -> str:
        """Parameters and versions, a line each."""
        return self._details.text()

    def _recipe(self) -> Form:
        take = self._take
        form = Form(self)
        engine, created = words(self), words(self)
        engine.setText(engine_words(take))
        seed = words(self)
        seed.setText(str(take.seed))
        self.copy = IconButton("copy", self.tr("Copy the seed {seed}").format(seed=take.seed), self)
        self.copy.clicked.connect(self._on_copy)
        prompt = words(self, wrap=True)
        prompt.setText(f"“{take.prompt}”" if take.prompt else "–")
        created.setText(created_words(take))
        form.add(self.tr("Engine"), engine)
        form.add(self.tr("Seed"), side_by_side(seed, self.copy, parent=self))
        form.add(self.tr("Prompt"), prompt)
        form.add(self.tr("Created"), created)
        return form

    def _grid(self) -> QWidget:
        form = Form(self)
        form.add_wide(heading(self.tr("Grid"), self))
        lines = grid_lines(self._take)
        for what, how_much, is_good in lines:
            text = words(self, wrap=True)
            sign = "" if is_good is None else "✓ " if is_good else "✗ "
            text.setText(f"{sign}{how_much}")
            if is_good is not None:
                text.setStyleSheet(f"color: {tokens().good if is_good else tokens().warn};")
            form.add(what, text)
        if not lines:
            text = words(self, wrap=True, kind="soft")
            text.setText(self.tr("Not measured: made on the grid, not listened to yet."))
            form.add_wide(text)
        return form

    def _detail_text(self) -> str:
        versions = (f"{name} {version}" for name, version in self._take.versions.items())
        return "\n".join((*parameter_lines(self._take.request), *versions))

    def _on_more(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        dress(self.more, "down" if shown else "right")
        self._details.setVisible(shown)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._take.seed))
        self.copied.emit(self.tr("Seed {seed} copied.").format(seed=self._take.seed))


def _rights_row(sentence: str, parent: QWidget, *, is_free: bool) -> QWidget:
    """What is known of some rights, with a sign."""
    worn = tokens()
    made = QWidget(parent)
    sign = QLabel(made)
    sign.setPixmap(
        icon("licence" if is_free else "warning", worn.good if is_free else worn.warn).pixmap(16, 16)
    )
    text = words(made, wrap=True, kind="soft")
    text.setText(sentence)
    if not is_free:
        text.setStyleSheet(f"color: {worn.warn};")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    return made
