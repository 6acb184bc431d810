"""What one can do to the selected clips: every key, menu and tool of the canvas comes down to these."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import QObject

from musicgen_desktop.document import AudioClip, Clip, Project, Track
from musicgen_desktop.session.commands import (
    Edit,
    add_notes_clip,
    color_clips,
    crossfade_clips,
    delete_clips,
    delete_time,
    duplicate_clips,
    glue_clips,
    insert_time,
    loop_clip,
    move_clips,
    mute_clips,
    paste_clips,
    rename_clip,
    reverse_clips,
    set_clip_gain,
    set_loop,
    split_clips,
)
from musicgen_desktop.timing import PPQ
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import TimelineState

FINE_TICKS = PPQ // 96
"""A nudge without the grid."""

_SOFTEST_DB, _LOUDEST_DB = -60.0, 24.0

Step = tuple[Callable[..., Edit], tuple[object, ...], dict[str, object]]
"""A command and what it is called with."""


class ClipEdits(QObject):
    """Edits of the selection, and the clips that were copied."""

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._state = state
        self._copied: tuple[tuple[Clip, str], ...] = ()

    @property
    def project(self) -> Project:
        """As it is now."""
        return self._bridges.project.project

    @property
    def selected(self) -> tuple[str, ...]:
        """The selected clips in the order of tracks and time."""
        return tuple(clip.id for clip in self._bridges.selection.clips)

    @property
    def can_paste(self) -> bool:
        """Whether anything was copied."""
        return bool(self._copied)

    @property
    def step_ticks(self) -> int:
        """From grid line to grid line at this zoom, a sixteenth when the grid is off."""
        step = self._bridges.snap.step_ticks(self._state.geometry.px_per_tick, self.project.meter_map)
        return PPQ // 4 if step == 1 else step

    def ask_for(self, command: Callable[..., tuple[Edit, object]], *arguments: object) -> object | None:
        """An edit that tells of what it made; None when it was refused."""
        told: list[object] = []

        def edit(project: Project) -> Edit:
            made, new = command(project, *arguments)
            told.append(new)
            return made

        return told[0] if self._bridges.project.ask(edit) else None

    def delete(self) -> None:
        """Take the selected clips away; without any, empty the selected span of time."""
        span = self._bridges.selection.span
        if self.selected:
            self._bridges.project.ask(delete_clips, self.selected)
        elif span is not None:
            self._bridges.project.ask(lambda project: Edit("Empty span", emptied(project, *span)))

    def split_at(self, tick: int, clip_ids: Iterable[str] = ()) -> None:
        """Cut at a tick: these clips, or the selected ones, or else all that lie under it."""
        ids = tuple(clip_ids) or self.selected
        inside = tuple(clip.id for clip in self._clips(ids) if clip.start_ticks < tick < clip.end_ticks)
        if not inside and not tuple(clip_ids):
            inside = tuple(
                clip.id
                for track in self.project.tracks
                for clip in track.clips
                if clip.start_ticks < tick < clip.end_ticks
            )
        new = self.ask_for(split_clips, inside or ids, tick)
        if isinstance(new, tuple):
            self._bridges.selection.select_clips(new)

    def duplicate(self) -> None:
        """Once more, right behind."""
        if self.selected:
            self._select_new(self.ask_for(duplicate_clips, self.selected))

    def glue(self) -> None:
        """Make one clip of the selected ones."""
        first = self.selected[:1]
        if self._bridges.project.ask(glue_clips, self.selected):
            self._bridges.selection.select_clips(each for each in first if each in self._all_ids())

    def crossfade(self) -> None:
        """Fade all selected neighbours that overlap into each other, as one step."""
        pairs = self._overlapping()
        if not pairs:
            self._bridges.project.refused.emit(
                self.tr("A crossfade needs an overlap: select two audio clips, one ending inside the other.")
            )
            return
        self._chain("Crossfade clips", [(crossfade_clips, pair, {}) for pair in pairs])

    def mute(self) -> None:
        """Mute the selected clips; when all of them are muted already, let them be heard."""
        clips = self._bridges.selection.clips
        if clips:
            heard = any(not clip.muted for clip in clips)
            self._bridges.project.ask(mute_clips, self.selected, muted=heard)

    def reverse(self) -> None:
        """Backwards."""
        if self.selected:
            self._bridges.project.ask(reverse_clips, self.selected)

    def color(self, colour: str | None) -> None:
        """Another colour; None is that of the track."""
        if self.selected:
            self._bridges.project.ask(color_clips, self.selected, colour)

    def rename(self, clip_id: str, name: str) -> bool:
        """Another name; False when it cannot be."""
        return self._bridges.project.ask(rename_clip, clip_id, name)

    def change_gain(self, by_db: float) -> None:
        """Louder or softer, each by as much."""
        audio = [clip for clip in self._bridges.selection.clips if isinstance(clip, AudioClip)]
        if not audio:
            if self.selected:
                self._bridges.project.ask(set_clip_gain, self.selected, 0.0)
            return
        self._chain("Set gain", [gain_step(clip, clip.gain_db + by_db) for clip in audio])

    def reset_gain(self) -> None:
        """As loud as the file is."""
        if self.selected:
            self._bridges.project.ask(set_clip_gain, self.selected, 0.0)

    def unloop(self) -> None:
        """Play the content of the selected notes clips once."""
        clips = [
            clip
            for clip in self._bridges.selection.clips
            if not isinstance(clip, AudioClip) and clip.loop_length_ticks is not None
        ]
        self._chain(
            "Stop looping clip", [(loop_clip, (clip.id,), {"loop_length_ticks": None}) for clip in clips]
        )

    def nudge(self, steps: int, *, fine: bool = False) -> None:
        """Earlier or later by grid steps; fine is a 96th of a beat."""
        if self.selected:
            by = steps * (FINE_TICKS if fine else self.step_ticks)
            self._bridges.project.ask(move_clips, self.selected, by_ticks=by)

    def move_tracks(self, by_tracks: int) -> None:
        """To a track above or below."""
        if self.selected:
            self._bridges.project.ask(move_clips, self.selected, by_tracks=by_tracks)

    def copy(self) -> None:
        """Remember the selected clips."""
        clips = self._bridges.selection.clips
        if clips:
            self._copied = tuple((clip, self.project.track_of_clip(clip.id).id) for clip in clips)
            self._bridges.status.say(self.tr("%n clip(s) copied", "", len(clips)))

    def cut(self) -> None:
        """Remember the selected clips and take them away."""
        self.copy()
        self.delete()

    def paste(self, at_tick: int | None = None) -> None:
        """Lay the copied clips at a tick, or at the play head. Clips of one track go to the current track."""
        if not self._copied:
            return
        at = round(self._bridges.player.tick) if at_tick is None else at_tick
        self._select_new(self.ask_for(paste_clips, self._targets(), at))

    def add_notes_clip(self, track_id: str, start_ticks: int, length_ticks: int) -> str | None:
        """An empty clip for notes; its id."""
        new = self.ask_for(add_notes_clip, track_id, start_ticks, length_ticks)
        if isinstance(new, str):
            self._bridges.selection.select_clips((new,))
            return new
        return None

    def select_all(self) -> None:
        """All clips of the song."""
        self._bridges.selection.select_clips(self._all_ids())

    def loop_selection(self) -> None:
        """Let the transport repeat the selected span, or the time of the selected clips."""
        span = self.selected_time()
        if span is not None:
            self._bridges.project.ask(set_loop, *span, enabled=True)

    def delete_time(self) -> None:
        """Take the selected span out of the whole song."""
        if self._bridges.selection.span is not None:
            self._bridges.project.ask(delete_time, *self._bridges.selection.span)

    def insert_time(self) -> None:
        """Open as much empty time as is selected."""
        if self._bridges.selection.span is not None:
            self._bridges.project.ask(insert_time, *self._bridges.selection.span)

    def selected_time(self) -> tuple[int, int] | None:
        """The selected span, or from the first selected clip to the last; None without a selection."""
        clips = self._bridges.selection.clips
        if clips:
            return min(clip.start_ticks for clip in clips), max(clip.end_ticks for clip in clips)
        return self._bridges.selection.span

    def _chain(self, label: str, steps: list[Step]) -> None:
        if steps:
            self._bridges.project.ask(lambda project: chained(project, label, steps))

    def _select_new(self, new: object | None) -> None:
        if isinstance(new, tuple) and new:
            self._bridges.selection.select_clips(new)

    def _targets(self) -> list[tuple[Clip, str]]:
        there = {track.id: track for track in self.project.tracks}
        current = self._bridges.selection.track
        one_track = len({track_id for _, track_id in self._copied}) == 1
        targets: list[tuple[Clip, str]] = []
        for clip, track_id in self._copied:
            goes = current is not None and _fits(current, clip) and (one_track or track_id not in there)
            targets.append((clip, current.id if goes and current is not None else track_id))
        return targets

    def _overlapping(self) -> list[tuple[str, str]]:
        wanted = set(self.selected)
        return [
            (left.id, right.id)
            for track in self.project.tracks
            for left, right in pairwise(
                clip for clip in track.clips if clip.id in wanted and isinstance(clip, AudioClip)
            )
            if left.start_ticks < right.start_ticks < left.end_ticks < right.end_ticks
        ]

    def _clips(self, ids: Iterable[str]) -> list[Clip]:
        wanted = set(ids)
        return [clip for track in self.project.tracks for clip in track.clips if clip.id in wanted]

    def _all_ids(self) -> tuple[str, ...]:
        return tuple(clip.id for track in self.project.tracks for clip in track.clips)


def chained(project: Project, label: str, steps: Iterable[Step]) -> Edit:
    """Several commands as one edit.

    Raises:
        UserInputError: when one of them cannot be.
    """
    for command, arguments, options in steps:
        project = command(project, *arguments, **options).project
    return Edit(label, project)


def emptied(project: Project, start_ticks: int, end_ticks: int) -> Project:
    """The song without what its clips play in a span; they are cut at its ends."""
    for tick in (start_ticks, end_ticks):
        ids = [
            clip.id
            for track in project.tracks
            for clip in track.clips
            if clip.start_ticks < tick < clip.end_ticks
        ]
        if ids:
            project = split_clips(project, ids, tick)[0].project
    inside = [
        clip.id
        for track in project.tracks
        for clip in track.clips
        if start_ticks <= clip.start_ticks and clip.end_ticks <= end_ticks
    ]
    return delete_clips(project, inside).project if inside else project


def gain_step(clip: AudioClip, gain_db: float) -> Step:
    """Set the gain of one clip, within what a hand should reach."""
    gain_db = round(min(_LOUDEST_DB, max(_SOFTEST_DB, gain_db)), 1)
    return set_clip_gain, ((clip.id,), gain_db), {}


def _fits(track: Track, clip: Clip) -> bool:
    return track.kind == ("audio" if isinstance(clip, AudioClip) else "notes")
