"""Step input: keys of a MIDI keyboard become notes, one step after the other, without the clock running."""

from typing import Literal

from musicgen_desktop.document import Project
from musicgen_desktop.music import Note

from ._draw import selection_in
from ._exchange import NotesEdit, exchange_notes

KeyMove = tuple[Literal["note_on", "note_off"], int, int]
"""What a key did, its pitch, and its velocity; a note-on of velocity 0 is a note-off, as MIDI has it."""


class StepInput:
    """Where the next step goes, and which keys are being collected for it.

    Keys that are held together become one chord; it is written when the last of them is let go. Nothing is
    kept of the project: each method is handed the present one, and the caller applies the edit it gets.

    Attributes:
        step_ticks: how long the next step is, at least 1. May be set at any time.
        position_ticks: where it starts, in content ticks of the clip. May be set at any time.
    """

    def __init__(self, clip_id: str, *, step_ticks: int, position_ticks: int = 0) -> None:
        """Begin at a place of a notes clip."""
        self.step_ticks = step_ticks
        self.position_ticks = position_ticks
        self._clip_id = clip_id
        self._held: set[int] = set()
        self._chord: dict[int, int] = {}  # pitch → velocity
        self._steps: list[tuple[int, tuple[Note, ...]]] = []  # where each began, and what it wrote

    @property
    def chord(self) -> tuple[int, ...]:
        """The pitches collected so far for the next step, ascending."""
        return tuple(sorted(self._chord))

    def feed(self, project: Project, message: KeyMove) -> NotesEdit | None:
        """Hear a key. The step's notes when this was the last key let go, else None.

        Raises:
            UserInputError: when the clip is gone.
        """
        kind, pitch, velocity = message
        if kind == "note_on" and velocity > 0:
            self._held.add(pitch)
            self._chord[pitch] = velocity
            return None
        self._held.discard(pitch)
        if self._held or not self._chord:
            return None
        notes = tuple(
            Note(self.position_ticks, self.step_ticks, pitch, velocity)
            for pitch, velocity in sorted(self._chord.items())
        )
        self._chord.clear()
        edit = exchange_notes(project, self._clip_id, "Step input", (), notes, grow=True)
        self._advance(edit.notes)
        return edit

    def rest(self) -> None:
        """Leave one step silent."""
        self._advance(())

    def tie(self, project: Project) -> NotesEdit | None:
        """Let the notes of the step before last one step longer; None when it wrote none.

        Raises:
            UserInputError: when the clip is gone.
        """
        tied = selection_in(project, self._clip_id, self._steps[-1][1] if self._steps else ())
        if not tied:
            return None
        longer = [
            Note(note.start_ticks, note.length_ticks + self.step_ticks, note.pitch, note.velocity)
            for note in tied
        ]
        edit = exchange_notes(project, self._clip_id, "Step input", tied, longer, grow=True)
        began, _ = self._steps.pop()
        self._steps.append((began, edit.notes))
        self.position_ticks += self.step_ticks
        return edit

    def back(self, project: Project) -> NotesEdit | None:
        """Take the step before back and stand where it began; None when it wrote nothing.

        Before the first step the position goes one step left, not below 0.

        Raises:
            UserInputError: when the clip is gone.
        """
        if not self._steps:
            self.position_ticks = max(0, self.position_ticks - self.step_ticks)
            return None
        self.position_ticks, written = self._steps.pop()
        gone = selection_in(project, self._clip_id, written)
        return exchange_notes(project, self._clip_id, "Step input", gone, ()) if gone else None

    def release(self) -> None:
        """Forget keys that are held, as when the keyboard is unplugged or the window loses it."""
        self._held.clear()
        self._chord.clear()

    def _advance(self, written: tuple[Note, ...]) -> None:
        self._steps.append((self.position_ticks, written))
        self.position_ticks += self.step_ticks
