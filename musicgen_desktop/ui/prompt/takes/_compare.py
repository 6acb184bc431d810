"""A against B: two takes, one click from one to the other while they sound."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.widgets import TextButton


class _SideButton(TextButton):
    """A letter and as much of a name as there is room for."""

    def __init__(self, letter: str, parent: QWidget) -> None:
        super().__init__(letter, parent, kind="segment", checkable=True)
        self._letter, self._name = letter, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Another take."""
        self._name = name
        said = self.tr("Audition {letter}: {name}").format(letter=self._letter, name=name)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        room = max(16, self.width() - 30)
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{self._letter}  {name}")


class CompareBar(QWidget):
    """Two buttons with the names of the takes, and whether the project sounds with them."""

    side_requested = Signal(int)
    with_project_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides: tuple[str, str] = ("", "")
        """The ids of A and B: the two newest takes until others are chosen."""
        self._is_chosen = False
        self.buttons = tuple(_SideButton(letter, self) for letter in "AB")
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
        row.addSpacing(8)
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
        names = {each.id: each.take.name for each in candidates}
        if not self._is_chosen or any(side not in names for side in self.sides):
            self._is_chosen = False
            newest = [each.id for each in candidates[:2]]
            self.sides = (newest[0] if newest else "", newest[1] if len(newest) > 1 else "")
        for number, button in enumerate(self.buttons):
            take_id = self.sides[number]
            button.show_name(names.get(take_id, ""))
            button.setEnabled(bool(take_id))
            button.setChecked(bool(take_id) and take_id == sounding)
        self.with_project.setVisible(over_project)
        for button in self.buttons:
            button.setVisible(len(candidates) > 1)
        self.setVisible(over_project or len(candidates) > 1)
