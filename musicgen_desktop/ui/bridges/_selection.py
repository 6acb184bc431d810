"""What is selected, shared by all panels."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Clip, Project, Track

from ._project import ProjectBridge


class Selection(QObject):
    """Tracks, clips and a span of time. What leaves the project leaves the selection.

    `changed` tells of any of them; `edited_clip_changed` of the notes clip that the piano roll shows.
    """

    changed = Signal()
    edited_clip_changed = Signal()

    def __init__(self, project: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.track_ids: tuple[str, ...] = ()
        """In the order they were chosen; the last one is the current track."""
        self.clip_ids: tuple[str, ...] = ()
        self.span: tuple[int, int] | None = None
        """First tick, first tick after."""
        self.edited_clip_id: str | None = None
        project.changed.connect(self._forget_gone)
        project.opened.connect(self.clear)

    @property
    def track(self) -> Track | None:
        """The current track."""
        tracks = {track.id: track for track in self._project.project.all_tracks}
        return tracks.get(self.track_ids[-1]) if self.track_ids else None

    @property
    def clips(self) -> tuple[Clip, ...]:
        """The selected clips, in the order of tracks and time."""
        wanted = set(self.clip_ids)
        return tuple(clip for clip in _all_clips(self._project.project) if clip.id in wanted)

    def select_tracks(self, *track_ids: str) -> None:
        """These tracks, and no others."""
        if track_ids != self.track_ids:
            self.track_ids = track_ids
            self.changed.emit()

    def select_clips(self, clip_ids: Iterable[str], *, add: bool = False) -> None:
        """These clips, alone or with those selected already; the last one's track becomes current."""
        new = dict.fromkeys(clip_ids)
        clip_ids = (*(each for each in self.clip_ids if each not in new), *new) if add else tuple(new)
        if clip_ids == self.clip_ids:
            return
        self.clip_ids = clip_ids
        if clip_ids:
            for track in self._project.project.tracks:
                if any(clip.id == clip_ids[-1] for clip in track.clips):
                    self.track_ids = (track.id,)
        self.changed.emit()

    def toggle_clip(self, clip_id: str) -> None:
        """One clip in or out."""
        if clip_id in self.clip_ids:
            self.select_clips(each for each in self.clip_ids if each != clip_id)
        else:
            self.select_clips((clip_id,), add=True)

    def select_span(self, start_ticks: int | None, end_ticks: int | None = None) -> None:
        """A span of time; None takes it away."""
        span = None if start_ticks is None or end_ticks is None else (start_ticks, end_ticks)
        if span is not None and span[0] > span[1]:
            span = span[1], span[0]
        if span != self.span:
            self.span = span
            self.changed.emit()

    def edit_clip(self, clip_id: str | None) -> None:
        """Let the piano roll show this clip."""
        if clip_id != self.edited_clip_id:
            self.edited_clip_id = clip_id
            self.edited_clip_changed.emit()

    def clear(self) -> None:
        """Nothing is selected."""
        self.track_ids, self.clip_ids, self.span, self.edited_clip_id = (), (), None, None
        self.changed.emit()
        self.edited_clip_changed.emit()

    def _forget_gone(self) -> None:
        project = self._project.project
        tracks = {track.id for track in project.all_tracks}
        clips = {clip.id for clip in _all_clips(project)}
        track_ids = tuple(each for each in self.track_ids if each in tracks)
        clip_ids = tuple(each for each in self.clip_ids if each in clips)
        if self.edited_clip_id is not None and self.edited_clip_id not in clips:
            self.edit_clip(None)
        if (track_ids, clip_ids) != (self.track_ids, self.clip_ids):
            self.track_ids, self.clip_ids = track_ids, clip_ids
            self.changed.emit()


def _all_clips(project: Project) -> Iterable[Clip]:
    return (clip for track in project.tracks for clip in track.clips)
