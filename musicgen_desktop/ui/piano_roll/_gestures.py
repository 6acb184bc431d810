"""Drags over the notes. Each shows a preview while it goes, and makes one edit when it is let go."""

from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from musicgen_desktop.music import Note, pitch_name
from musicgen_desktop.ui.bridges import text_of_place

from ._edits import RollEdits
from ._hit import Hit, note_at
from ._preview import Preview
from ._view_model import RollModel

Sound = Callable[[int, int], None]
"""Let a pitch be heard with a velocity."""


class Held(msgspec.Struct, frozen=True):
    """Which modifiers are held."""

    shift: bool = False
    ctrl: bool = False
    alt: bool = False


def held_of(event: QMouseEvent) -> Held:
    """The modifiers of a mouse event."""
    modifiers = event.modifiers()
    return Held(
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
    )


class Gesture(Protocol):
    """One drag, from press to release."""

    def to(self, x: float, y: float, held: Held) -> None:
        """The mouse is here now."""

    def drop(self) -> None:
        """The button was let go."""


class Move:
    """Notes moved in both axes: Shift keeps to one, Alt leaves copies, Ctrl bypasses the grid."""

    def __init__(
        self, model: RollModel, edits: RollEdits, sound: Sound, note: Note, x: float, y: float
    ) -> None:
        self._model, self._edits, self._sound, self._note = model, edits, sound, note
        self._x, self._y = x, y
        self._row = model.geometry.row_at(y)
        self._heard = note.pitch
        self._by = (0, 0)
        self._copy = False

    def to(self, x: float, y: float, held: Held) -> None:
        """Show where they would land."""
        model, geometry, note = self._model, self._model.geometry, self._note
        wanted = note.start_ticks + (x - self._x) / geometry.px_per_tick
        by_ticks = model.snapped(wanted, bypass=held.ctrl) - note.start_ticks
        if abs(x - self._x) < 3:
            by_ticks = 0
        row = geometry.row_at(y)
        pitch = geometry.rows.pitches[row]
        by_semitones = pitch - geometry.rows.pitches[self._row]
        if held.shift:
            if abs(x - self._x) >= abs(y - self._y):
                by_semitones = 0
            else:
                by_ticks = 0
        moved = _moved(model.selected, by_ticks, by_semitones)
        if model.snaps_to_scale and by_semitones:
            moved = [_at_pitch(each, model.snapped_pitch(each.pitch, each.start_ticks)) for each in moved]
        self._by, self._copy = (by_ticks, by_semitones), held.alt
        lead = _moved((note,), by_ticks, by_semitones)[0]
        lead_pitch = model.snapped_pitch(lead.pitch, lead.start_ticks) if by_semitones else lead.pitch
        if lead_pitch != self._heard:
            self._heard = lead_pitch
            self._sound(lead_pitch, note.velocity)
        hides = () if held.alt else model.selected
        text = _place(model, lead.start_ticks, lead_pitch)
        model.set_preview(Preview(moved, hides, text=f"+ {text}" if held.alt else text))

    def drop(self) -> None:
        """Move them."""
        if any(self._by):
            self._edits.move(self._model.selected, *self._by, copy=self._copy)


class Resize:
    """The left or right edges of the selected notes; Ctrl bypasses the grid."""

    def __init__(self, model: RollModel, edits: RollEdits, hit: Hit, x: float) -> None:
        self._model, self._edits, self._hit, self._x = model, edits, hit, x
        self._by = 0

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Show how long they would be."""
        model, note = self._model, self._hit.note
        edge = note.start_ticks if self._hit.part == "start" else note.end_ticks
        way = (x - self._x) / model.geometry.px_per_tick
        by = model.snapped(edge + way, bypass=held.ctrl) - edge if abs(x - self._x) >= 3 else 0
        self._by = by
        resized = [self._resized(each, by) for each in model.selected]
        lead = self._resized(note, by)
        text = text_of_place(
            (lead.start_ticks if self._hit.part == "start" else lead.end_ticks) + model.zero,
            model.project.meter_map,
        )
        model.set_preview(Preview(resized, model.selected, text=text))

    def drop(self) -> None:
        """Resize them."""
        if self._by:
            if self._hit.part == "start":
                self._edits.resize(self._model.selected, start_by=self._by)
            else:
                self._edits.resize(self._model.selected, end_by=self._by)
            resized = [note for note in self._model.selected if note.pitch == self._hit.note.pitch]
            if resized:
                self._model.last_length = resized[0].length_ticks

    def _resized(self, note: Note, by: int) -> Note:
        shortest = max(1, min(60, note.length_ticks))
        if self._hit.part == "start":
            start = max(0, min(note.start_ticks + by, note.end_ticks - shortest))
            return msgspec.structs.replace(note, start_ticks=start, length_ticks=note.end_ticks - start)
        return msgspec.structs.replace(note, length_ticks=max(note.length_ticks + by, shortest))


class Draw:
    """A new note, as long as the drag; a mere click makes one as long as the last, or as a grid step."""

    def __init__(
        self, model: RollModel, edits: RollEdits, sound: Sound, x: float, y: float, held: Held
    ) -> None:
        self._model, self._edits, self._x = model, edits, x
        # The note's own ticks are counted from the clip's first, where that lies before the content's.
        self._room = model.room_before
        tick = model.geometry.tick_at(x) - model.zero
        step = model.step_at(tick + model.zero)
        # A note begins on the line before the mouse, not on the nearest.
        before = tick if held.ctrl else max(float(-self._room), tick - step / 2)
        start = model.snapped(before, bypass=held.ctrl, with_room=True)
        pitch = model.snapped_pitch(model.geometry.pitch_at(y), start)
        length = model.last_length or step
        self._note = Note(start + self._room, max(1, length), pitch, model.last_velocity)
        self._dragged = False
        sound(pitch, self._note.velocity)
        self._show()

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Show how long it would be."""
        model = self._model
        if not self._dragged and abs(x - self._x) < 4:
            return
        self._dragged = True
        tick = model.geometry.tick_at(x) - model.zero
        end = model.snapped(tick, bypass=held.ctrl, with_room=True) + self._room
        shortest = 60 if held.ctrl else model.step_at(tick + model.zero)
        length = max(shortest, end - self._note.start_ticks)
        self._note = msgspec.structs.replace(self._note, length_ticks=length)
        self._show()

    def drop(self) -> None:
        """Add it."""
        self._edits.add((self._note,), room_ticks=self._room)
        self._model.last_length = self._note.length_ticks

    def _show(self) -> None:
        note = self._note
        text = _place(self._model, note.start_ticks - self._room, note.pitch)
        self._model.set_preview(Preview((note,), text=text, room_ticks=self._room))


