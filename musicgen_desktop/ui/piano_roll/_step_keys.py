"""Step input by a MIDI keyboard, or the computer's: A S D F … are the white keys, the row above the black."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands.notes import NotesEdit, StepInput

from ._audition import Audition
from ._view_model import RollModel

KEY_ROW = "AWSEDFTGYHUJKOLP"
"""C, C#, D, … from the octave's C upwards."""
_REST = (Qt.Key.Key_Right, Qt.Key.Key_0)
_TIE = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class StepKeys(QObject):
    """While on, it takes these keys before any shortcut does. Keys held together become one chord.

    A … P are notes, Z and X another octave, Right or 0 a rest, + lengthens the step before, Backspace takes
    it back, Left goes a step back without taking anything, Esc ends it.
    """

    def __init__(self, model: RollModel, audition: Audition, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._audition = model, audition
        self._input: StepInput | None = None
        self._down: dict[int, int] = {}
        self.octave = 4
        """Of the key A, as in “C4”."""
        self.velocity = 96
        model.bridges.project.changed.connect(self._follow)
        model.bridges.selection.edited_clip_changed.connect(self.end)
        model.bridges.player.key_moved.connect(self.play)

    @property
    def is_on(self) -> bool:
        """Whether keys are steps."""
        return self._input is not None

    def begin(self) -> None:
        """Begin behind the selection, else at the play head, else at the clip's start."""
        model, clip = self._model, self._model.clip
        if clip is None:
            return
        head = self._model.play_tick
        if model.selected:
            at = max(note.end_ticks for note in model.selected)
        elif head is not None and model.content_start <= head - model.zero < model.content_end:
            at = model.snapped(head - model.zero)
        else:
            at = model.content_start
        step = model.step_at(at + model.zero)
        self._input = StepInput(clip.id, step_ticks=step, position_ticks=max(0, at))
        model.bridges.player.listen("steps", model.project.track_of_clip(clip.id).id)
        model.bridges.status.say(
            self.tr(
                "Step input: A W S E D … write notes, 0 is a rest, + a tie, Backspace goes back, Esc ends."
            )
        )
        self._show()

    def end(self) -> None:
        """Keys are shortcuts again."""
        if self._input is not None:
            self._model.bridges.player.listen("steps")
        self._input = None
        self._down.clear()
        self._audition.end()
        self._model.set_step_tick(None)

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is a step's."""
        if self._input is None or event.modifiers() & ~_HARMLESS:
            return False
        key = event.key()
        others = (*_REST, *_TIE, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Z, Qt.Key.Key_X)
        return key in others or _place(key) is not None

    def handle(self, event: QEvent) -> bool:
        """Take an event of the notes' view; whether it was a step's."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self.wants(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self.wants(event):
            self._press(event)
            return True
        if event.type() == QEvent.Type.KeyRelease and event.key() in self._down:
            if not event.isAutoRepeat():
                self._release(event.key())
            return True
        return False

    def play(self, pitch: int, velocity: int) -> None:
        """A key of any keyboard: struck with a velocity, or let go with 0."""
        if self._input is not None:
            kind: Literal["note_on", "note_off"] = "note_on" if velocity else "note_off"
            self._try(lambda step: step.feed(self._model.project, (kind, pitch, velocity)))
            self._show()

    def release_all(self) -> None:
        """The window lost the keyboard."""
        self._down.clear()
        self._audition.end()
        if self._input is not None:
            self._input.release()

    def _press(self, event: QKeyEvent) -> None:
        key, place, step = event.key(), _place(event.key()), self._input
        if step is None:
            return
        if place is not None:
            pitch = 12 * (self.octave + 1) + place
            if event.isAutoRepeat() or key in self._down or pitch > 127:
                return
            step.step_ticks = self._model.step_at(step.position_ticks + self._model.zero)
            self._down[key] = pitch
            self._audition.strike(pitch, self.velocity)
            self.play(pitch, self.velocity)
        elif key in _REST:
            step.rest()
        elif key in _TIE:
            self._try(lambda each: each.tie(self._model.project))
        elif key == Qt.Key.Key_Backspace:
            self._try(lambda each: each.back(self._model.project))
        elif key == Qt.Key.Key_Left:
            step.position_ticks = max(0, step.position_ticks - step.step_ticks)
        elif key in (Qt.Key.Key_Z, Qt.Key.Key_X):
            self.octave = max(-1, min(9, self.octave + (1 if key == Qt.Key.Key_X else -1)))
            name = f"C{self.octave}"
            self._model.bridges.status.say(self.tr("The key A is {name} now.").format(name=name))
        self._show()

    def _release(self, key: int) -> None:
        pitch = self._down.pop(key)
        if not self._down:
            self._audition.end()
        self.play(pitch, 0)
        self._show()

    def _try(self, act: Callable[[StepInput], NotesEdit | None]) -> None:
        step, bridge = self._input, self._model.bridges.project
        if step is None:
            return
        try:
            edit = act(step)
        except UserInputError as error:
            bridge.refused.emit(str(error))
            return
        if edit is not None and bridge.apply(edit):
            self._model.select(edit.notes)

    def _show(self) -> None:
        step = self._input
        self._model.set_step_tick(None if step is None else step.position_ticks)
        if step is None:
            return
        geometry = self._model.geometry
        x = geometry.x_of(step.position_ticks + self._model.zero)
        if not 0 <= x < geometry.width - 40:
            left = geometry.left_tick + (x - geometry.width / 4) / geometry.px_per_tick
            self._model.show(geometry.scrolled(left, geometry.top_px))

    def _follow(self) -> None:
        if self._input is not None and self._model.clip is None:
            self.end()


_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def _place(key: int) -> int | None:
    """Semitones above the octave's C."""
    letter = chr(key) if ord("A") <= key <= ord("Z") else ""
    return KEY_ROW.index(letter) if letter and letter in KEY_ROW else None
