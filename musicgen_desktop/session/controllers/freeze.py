"""A track is frozen: its sound becomes a file that costs nothing to play. And it is thawed again."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioSource, Frozen, Project, Track
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.mixer import EFFECTS
from musicgen_desktop.playback.offline import stream_strip
from musicgen_desktop.playback.plan import compile_plan, freeze_holds, frozen_inputs
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import project_folder, source_path

from ._asked import chosen_soundfont
from ._kept_sound import keep_sound
from ._long_songs import part_of
from ._named_tracks import tracks_named
from ._sounds import refuse_lost_sounds


class TrackFreeze(msgspec.Struct, frozen=True):
    """A track's sound as a file that is written; the project does not know of it yet."""

    track_id: str
    source: AudioSource
    frozen: Frozen

    def applied_to(self, project: Project) -> Project:
        """The project with the track frozen.

        Should the track have been edited in between, it goes on sounding itself, as it does after any edit.

        Raises:
            KeyError: when it has been deleted.
        """
        track = project.track(self.track_id)
        project = project.with_source(self.source).with_track(track.frozen_as(self.frozen))
        return _forgotten(project, track.frozen)


@dataclass(frozen=True)
class FreezeTrack:
    """Render a track up to and with its inserts into the project's folder.

    Fader, pan, sends and mute stay free to move. To apply what `run` returns is the caller's: it may render
    on any thread, and the store is edited on its own.

    Attributes:
        project: as it is now.
        folder: the project's.
        track_id: of a track with clips.
        soundfont: the General MIDI font by which the song is played.
    """

    project: Project
    folder: Path
    track_id: str
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> TrackFreeze:
        """Do the work.

        Raises:
            UserInputError: when the track cannot be frozen, or its file not be written.
            Stopped: when `stop` was set; no file is left then.
        """
        track = self.project.track(self.track_id).frozen_as(None)
        self._refuse_what_cannot_sound(track)
        project = self.project.with_track(track)
        plan = compile_plan(project, media_folder=self.folder, soundfont=self.soundfont)
        if plan.strip_of(track.id).source is None:
            raise UserInputError(f"Track “{track.name}” plays nothing that could be frozen.")
        inputs = frozen_inputs(track, project, self.soundfont, self.folder)
        blocks = stream_strip(plan, track.id, after_fader=False, report=report, stop=stop)
        kept = keep_sound(blocks, self.folder, f"{track.name} frozen", project.rate, may_be_mono=True)
        if kept is None:
            raise UserInputError(f"Track “{track.name}” is silent, so there is nothing to freeze.")
        return TrackFreeze(track.id, kept.source, Frozen(kept.source.id, inputs, kept.start_frame))

    def _refuse_what_cannot_sound(self, track: Track) -> None:
        """A file must not lack what the track itself will play one day."""
        if track.kind not in ("audio", "notes"):
            raise UserInputError(f"“{track.name}” is a bus; only tracks with clips can be frozen.")
        for insert in track.inserts:
            if insert.effect not in EFFECTS:
                raise UserInputError(
                    f"“{insert.name or insert.effect}” on track “{track.name}” is not available here;"
                    " install or remove it before you freeze the track."
                )
        alone = track.muted_as(False)  # noqa: FBT003 - the one thing it says
        refuse_lost_sounds(msgspec.structs.replace(self.project, tracks=(alone,)), self.folder)


@dataclass(frozen=True)
class UnfreezeTrack:
    """Let a track sound itself again; nothing of it was lost. The file stays for undo.

    Attributes:
        project: as it is now.
        track_id: of any track; one that is not frozen stays as it is.
    """

    project: Project
    track_id: str

    def run(self, _report: Report = no_report, _stop: StopFlag | None = None) -> Project:
        """The project with the track thawed."""
        track = self.project.track(self.track_id)
        return _forgotten(self.project.with_track(track.frozen_as(None)), track.frozen)


def _forgotten(project: Project, frozen: Frozen | None) -> Project:
    """The project without the file of a freeze that is over."""
    if frozen is None or any(
        track.frozen is not None and track.frozen.source_id == frozen.source_id for track in project.tracks
    ):
        return project
    if any(getattr(clip, "source_id", None) == frozen.source_id for t in project.tracks for clip in t.clips):
        return project
    return project.without_source(frozen.source_id)


