"""What the mouse does to a header between press and release."""

from PySide6.QtCore import QPointF

from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets.fader_law import SHUT_DB, TOP_DB, gain_at, position_of

from ._geometry import Hit, drop_position
from ._view_model import HeadersModel

_DRAG_PX = 5
_FINE = 0.1


class GainDrag:
    """The mini fader: the handle follows the mouse; a tenth of the way with Shift."""

    def __init__(self, model: HeadersModel, hit: Hit, place: QPointF, left: float, width: float) -> None:
        self._model, self._width = model, width
        model.hold_gain(hit.track_id)
        gain_db = model.track(hit.track_id).gain_db
        self._share = position_of(gain_db)
        handle = left + self._share * width
        if abs(place.x() - handle) > 6.0:
            # Beside the handle the fader jumps to the mouse.
            self._share = (place.x() - left) / width
            self._ask()
        self._x = place.x()

    def move(self, place: QPointF, *, fine: bool) -> None:
        """The mouse went on."""
        self._share += (place.x() - self._x) / self._width * (_FINE if fine else 1.0)
        self._x = place.x()
        self._ask()

    def drop(self) -> None:
        """One step of the history."""
        self._model.end_gain()

    def cancel(self) -> None:
        """As it was."""
        self._model.end_gain(cancel=True)

    def _ask(self) -> None:
        gain_db = gain_at(self._share)
        self._model.drag_gain(SHUT_DB if gain_db <= SHUT_DB else min(TOP_DB, round(gain_db, 1)))


class HeightDrag:
    """The lower edge of a row."""

    def __init__(self, state: TimelineState, hit: Hit, place: QPointF) -> None:
        self._state, self._hit, self._y = state, hit, place.y()
        row = state.geometry.row_of(hit.track_id, hit.target)
        self._height = 0 if row is None else row.height

    def move(self, place: QPointF, *, fine: bool) -> None:  # noqa: ARG002 - rows have whole pixels
        """The edge follows the mouse."""
        height = self._height + round(place.y() - self._y)
        self._state.set_row_height(self._hit.track_id, height, self._hit.target)

    def drop(self) -> None:
        """It stays so."""

    def cancel(self) -> None:
        """As high as it was."""
        self._state.set_row_height(self._hit.track_id, self._height, self._hit.target)


class OrderDrag:
    """A header on its way up or down; the line shows where it would go."""

    def __init__(self, model: HeadersModel, state: TimelineState, hit: Hit, place: QPointF) -> None:
        self._model, self._state, self._hit, self._y = model, state, hit, place.y()
        self._position: int | None = None
        self._began = False

    def move(self, place: QPointF, *, fine: bool) -> None:  # noqa: ARG002 - positions are whole
        """Show the line."""
        if not self._began and abs(place.y() - self._y) < _DRAG_PX:
            return
        self._began = True
        ids = [track.id for track in self._model.project.tracks]
        if self._hit.track_id in ids:
            self._position, line = drop_position(self._state.geometry, ids, self._hit.track_id, place.y())
            self._model.drag_over(self._hit.track_id, line)

    def drop(self) -> None:
        """It goes there."""
        self._model.end_drag(self._position)

    def cancel(self) -> None:
        """It stays."""
        self._model.end_drag()


Drag = GainDrag | HeightDrag | OrderDrag
