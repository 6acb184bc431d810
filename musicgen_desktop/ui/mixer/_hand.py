"""What the mouse does between press and release: each drag is one step, and can be cancelled."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt

from musicgen_desktop.foundation import new_id

from ._geometry import gain_of_way
from ._view_model import MixerViewModel

_FINE = 10.0
_KNOB_WAY = 160.0
"""So many pixels are the whole range of a knob."""


class Drag(Protocol):
    """One drag."""

    def move(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse is somewhere else."""

    def release(self) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Esc: as if it had never begun."""


class FaderDrag:
    """Moves a fader, and those linked to it. The handle never jumps to the mouse: it goes the way it goes."""

    def __init__(self, model: MixerViewModel, track_id: str, fader: QRect, place: QPoint) -> None:
        self._model = model
        self._track_id = track_id
        self._fader = fader
        self._starts_db = model.starts_db(track_id)
        self._key = new_id("drag")
        self._held = model.hold()
        self._last = place
        self._way = 0.0

    def move(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The fader follows; ten times slower with Shift."""
        fine = _FINE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
        self._way += (self._last.y() - place.y()) / fine
        self._last = place
        gain_db = gain_of_way(self._fader, self._starts_db[self._track_id], self._way)
        self._model.move_faders(self._starts_db, self._track_id, gain_db, self._key)

    def release(self) -> None:
        """One step."""
        self._model.let_go()

    def cancel(self) -> None:
        """Back to where it stood."""
        self._model.let_go()
        self._model.take_back(self._held)


class KnobDrag:
    """Turns a knob by going up and down.

    Args:
        model: for the history.
        share: where the knob stands, 0 to 1.
        turn: told the new share and the merge key.
        place: of the mouse.
    """

    def __init__(
        self, model: MixerViewModel, share: float, turn: Callable[[float, str], None], place: QPoint
    ) -> None:
        self._model = model
        self._share = share
        self._turn = turn
        self._key = new_id("drag")
        self._held = model.hold()
        self._last = place

    def move(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The knob follows; ten times slower with Shift."""
        fine = _FINE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
        way = self._last.y() - place.y() + (place.x() - self._last.x()) * 0.5
        self._last = place
        self._share = min(1.0, max(0.0, self._share + way / (_KNOB_WAY * fine)))
        self._turn(self._share, self._key)

    def release(self) -> None:
        """One step."""
        self._model.let_go()

    def cancel(self) -> None:
        """Back to where it stood."""
        self._model.let_go()
        self._model.take_back(self._held)


class InsertDrag:
    """Carries an effect to another row or strip. A press that goes nowhere is a click.

    Args:
        model: asked for the move at the end.
        track_id, insert_id: what is carried.
        place: of the mouse.
        target: the strip and the row that a place would drop it at; None where it cannot be dropped.
        click: called when the mouse went nowhere.
        shown: called whenever it looks otherwise.
    """

    def __init__(
        self,
        model: MixerViewModel,
        track_id: str,
        insert_id: str,
        place: QPoint,
        *,
        target: Callable[[QPoint], tuple[str, int] | None],
        click: Callable[[], None],
        shown: Callable[[], None],
        threshold: int,
    ) -> None:
        self._model = model
        self.track_id = track_id
        self.insert_id = insert_id
        self.place = place
        self._pressed_at = place
        self._target = target
        self._click = click
        self._shown = shown
        self._threshold = threshold
        self.is_carried = False
        self.target: tuple[str, int] | None = None

    def move(self, place: QPoint, _modifiers: Qt.KeyboardModifier) -> None:
        """It is carried once the mouse has gone some way."""
        if (place - self._pressed_at).manhattanLength() >= self._threshold:
            self.is_carried = True
        if self.is_carried:
            self.place = place
            self.target = self._target(place)
            self._shown()

    def release(self) -> None:
        """Drop it, or it was a click."""
        carried, self.is_carried = self.is_carried, False
        self._shown()
        strip = self._model.strip(self.track_id)
        if strip is None or all(each.id != self.insert_id for each in strip.inserts):
            return  # it was taken away meanwhile
        if not carried:
            self._click()
        elif self.target is not None and self._model.strip(self.target[0]) is not None:
            track_id, row = self.target
            self._model.move_insert(self.track_id, self.insert_id, row, track_id)

    def cancel(self) -> None:
        """It stays where it was."""
        self.is_carried = False
        self._shown()