class FreezeReport(msgspec.Struct, frozen=True):
    """Which tracks are frozen or thawed now, and the files that were written."""

    project: str
    frozen: tuple[str, ...]
    thawed: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...]


def freeze_in(
    store: ProjectStore,
    words: tuple[str, ...],
    *,
    undo: bool = False,
    soundfont: Path | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> FreezeReport:
    """Freeze or thaw tracks of an open project, as one step of its history.

    Args:
        store: whose folder takes the files; called on its thread.
        words: names, roles or numbers of tracks.
        undo: thaw them.
        soundfont: a wish; else the project's own.
        report: told the share done.
        stop: asked while rendering.

    Raises:
        UserInputError: when a track is not there or cannot be frozen.
        Stopped: when `stop` was set; the project is as it was then.
    """
    tracks = tracks_named(store.project, words)
    if store.folder is None:
        raise UserInputError("Save the project first: frozen tracks become files in its folder.")
    font = chosen_soundfont(soundfont, store.project)
    work = _Work(store.project, store.folder, font)
    try:
        for number, track in enumerate(tracks):
            if undo:
                work.thaw(track)
            else:
                work.freeze(track, part_of(report, number / len(tracks), 1.0 / len(tracks)), stop)
        names = ", ".join(work.done)
        store.apply(f"{'Unfreeze' if undo else 'Freeze'} {names}"[:200], work.project)
    except BaseException:
        work.leave_nothing()
        raise
    report(1.0, "Done")
    return FreezeReport(
        project=str(store.folder),
        frozen=() if undo else tuple(work.done),
        thawed=tuple(work.done) if undo else (),
        files=tuple(str(file) for file in work.files),
        notes=tuple(work.notes),
    )


class _Work:
    """Several tracks frozen or thawed, one after the other."""

    def __init__(self, project: Project, folder: Path, soundfont: Path | None) -> None:
        self.project = project
        self.done: list[str] = []
        self.files: list[Path] = []
        self.notes: list[str] = []
        self._folder = folder
        self._soundfont = soundfont

    def thaw(self, track: Track) -> None:
        if track.frozen is None:
            self.notes.append(f"Track “{track.name}” was not frozen.")
            return
        self.project = UnfreezeTrack(self.project, track.id).run()
        self.done.append(track.name)

    def freeze(self, track: Track, report: Report, stop: StopFlag | None) -> None:
        if freeze_holds(track, self.project, self._soundfont, self._folder):
            self.notes.append(f"Track “{track.name}” was frozen already.")
            return
        stage = f"Freezing {track.name}"
        job = FreezeTrack(self.project, self._folder, track.id, self._soundfont)
        freeze = job.run(lambda done, _stage: report(done, stage), stop)
        self.files.append(source_path(self._folder, freeze.source.path))
        self.project = freeze.applied_to(self.project)
        self.done.append(track.name)

    def leave_nothing(self) -> None:
        """Take away what was written for nothing."""
        for file in self.files:
            with suppress(OSError):
                file.unlink(missing_ok=True)


@dataclass(frozen=True)
class FreezeProject:
    """Freeze tracks of a saved project, or thaw them, and save it.

    Attributes:
        project: its folder.
        tracks: names, roles or numbers.
        undo: thaw them.
    """

    project: Path
    tracks: tuple[str, ...]
    undo: bool = False
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> FreezeReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened or saved, or a track not be frozen.
            Stopped: when `stop` was set; the project is as it was then.
        """
        store = ProjectStore.open(self.project)
        try:
            before = store.project
            told = freeze_in(
                store, self.tracks, undo=self.undo, soundfont=self.soundfont, report=report, stop=stop
            )
            store.save()
            self._sweep(before, store.project)
            return told
        finally:
            store.close()

    def _sweep(self, before: Project, after: Project) -> None:
        """Delete the files of freezes that are over. A backup that still knows them plays the tracks."""
        kept = {source.path for source in after.sources}
        over = {track.frozen.source_id for track in before.tracks if track.frozen is not None}
        for source in before.sources:
            if source.id in over and source.path not in kept:
                with suppress(OSError):
                    source_path(project_folder(self.project), source.path).unlink(missing_ok=True)
