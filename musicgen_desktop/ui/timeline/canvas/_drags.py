"""Drags that change clips. Each shows its outcome while it lasts; `drop` asks for it, `cancel` forgets it."""

from collections.abc import Callable
from typing import Protocol

from musicgen_desktop.document import AudioClip, Clip, Project
from musicgen_desktop.session.commands import (
    Edit,
    add_notes_clip,
    copy_clips,
    delete_clips,
    move_clips,
    mute_clips,
    repeat_clip,
    set_fades,
    trim_clip,
)

from ._clip_details import text_of_db
from ._clip_edits import Step, chained, gain_step
from ._clip_shape import ClipShape
from ._place import Place
from ._view_model import CanvasModel

_FINE = 0.2


class Drag(Protocol):
    """A gesture between press and release."""

    def move(self, place: Place) -> None:
        """The mouse, or a modifier, changed."""

    def drop(self) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Esc."""


class EditDrag:
    """A drag whose outcome is an edit."""

    def __init__(self, model: CanvasModel) -> None:
        self.model = model

    def move(self, place: Place) -> None:
        """Each kind has its own."""
        raise NotImplementedError

    def drop(self) -> None:
        """Make it."""
        self.model.commit()

    def cancel(self) -> None:
        """Leave everything as it is."""
        self.model.end_preview()


class MoveDrag(EditDrag):
    """Clips to another time and to other tracks; with Alt, copies of them."""

    def __init__(self, model: CanvasModel, clip: Clip, clip_ids: tuple[str, ...], grip: Place) -> None:
        super().__init__(model)
        self._clip, self._ids, self._grip = clip, clip_ids, grip
        self._new: tuple[str, ...] = ()

    def move(self, place: Place) -> None:
        """The clip that was grabbed lands on the grid, the others keep their distance to it."""
        wished = self._clip.start_ticks + place.tick - self._grip.tick
        target = self.model.snapped(wished, place)
        by_ticks, by_tracks = target - self._clip.start_ticks, self._tracks_to(place)
        self._new = ()

        def edit(project: Project) -> Edit:
            if not place.copies:
                return move_clips(project, self._ids, by_ticks=by_ticks, by_tracks=by_tracks)
            made, self._new = copy_clips(project, self._ids, by_ticks=by_ticks, by_tracks=by_tracks)
            return made

        self.model.preview(edit)
        self.model.say_place(target, place.at.y())

    def drop(self) -> None:
        """Copies are what is selected then."""
        if self.model.commit() and self._new:
            self.model.bridges.selection.select_clips(self._new)

    def _tracks_to(self, place: Place) -> int:
        order = [track.id for track in self.model.project.tracks]
        start = self._grip.row.track_id if self._grip.row is not None else ""
        if start not in order:
            return 0
        if place.row is None:
            return 0 if place.at.y() >= 0 else -len(order)
        there = place.row.track_id
        return (order.index(there) if there in order else len(order) - 1) - order.index(start)


class TrimDrag(EditDrag):
    """An end of a clip; selected clips that end there too go along."""

    def __init__(
        self, model: CanvasModel, clip: Clip, clip_ids: tuple[str, ...], *, at_start: bool, grip: Place
    ) -> None:
        super().__init__(model)
        self._at_start, self._grip = at_start, grip
        self._from = clip.start_ticks if at_start else clip.end_ticks
        together = [model.clip(each) for each in clip_ids]
        self._ids = [
            each.id
            for each in together
            if each is not None and (each.start_ticks if at_start else each.end_ticks) == self._from
        ]

    def move(self, place: Place) -> None:
        """The end lands on the grid."""
        target = self.model.snapped(self._from + place.tick - self._grip.tick, place)
        which = "start_ticks" if self._at_start else "end_ticks"
        steps: list[Step] = [(trim_clip, (each,), {which: target}) for each in self._ids]
        self.model.preview(lambda project: chained(project, "Trim clip", steps))
        self.model.say_place(target, place.at.y())


class RepeatDrag(EditDrag):
    """The loop edge: the clip sounds again and again."""

    def __init__(self, model: CanvasModel, clip: Clip, grip: Place) -> None:
        super().__init__(model)
        self._clip, self._grip = clip, grip

    def move(self, place: Place) -> None:
        """Repeat up to the grid line."""
        target = self.model.snapped(self._clip.end_ticks + place.tick - self._grip.tick, place)
        self.model.preview(lambda project: repeat_clip(project, self._clip.id, end_ticks=target)[0])
        times = (target - self._clip.start_ticks) / self._clip.length_ticks
        text = f"{self.model.bridges.project.project.meter_map.position_of(target).text}  ×{times:.3g}"
        self.model.say(target, text, place.at.y())


class FadeDrag(EditDrag):
    """The length of a fade. The grid has no say: fades are heard, not counted."""

    def __init__(self, model: CanvasModel, clip: AudioClip, *, opens: bool, grip: Place) -> None:
        super().__init__(model)
        self._clip, self._opens = clip, opens
        tempo = model.project.tempo_map
        fade_ms = clip.fade_in_ms if opens else clip.fade_out_ms
        if opens:
            edge = tempo.tick_at(tempo.seconds_at(clip.start_ticks) + fade_ms / 1000.0)
        else:
            edge = tempo.tick_at(max(0.0, tempo.seconds_at(clip.end_ticks) - fade_ms / 1000.0))
        self._offset = edge - grip.tick

    def move(self, place: Place) -> None:
        """From the clip's end to the mouse."""
        tempo, clip = self.model.project.tempo_map, self._clip
        tick = min(float(clip.end_ticks), max(float(clip.start_ticks), place.tick + self._offset))
        if self._opens:
            fade_ms = round(tempo.seconds_between(clip.start_ticks, tick) * 1000.0, 1)
            self.model.preview(lambda project: set_fades(project, clip.id, fade_in_ms=fade_ms))
        else:
            fade_ms = round(tempo.seconds_between(tick, clip.end_ticks) * 1000.0, 1)
            self.model.preview(lambda project: set_fades(project, clip.id, fade_out_ms=fade_ms))
        self.model.say(tick, f"{fade_ms:.0f} ms", place.at.y())


