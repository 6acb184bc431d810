"""Controllers that move parameters: gestures become steps of the history, and what waits is told once."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from musicgen_desktop.document import MidiBinding, MidiController
from musicgen_desktop.foundation import new_id
from musicgen_desktop.session.controllers.learning import ControlSurface, Moved, Takeover

from ._project import ProjectBridge
from ._status import Status

_GESTURE_MS = 600
"""A hand that rests so long has ended its gesture: the next move is another step of the history."""
_APART_MS = 8
"""Moves that come faster than this are made together: each edit has the window paint."""


class ControllerHand(QObject):
    """Makes the edits that moves of bound controllers mean, and says what one has to do first."""

    def __init__(self, project: ProjectBridge, status: Status, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._status = project, status
        self._surface = ControlSurface()
        self._moves: list[tuple[MidiController, int]] = []
        self._waiting: frozenset[str] = frozenset()
        self._endless: set[str] = set()
        """Bindings of which that was said."""
        self._gesture = ""
        self.rest = QTimer(self)
        """Runs until the gesture is over."""
        self.rest.setSingleShot(True)
        self.rest.setInterval(_GESTURE_MS)
        self.rest.timeout.connect(self._end_gesture)
        self.apart = QTimer(self)
        """Runs while moves are gathered."""
        self.apart.setSingleShot(True)
        self.apart.setInterval(_APART_MS)
        self.apart.setTimerType(Qt.TimerType.PreciseTimer)
        self.apart.timeout.connect(self._make_moves)

    def take_over(self, takeover: Takeover) -> None:
        """Say when a parameter begins to follow its controller."""
        self._surface.takeover = takeover

    def forget(self) -> None:
        """Another project is open."""
        self._surface.forget()
        self._moves.clear()
        self._waiting = frozenset()

    def see(self, binding: MidiBinding, value: int) -> None:
        """Know where a controller stands that was just learned."""
        self._surface.see(binding, value)

    def move(self, moves: Sequence[tuple[MidiController, int]]) -> None:
        """Move what is bound, at once or a moment later: a slow window does not fall behind the hand."""
        self._moves += moves
        if not self.apart.isActive():
            self._make_moves()

    def _make_moves(self) -> None:
        moves, self._moves = self._moves, []
        bindings = self._project.project.midi_bindings
        if bindings and moves:
            self.apart.start()
            self._make(self._surface.move(self._project.project, bindings, moves))

    def _make(self, moved: Moved) -> None:
        if moved.edit is not None:
            self._gesture = self._gesture or new_id("midi")
            self.rest.start()
            self._project.apply(moved.edit, self._gesture)
        for each in moved.waiting:
            if each.binding.id not in self._waiting:
                text = (
                    self.tr("“{name}” waits for its controller: turn it up to take over.")
                    if each.is_up
                    else self.tr("“{name}” waits for its controller: turn it down to take over.")
                )
                self._status.say(text.format(name=each.label))
        for knob in moved.endless:
            if knob.binding.id not in self._endless:
                self._endless.add(knob.binding.id)
                text = self.tr(
                    "The controller of “{name}” seems to be an endless knob: choose “Steps” for it in"
                    " MIDI and controllers."
                )
                self._status.say(text.format(name=knob.label), "warn")
        touched = {each.binding.id for each in moved.touched}
        self._waiting = (self._waiting | {each.binding.id for each in moved.waiting}) - touched

    def _end_gesture(self) -> None:
        self._gesture = ""
        self._project.end_merge()