class Band:
    """A rectangle that selects what it touches; with Shift, beside what was selected before."""

    def __init__(self, model: RollModel, x: float, y: float, held: Held) -> None:
        self._model, self._y = model, y
        self._tick = model.geometry.tick_at(x)
        self._top = model.geometry.top_px
        self._at_press = model.selected
        self._before = model.selected if held.shift else ()
        model.select(self._before)

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Select what lies in it."""
        model, geometry = self._model, self._model.geometry
        first, last = sorted((self._tick, geometry.tick_at(x)))
        # The rows may have been scrolled since the press.
        top, bottom = sorted((self._y + self._top - geometry.top_px, y))
        rows = range(geometry.row_at(top), geometry.row_at(bottom) + 1)
        pitches = [geometry.rows.pitches[row] for row in rows]
        model.select(self._before)
        model.select(model.arrays.within(first - model.zero, last - model.zero, pitches), add=True)
        model.set_preview(Preview(band=(first, last, top, bottom)))

    def drop(self) -> None:
        """It is selected already."""

    def take_back(self) -> None:
        """Select what was selected before."""
        self._model.select(self._at_press)


class Erase:
    """Every note that the mouse crosses goes."""

    def __init__(self, model: RollModel, edits: RollEdits, x: float, y: float) -> None:
        self._model, self._edits = model, edits
        self._gone: dict[Note, None] = {}
        self.to(x, y, Held())

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """One more, when there is one."""
        hit = note_at(self._model, x, y)
        if hit is not None:
            self._gone[hit.note] = None
            self._model.set_preview(Preview(hides=self._gone))

    def drop(self) -> None:
        """Take them out."""
        if self._gone:
            self._edits.erase(tuple(self._gone))


class Split:
    """Notes are cut where the button is let go; Ctrl bypasses the grid."""

    def __init__(self, model: RollModel, edits: RollEdits, note: Note, x: float, held: Held) -> None:
        self._model, self._edits, self._note = model, edits, note
        self._tick = 0
        self.to(x, 0.0, held)

    def to(self, x: float, y: float, held: Held) -> None:  # noqa: ARG002 - a gesture is told all
        """Show where they would be cut."""
        model = self._model
        self._tick = model.snapped(model.geometry.tick_at(x) - model.zero, bypass=held.ctrl)
        text = text_of_place(self._tick + model.zero, model.project.meter_map)
        model.set_preview(Preview((), cut_tick=self._tick, text=text))

    def drop(self) -> None:
        """Cut the note, and with it those selected that sound there too."""
        chosen = self._model.selected if self._note in self._model.selected else (self._note,)
        if any(note.start_ticks < self._tick < note.end_ticks for note in chosen):
            self._edits.split(chosen, self._tick)


def _moved(notes: tuple[Note, ...], by_ticks: int, by_semitones: int) -> list[Note]:
    """As `move_notes` does it: together, as far as all can go."""
    by_ticks = max(by_ticks, -min(note.start_ticks for note in notes))
    by_semitones = max(by_semitones, -min(note.pitch for note in notes))
    by_semitones = min(by_semitones, 127 - max(note.pitch for note in notes))
    return [
        Note(note.start_ticks + by_ticks, note.length_ticks, note.pitch + by_semitones, note.velocity)
        for note in notes
    ]


def _at_pitch(note: Note, pitch: int) -> Note:
    return Note(note.start_ticks, note.length_ticks, pitch, note.velocity)


def _place(model: RollModel, tick: int, pitch: int) -> str:
    rows = model.geometry.rows
    row = int(rows.of_pitch[pitch])
    name = rows.names[row] if row >= 0 else pitch_name(pitch)
    return f"{text_of_place(tick + model.zero, model.project.meter_map)}  ·  {name}"