class GainDrag(EditDrag):
    """The line of the gain: up is louder. Selected clips go along, each by as much."""

    def __init__(
        self, model: CanvasModel, clip: AudioClip, clip_ids: tuple[str, ...], shape: ClipShape, grip: Place
    ) -> None:
        super().__init__(model)
        self._clip, self._db_per_px = clip, shape.db_per_px
        self._clips = [each for each in map(model.clip, clip_ids) if isinstance(each, AudioClip)]
        self._y, self._by_db = grip.at.y(), 0.0

    def move(self, place: Place) -> None:
        """A pixel is part of a decibel; a fifth of that with Shift."""
        way = (self._y - place.at.y()) * self._db_per_px
        self._y = place.at.y()
        self._by_db += way * (_FINE if place.is_fine else 1.0)
        steps = [gain_step(clip, clip.gain_db + self._by_db) for clip in self._clips]
        self.model.preview(lambda project: chained(project, "Set gain", steps))
        shown = next(
            clip
            for track in self.model.shown.tracks
            for clip in track.clips
            if clip.id == self._clip.id and isinstance(clip, AudioClip)
        )
        self.model.say(place.tick, text_of_db(shown.gain_db), place.at.y())


class DrawDrag(EditDrag):
    """An empty clip for notes; a click alone makes one bar."""

    def __init__(self, model: CanvasModel, track_id: str, grip: Place) -> None:
        super().__init__(model)
        self._track_id, self._new = track_id, ""
        meters = model.project.meter_map
        bar = meters.bar_of(max(0, int(grip.tick)))
        self._bar = meters.tick_of_bar(bar), meters.tick_of_bar(bar + 1)
        self._grip = grip
        self.move(grip)

    def move(self, place: Place) -> None:
        """From the press to the mouse, on the grid."""
        start, end = self._bar
        if (place.at - self._grip.at).manhattanLength() > 4.0:
            start, end = sorted(
                (self.model.snapped(self._grip.tick, place), self.model.snapped(place.tick, place))
            )
        if end <= start:
            return

        def edit(project: Project) -> Edit:
            made, self._new = add_notes_clip(project, self._track_id, start, end - start)
            return made

        self.model.preview(edit)
        self.model.say_place(start, place.at.y())

    def drop(self) -> None:
        """The new clip is selected."""
        if self.model.commit():
            self.model.bridges.selection.select_clips((self._new,))


class WipeDrag(EditDrag):
    """Eraser and mute tool: every clip that the mouse comes over."""

    def __init__(
        self, model: CanvasModel, clip_at: Callable[[Place], Clip | None], *, mutes: bool | None
    ) -> None:
        super().__init__(model)
        self._clip_at, self._mutes = clip_at, mutes
        self._ids: list[str] = []

    def move(self, place: Place) -> None:
        """One more, perhaps."""
        clip = self._clip_at(place)
        if clip is None or clip.id in self._ids:
            return
        self._ids.append(clip.id)
        ids, mutes = tuple(self._ids), self._mutes
        if mutes is None:
            self.model.preview(lambda project: delete_clips(project, ids))
        else:
            self.model.preview(lambda project: mute_clips(project, ids, muted=mutes))
