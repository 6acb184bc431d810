"""What the mouse does: which drag begins where, by tool and by what is under it."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal

from musicgen_desktop.document import AudioClip, Clip, NotesClip
from musicgen_desktop.session.commands import set_fades
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry

from ._clip_edits import ClipEdits
from ._clip_index import ClipIndex
from ._clip_shape import ClipShape, Zone, shape_of
from ._drags import Drag, DrawDrag, FadeDrag, GainDrag, MoveDrag, RepeatDrag, TrimDrag, WipeDrag
from ._place import Place
from ._select_drags import BandDrag, PanDrag, SpanDrag
from ._view_model import CanvasModel

_START_PX = 4.0
"""The mouse goes so far before a press becomes a drag."""

_CURSORS: dict[Zone, Qt.CursorShape] = {
    "start": Qt.CursorShape.SizeHorCursor,
    "end": Qt.CursorShape.SizeHorCursor,
    "loop": Qt.CursorShape.SplitHCursor,
    "fade_in": Qt.CursorShape.SizeHorCursor,
    "fade_out": Qt.CursorShape.SizeHorCursor,
    "gain": Qt.CursorShape.SizeVerCursor,
    "grip": Qt.CursorShape.OpenHandCursor,
    "body": Qt.CursorShape.ArrowCursor,
}
_TOOL_CURSORS = {
    "select": Qt.CursorShape.ArrowCursor,
    "range": Qt.CursorShape.IBeamCursor,
    "draw": Qt.CursorShape.CrossCursor,
    "split": Qt.CursorShape.SplitHCursor,
    "erase": Qt.CursorShape.ForbiddenCursor,
    "mute": Qt.CursorShape.PointingHandCursor,
}


class Hand(QObject):
    """Presses, moves and releases become drags and edits."""

    edit_requested = Signal(str)
    """A clip shall be opened."""
    carry_requested = Signal(str)
    """A clip is pulled out of the window by its grip."""

    def __init__(
        self, model: CanvasModel, edits: ClipEdits, index: ClipIndex, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._edits, self._index = model, edits, index
        self._drag: Drag | None = None
        self._pressed: Place | None = None
        self._waits: Drag | None = None
        self._on_click: tuple[str, str] | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether something is held."""
        return self._drag is not None or self._pressed is not None

    def hit(self, place: Place) -> tuple[Clip, ClipShape, Zone] | None:
        """The topmost clip there, and its part."""
        track = self._model.track_at(place)
        if track is None or place.row is None:
            return None
        for clip in self._index.of(track).at(place.tick):
            shape = shape_of(self._geometry, place.row, clip, self._model.project)
            return clip, shape, shape.zone_at(place.at)
        return None

    def clips_in(self, band: QRectF) -> tuple[str, ...]:
        """The clips that a rectangle of the viewport touches."""
        geometry = self._geometry
        start, end = geometry.tick_at(band.left()), geometry.tick_at(band.right())
        found: list[str] = []
        for track in self._model.project.tracks:
            row = geometry.row_of(track.id)
            if row is None or not track.clips:
                continue
            top = geometry.top_of(row)
            if band.bottom() < top or band.top() > top + row.height:
                continue
            index = self._index.of(track)
            found += [clip.id for clip in index.clips[index.between(start, end)] if clip.end_ticks > start]
        return tuple(found)

    def cursor_at(self, place: Place) -> Qt.CursorShape:
        """What a press there would do."""
        tool = self._model.state.tool
        hit = self.hit(place) if tool == "select" else None
        return _CURSORS[hit[2]] if hit is not None else _TOOL_CURSORS[tool]

    def press(self, place: Place, button: Qt.MouseButton) -> None:
        """A button goes down."""
        self._pressed, self._waits, self._on_click = place, None, None
        if button == Qt.MouseButton.MiddleButton:
            self._drag = PanDrag(self._model, place)
            return
        hit = self.hit(place)
        match self._model.state.tool:
            case "select" | "draw" if hit is not None:
                self._take(place, *hit)
            case "draw":
                self._draw(place)
            case "range":
                self._drag = SpanDrag(self._model, place)
            case "split" if hit is not None:
                self._split(place, hit[0])
            case "erase":
                self._wipe(place, mutes=None)
            case "mute":
                self._wipe(place, mutes=hit is None or not hit[0].muted)
            case _:
                self._waits = BandDrag(self._model, place, self.clips_in)

    def move(self, place: Place) -> None:
        """The mouse moved with the button down, or a modifier changed."""
        if self._drag is None and self._waits is not None and self._pressed is not None:
            if (place.at - self._pressed.at).manhattanLength() < _START_PX:
                return
            self._drag, self._waits, self._on_click = self._waits, None, None
        if self._drag is not None:
            self._drag.move(place)

    def release(self) -> None:
        """The button comes up: the drag is made, or it was a click."""
        drag, waits, click = self._drag, self._waits, self._on_click
        self._drag = self._waits = self._pressed = self._on_click = None
        if drag is not None:
            drag.drop()
        elif click is not None:
            what, clip_id = click
            if what == "toggle":
                self._model.bridges.selection.toggle_clip(clip_id)
            else:
                self._model.bridges.selection.select_clips((clip_id,))
        elif isinstance(waits, BandDrag):
            waits.drop()

    def cancel(self) -> bool:
        """Esc; whether there was a drag."""
        drag = self._drag
        held = self.is_dragging
        self._drag = self._waits = self._pressed = self._on_click = None
        if drag is not None:
            drag.cancel()
        return held

    def double_click(self, place: Place) -> None:
        """Open a clip; reset a handle; a new clip on empty ground."""
        hit = self.hit(place)
        if hit is None:
            self._new_clip(place)
            return
        clip, _, zone = hit
        ask = self._model.bridges.project.ask
        if zone == "gain":
            self._edits.reset_gain()
        elif zone == "fade_in":
            ask(set_fades, clip.id, fade_in_ms=0.0)
        elif zone == "fade_out":
            ask(set_fades, clip.id, fade_out_ms=0.0)
        else:
            self.open(clip)

    def open(self, clip: Clip) -> None:
        """Into the piano roll, when it holds notes."""
        if isinstance(clip, NotesClip):
            self._model.bridges.selection.edit_clip(clip.id)
            self.edit_requested.emit(clip.id)

    @property
    def _geometry(self) -> TimelineGeometry:
        return self._model.state.geometry

    def _take(self, place: Place, clip: Clip, shape: ClipShape, zone: Zone) -> None:
        selection = self._model.bridges.selection
        if zone == "grip":
            self._pressed = None
            self.carry_requested.emit(clip.id)
            return
        was_selected = clip.id in selection.clip_ids
        if place.bypasses_snap and zone == "body":
            # Ctrl may begin a drag without the grid, or add to the selection: the release tells.
            self._on_click = ("toggle", clip.id)
            if not was_selected:
                selection.select_clips((clip.id,), add=True)
                self._on_click = None
        elif place.is_fine and zone == "body":
            selection.select_clips((clip.id,), add=True)
        elif not was_selected:
            selection.select_clips((clip.id,))
        elif zone == "body":
            self._on_click = ("only", clip.id)
        ids = self._edits.selected
        self._waits = self._drag_of(place, clip, shape, zone, ids)

    def _drag_of(self, place: Place, clip: Clip, shape: ClipShape, zone: Zone, ids: tuple[str, ...]) -> Drag:
        model = self._model
        if zone in ("start", "end"):
            return TrimDrag(model, clip, ids, at_start=zone == "start", grip=place)
        if zone == "loop":
            return RepeatDrag(model, clip, place)
        if isinstance(clip, AudioClip) and zone in ("fade_in", "fade_out"):
            return FadeDrag(model, clip, opens=zone == "fade_in", grip=place)
        if isinstance(clip, AudioClip) and zone == "gain":
            return GainDrag(model, clip, ids, shape, place)
        return MoveDrag(model, clip, ids, place)

    def _draw(self, place: Place) -> None:
        track = self._model.track_at(place)
        if track is None:
            return
        if track.kind == "notes":
            self._drag = DrawDrag(self._model, track.id, place)
        else:
            self._model.bridges.status.say(
                self.tr("Only instrument tracks take drawn clips: drop a sound file on this one."), "warn"
            )

    def _split(self, place: Place, clip: Clip) -> None:
        tick = self._model.snapped(place.tick, place)
        selected = self._edits.selected
        self._edits.split_at(tick, selected if clip.id in selected else (clip.id,))

    def _wipe(self, place: Place, *, mutes: bool | None) -> None:
        def clip_at(where: Place) -> Clip | None:
            hit = self.hit(where)
            return None if hit is None else hit[0]

        self._drag = WipeDrag(self._model, clip_at, mutes=mutes)
        self._drag.move(place)

    def _new_clip(self, place: Place) -> None:
        track = self._model.track_at(place)
        if track is None or track.kind != "notes" or self._model.state.tool != "select":
            return
        meters = self._model.project.meter_map
        bar = meters.bar_of(max(0, int(place.tick)))
        start = meters.tick_of_bar(bar)
        self._edits.add_notes_clip(track.id, start, meters.tick_of_bar(bar + 1) - start)
