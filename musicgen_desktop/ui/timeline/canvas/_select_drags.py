"""Drags that change no clip: rubber band, span of time, moving the view."""

from collections.abc import Callable

from PySide6.QtCore import QRectF

from ._place import Place
from ._view_model import CanvasModel

_CLICK_PX = 3.0


class BandDrag:
    """Select every clip that a rectangle touches; with Ctrl or Shift, besides those selected before."""

    def __init__(
        self, model: CanvasModel, grip: Place, clips_in: Callable[[QRectF], tuple[str, ...]]
    ) -> None:
        self._model, self._grip, self._clips_in = model, grip, clips_in
        self._before = model.bridges.selection.clip_ids
        # The rectangle begins at a place of the song, not of the screen: the view may move meanwhile.
        self._scroll_y = model.state.geometry.scroll_y
        if not grip.adds:
            model.bridges.selection.select_clips(())
            model.bridges.selection.select_span(None)

    def move(self, place: Place) -> None:
        """The corner moves."""
        geometry = self._model.state.geometry
        x = geometry.x_of(self._grip.tick)
        y = self._grip.at.y() + self._scroll_y - geometry.scroll_y
        band = QRectF(x, y, place.at.x() - x, place.at.y() - y).normalized()
        self._model.show_band(band)
        inside = self._clips_in(band)
        kept = self._before if self._grip.adds else ()
        self._model.bridges.selection.select_clips((*(each for each in kept if each not in inside), *inside))

    def drop(self) -> None:
        """A click alone selects the track and sends the play head there while nothing runs."""
        if self._model.band is None and not self._grip.adds:
            track = self._model.track_at(self._grip)
            if track is not None:
                self._model.bridges.selection.select_tracks(track.id)
            player = self._model.bridges.player
            if not player.is_running:
                player.locate(self._model.snapped(self._grip.tick, self._grip))
        self._model.show_band(None)

    def cancel(self) -> None:
        """What was selected before."""
        self._model.show_band(None)
        self._model.bridges.selection.select_clips(self._before)


class SpanDrag:
    """Select a span of time; a click alone takes it away."""

    def __init__(self, model: CanvasModel, grip: Place) -> None:
        self._model, self._grip = model, grip
        self._before = model.bridges.selection.span
        model.bridges.selection.select_clips(())
        model.bridges.selection.select_span(None)

    def move(self, place: Place) -> None:
        """From the press to the mouse, on the grid."""
        if abs(place.at.x() - self._grip.at.x()) < _CLICK_PX:
            return
        start, end = self._model.snapped(self._grip.tick, place), self._model.snapped(place.tick, place)
        self._model.bridges.selection.select_span(*((start, end) if start != end else (None, None)))
        self._model.say_place(end, place.at.y())

    def drop(self) -> None:
        """It stays."""
        self._model.end_preview()

    def cancel(self) -> None:
        """What was selected before."""
        self._model.end_preview()
        if self._before is None:
            self._model.bridges.selection.select_span(None)
        else:
            self._model.bridges.selection.select_span(*self._before)


class PanDrag:
    """The hand moves the paper."""

    def __init__(self, model: CanvasModel, grip: Place) -> None:
        self._state, self._at = model.state, grip.at
        self._from = model.state.geometry

    def move(self, place: Place) -> None:
        """As far as the mouse went."""
        way = place.at - self._at
        self._state.scroll_to(x=self._from.scroll_x - way.x(), y=self._from.scroll_y - way.y())

    def drop(self) -> None:
        """There."""

    def cancel(self) -> None:
        """Back."""
        self._state.scroll_to(x=self._from.scroll_x, y=self._from.scroll_y)
