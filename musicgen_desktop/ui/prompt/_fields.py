"""Tempo, key, meter, bars and chords: typed, or left to the prompt."""

import re
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QPointF, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import parse_progression_bars
from musicgen_desktop.ui.theme import Sizes, colour, restyle, tokens

KEYS = tuple(
    f"{tonic} {scale}"
    for scale, tonics in (
        ("major", ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")),
        ("minor", ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")),
    )
    for tonic in tonics
)
METERS = ("4/4", "3/4", "6/8", "5/4", "7/8", "12/8", "2/4", "2/2")


class ChordProblem(msgspec.Struct, frozen=True):
    """Where a line of chords cannot be read, in letters from its beginning, and why."""

    start: int
    end: int
    sentence: str


def chord_problem(text: str) -> ChordProblem | None:
    """The first thing that is no chord; None when the line can be read or is empty.

    >>> problem = chord_problem("Am F H7 G")
    >>> problem.start, problem.end
    (5, 7)
    """
    for word in re.finditer(r"[^\s,;|]+", text):
        try:
            parse_progression_bars(text[: word.end()])
        except UserInputError as error:
            quoted = re.search(r"“(.+?)”", str(error))
            if quoted is None:
                continue  # no chord yet: only bar lines and dashes
            inside = word[0].find(quoted[1])
            start = word.start() + max(0, inside)
            end = start + len(quoted[1]) if inside >= 0 else word.end()
            return ChordProblem(start, end, str(error))
    return None


class Field(QWidget):
    """A small heading above its field, or before it.

    `edited` brings every letter typed.
    """

    edited = Signal(str)

    def __init__(self, name: str, line: QLineEdit, whole: QWidget, *, beside: bool = False) -> None:
        super().__init__()
        self.line, self._whole = line, whole
        self.heading = QLabel(name, self)
        self.heading.setProperty("kind", "heading")
        self.heading.setBuddy(whole)
        for each in {line, whole}:
            each.setAccessibleName(name)
        both = QHBoxLayout(self) if beside else QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(6 if beside else 2)
        both.addWidget(self.heading)
        both.addWidget(whole, 1)
        line.textEdited.connect(self.edited)

    def show_text(self, text: str, *, locked: bool, problem: str = "") -> None:
        """What it says, whether it can be typed into, and what is wrong with it."""
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0 if locked else len(text))
        self._whole.setEnabled(not locked)
        tip = self.tr("From the project") if locked else problem
        self._whole.setToolTip(tip)
        if self.line.property("wrong") != bool(problem):
            restyle(self.line, "wrong", bool(problem))


class StepLine(QLineEdit):
    """A number that arrows and wheel step, from a usual one when it is empty; with Shift by a finer step."""

    def __init__(
        self,
        low: float,
        high: float,
        usual: float,
        step: float,
        parent: QWidget | None = None,
        *,
        fine: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._usual = low, high, usual
        self._size, self._fine = step, fine
        self.setPlaceholderText(self.tr("auto"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step; fine with Shift."""
        way = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self._step(way, fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Steps while it has the focus, so that scrolling past changes nothing."""
        if not self.hasFocus() or not event.angleDelta().y():
            event.ignore()
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._step(1 if event.angleDelta().y() > 0 else -1, fine=fine)
        event.accept()

    def _step(self, way: int, *, fine: bool) -> None:
        try:
            value = float(self.text().replace(",", ".")) + way * (self._fine if fine else self._size)
        except ValueError:
            value = self._usual
        text = f"{min(self._high, max(self._low, value)):g}"
        self.setText(text)
        self.textEdited.emit(text)


def number_field(
    name: str, low: float, high: float, usual: float, step: float = 1.0, *, fine: float = 1.0
) -> Field:
    """A field of a number."""
    line = StepLine(low, high, usual, step, fine=fine)
    return Field(name, line, line)


class _ChoiceBox(QComboBox):
    """An editable list whose wheel only turns while it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def choice_field(name: str, choices: Sequence[str]) -> Field:
    """A field with a list to choose from; the first entry leaves it to the prompt."""
    box = _ChoiceBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    line = QLineEdit(box)
    box.setLineEdit(line)
    auto = QCoreApplication.translate("Field", "auto")
    box.addItems([auto, *choices])
    box.setMaxVisibleItems(14)
    box.setMinimumContentsLength(1)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.view().setMinimumWidth(104)
    completer = QCompleter(QStringListModel(list(choices), box), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(completer)
    line.setPlaceholderText(auto)
    line.clear()
    box.setCurrentIndex(-1)
    made = Field(name, line, box)

    def choose(index: int) -> None:
        text = "" if index == 0 else box.itemText(index)
        line.setText(text)
        made.edited.emit(text)

    box.activated.connect(choose)
    return made


class ChordLine(QLineEdit):
    """A line of chords; what is no chord is underlined with a wave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem: ChordProblem | None = None
        self.setPlaceholderText(self.tr("from the prompt, or Am F | C G7"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._check)

    def underline(self) -> tuple[float, float] | None:
        """Where the wave lies, from x to x; None without one."""
        if self.problem is None:
            return None
        metrics = self.fontMetrics()
        cursor = float(self.cursorRect().center().x())
        zero = cursor - metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        return (
            zero + metrics.horizontalAdvance(self.text()[: self.problem.start]),
            zero + metrics.horizontalAdvance(self.text()[: self.problem.end]),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the wave under it."""
        super().paintEvent(event)
        place = self.underline()
        if place is None:
            return
        left, right = max(4.0, place[0]), min(self.width() - 4.0, place[1])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(tokens().bad), 1.2))
        base = self.height() / 2.0 + Sizes.BODY / 2.0 + 2.0
        points = [
            QPointF(left + 2.0 * step, base + (1.0 if step % 2 else -1.0))
            for step in range(max(2, round((right - left) / 2.0) + 1))
        ]
        painter.drawPolyline(QPolygonF(points))

    def _check(self, text: str) -> None:
        self.problem = chord_problem(text)
        self.update()


def chord_field(name: str) -> Field:
    """The line of chords."""
    line = ChordLine()
    return Field(name, line, line, beside=True)
