"""A against B: two takes, one click from one to the other while they sound."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets import TextButton

from ._model import KEYS
from ._painter import paint_key

_HEIGHT, _MARGIN, _TEXT_X = 38, 9, 27


class SideButton(TextButton):
    """A large letter, and beside it which take that is: its name above its key and its seed.

    The middle of a long name gives way: names are often alike at their beginning, and may even be equal.
    """

    def __init__(self, letter: str, parent: QWidget) -> None:
        super().__init__("", parent, kind="segment", checkable=True)
        self._letter, self._name, self._key, self._seed = letter, "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(f"min-height: {_HEIGHT - 6}px;")  # the theme's is for one line

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(150, _HEIGHT)

    @property
    def shown(self) -> tuple[str, str, str]:
        """Name, as far as there is room for it, key and seed."""
        room = self.width() - _TEXT_X - _MARGIN
        name = QFontMetrics(font(Sizes.SMALL)).elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        return name, self._key, self._seed

    def show_take(self, candidate: Candidate | None, key: str) -> None:
        """Another take; `key` is “1” to “4”, or empty for older ones."""
        self._name = candidate.take.name if candidate is not None else ""
        self._seed = f"#{candidate.take.seed}" if candidate is not None else ""
        self._key = key
        said = self.tr("Audition {letter}: {name}").format(
            letter=self._letter, name=f"{self._name} {self._seed}"
        )
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button and its words."""
        super().paintEvent(event)
        worn, (name, key, seed) = tokens(), self.shown
        if not self._name:
            return
        painter = QPainter(self)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colour(worn.accent if self.isChecked() else worn.text))
        painter.setFont(font(Sizes.TITLE, 600))
        painter.drawText(QRect(_MARGIN, 0, _TEXT_X - _MARGIN, self.height()), left, self._letter)
        painter.setFont(font(Sizes.SMALL))
        painter.drawText(QRect(_TEXT_X, 3, self.width() - _TEXT_X, 16), left, name)
        x = _TEXT_X
        if key:
            paint_key(painter, QRectF(x, 20.0, 13.0, 14.0), key)
            x += 18
        painter.setFont(font(Sizes.TINY, tabular=True))
        painter.setPen(colour(worn.text_soft))
        painter.drawText(QRect(x, 19, self.width() - x - 4, 16), left, seed)


class CompareBar(QWidget):
    """Two buttons with the names of the takes, and whether the project sounds with them."""

    side_requested = Signal(int)
    with_project_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides: tuple[str, str] = ("", "")
        """The ids of A and B: the two newest takes until others are chosen."""
        self._is_chosen = False
        self.buttons = tuple(SideButton(letter, self) for letter in "AB")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, number=number: self.side_requested.emit(number))
            row.addWidget(button, 1)
        self.with_project = QCheckBox(self.tr("with project"), self)
        self.with_project.setChecked(True)
        self.with_project.setAccessibleName(self.tr("Audition with the project"))
        self.with_project.setToolTip(self.tr("Audition over the other tracks of the project"))
        row.addSpacing(2)
        row.addWidget(self.with_project)
        self.with_project.toggled.connect(self.with_project_changed)

    def choose(self, number: int, take_id: str) -> None:
        """Let a take be A (0) or B (1); one that was the other side changes places with it."""
        sides = list(self.sides)
        if sides[1 - number] == take_id:
            sides[1 - number] = sides[number]
        sides[number] = take_id
        self.sides = (sides[0], sides[1])
        self._is_chosen = True

    def show_takes(self, candidates: Sequence[Candidate], sounding: str, *, over_project: bool) -> None:
        """The shelf as it is."""
        known = {each.id: each for each in candidates}
        keys = {each.id: str(number) for number, each in enumerate(candidates[:KEYS], 1)}
        if not self._is_chosen or any(side not in known for side in self.sides):
            self._is_chosen = False
            newest = [each.id for each in candidates[:2]]
            self.sides = (newest[0] if newest else "", newest[1] if len(newest) > 1 else "")
        for number, button in enumerate(self.buttons):
            take_id = self.sides[number]
            button.show_take(known.get(take_id), keys.get(take_id, ""))
            button.setEnabled(bool(take_id))
            button.setChecked(bool(take_id) and take_id == sounding)
        self.with_project.setVisible(over_project)
        for button in self.buttons:
            button.setVisible(len(candidates) > 1)
        self.setVisible(over_project or len(candidates) > 1)
