"""What the inspector is about, and the edits it asks for. Knows no pixels."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import AudioClip, Clip, NotesClip, Origin, Project, Take, Track, origins_of
from musicgen_desktop.session.commands import Edit, notes
from musicgen_desktop.session.controllers.live_midi import OpenedPort
from musicgen_desktop.session.workspace import missing_media
from musicgen_desktop.timing import Grid
from musicgen_desktop.ui.bridges import Bridges

Subject = Literal["clips", "track", "span", "song"]

_AnyClip = TypeVar("_AnyClip", AudioClip, NotesClip, Clip)


class InspectorViewModel(QObject):
    """The subject is what was selected last: clips, a track, a span of time; with nothing, the song."""

    changed = Signal()
    """Read everything anew."""

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._seen: tuple[tuple[str, ...], tuple[str, ...], tuple[int, int] | None] = ((), (), None)
        self._subject: Subject = "song"
        self._gesture = 0
        self._base: Project | None = None
        self._missing: tuple[object, object, frozenset[str]] | None = None
        bridges.selection.changed.connect(self._select)
        bridges.project.changed.connect(lambda _change: self.changed.emit())
        bridges.project.opened.connect(self.changed)
        bridges.player.midi_out.ports_changed.connect(self.changed)
        self._select()

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._bridges.project.project

    @property
    def subject(self) -> Subject:
        """What is shown. What went away shows the song."""
        there = {"clips": bool(self.clips), "track": self.track is not None, "span": self.span is not None}
        return self._subject if there.get(self._subject, True) else "song"

    @property
    def clips(self) -> tuple[Clip, ...]:
        """The selected clips."""
        return self._bridges.selection.clips

    @property
    def track(self) -> Track | None:
        """The current track."""
        return self._bridges.selection.track

    @property
    def span(self) -> tuple[int, int] | None:
        """The selected time."""
        span = self._bridges.selection.span
        return span if span is not None and span[1] > span[0] else None

    @property
    def takes(self) -> tuple[Take, ...]:
        """The takes that the subject came from, the newest first; those thrown away are left out."""
        if self.subject == "song":
            return tuple(reversed(self.project.takes))
        wanted = {clip.take_id for clip in self._subject_clips}
        return tuple(take for take in reversed(self.project.takes) if take.id in wanted)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The files of others that something of the subject came from."""
        return origins_of(self.project, self._subject_clips)

    @property
    def _subject_clips(self) -> Sequence[Clip]:
        match self.subject:
            case "clips":
                return self.clips
            case "track":
                return () if self.track is None else self.track.clips
            case "span":
                first, after = self.span or (0, 0)
                return [
                    clip
                    for track in self.project.tracks
                    for clip in track.clips
                    if clip.start_ticks < after and clip.end_ticks > first
                ]
            case "song":
                return [clip for track in self.project.tracks for clip in track.clips]

    def is_missing(self, source_id: str) -> bool:
        """Whether the file of a source is not there. Looked up once until sources or folder change."""
        project, folder = self.project, self._bridges.project.folder
        if self._missing is None or self._missing[0] is not project.sources or self._missing[1] != folder:
            gone = frozenset(each.source_id for each in missing_media(project, folder))
            self._missing = (project.sources, folder, gone)
        return source_id in self._missing[2]

    @property
    def midi_ports(self) -> tuple[OpenedPort, ...]:
        """The ports that tracks send to, and what is wrong with them."""
        return self._bridges.player.midi_out.ports

    def look_again(self) -> None:
        """Files may have come back."""
        self._missing = None

    def ask(self, name: str, command: Callable[..., Edit], *arguments: object, **options: object) -> None:
        """An edit of a gesture: all until `done` are one step of the history.

        Args:
            name: of the field; gestures of other fields are other steps.
            command: of session.commands.
            arguments: for it.
            options: for it.
        """
        key = f"inspector:{name}:{self._gesture}"
        self._bridges.project.ask(command, *arguments, merge_key=key, **options)

    def done(self) -> None:
        """The gesture is over."""
        self._gesture += 1
        self._base = None
        self._bridges.project.end_merge()

    def each(self, name: str, clips: Sequence[_AnyClip], edit: Callable[[Project, _AnyClip], Edit]) -> None:
        """One edit made of one for each clip."""
        if clips:
            self.ask(name, _chained(clips, edit))

    def transpose(self, semitones: int) -> None:
        """Move all notes of the selected clips up or down."""
        self.each(
            "transpose",
            notes_only(self.clips),
            lambda project, clip: notes.transpose_notes(project, clip.id, clip.notes, semitones),
        )
        self.done()

    def quantize(self, grid: Grid) -> None:
        """Draw all notes of the selected clips to a grid."""
        self.each(
            "quantize",
            notes_only(self.clips),
            lambda project, clip: notes.quantize_notes(project, clip.id, clip.notes, grid),
        )
        self.done()

    def scale_velocity(self, percent: float) -> None:
        """Make the notes of the selected clips so loud, measured at what they were before the gesture."""
        if self._base is None:
            self._base = self.project
        base = self._base
        ids = set(self._bridges.selection.clip_ids)
        clips = notes_only([clip for track in base.tracks for clip in track.clips if clip.id in ids])
        scaled = _chained(
            clips,
            lambda project, clip: notes.scale_velocity(project, clip.id, clip.notes, percent / 100.0),
        )
        if clips:
            # Of the base each time: scaled again and again, what reached 127 would come back flat.
            self.ask("velocity", lambda _project: scaled(base))

    def _select(self) -> None:
        selection = self._bridges.selection
        now = (selection.clip_ids, selection.track_ids, self.span)
        before, self._seen = self._seen, now
        if now[0] and now[0] != before[0]:
            self._subject = "clips"
        elif now[2] is not None and now[2] != before[2]:
            self._subject = "span"
        elif now[1] and now[1] != before[1]:
            self._subject = "track"
        elif not self._is_there(self._subject):
            order: tuple[Subject, ...] = ("clips", "span", "track")
            self._subject = next((each for each in order if self._is_there(each)), "song")
        self.changed.emit()

    def _is_there(self, subject: Subject) -> bool:
        return {
            "clips": bool(self.clips),
            "track": self.track is not None,
            "span": self.span is not None,
            "song": True,
        }[subject]


def _chained(
    clips: Sequence[_AnyClip], edit: Callable[[Project, _AnyClip], Edit]
) -> Callable[[Project], Edit]:
    def all_of_them(project: Project) -> Edit:
        label = ""
        for clip in clips:
            done = edit(project, clip)
            label, project = label or done.label, done.project
        return Edit(label, project)

    return all_of_them


def audio_only(clips: Sequence[Clip]) -> tuple[AudioClip, ...]:
    """Those that hold audio."""
    return tuple(clip for clip in clips if isinstance(clip, AudioClip))


def notes_only(clips: Sequence[Clip]) -> tuple[NotesClip, ...]:
    """Those that hold notes."""
    return tuple(clip for clip in clips if isinstance(clip, NotesClip))
