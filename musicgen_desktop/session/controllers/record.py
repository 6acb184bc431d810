"""Takes come into the project, after a recording and after a crash."""

from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioSource, Project, Track, TrackKind
from musicgen_desktop.foundation import UserInputError, new_id, safe_file_name, user_data_folder
from musicgen_desktop.media import content_hash
from musicgen_desktop.playback.recording import (
    FinishedNotes,
    FinishedTake,
    Kept,
    KeptTake,
    Recorded,
    append_to_log,
    find_unfinished,
    forget_recording,
    kept_takes,
    recover_recording,
    remove_recording,
)
from musicgen_desktop.session.commands.tracks import behind_clips
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import TAKES_FOLDER

from ._recorded_clips import audio_clips, notes_clips, with_clips_over
from ._recorded_files import collected

_UNSAVED_FOLDER = "recordings"
_LONGEST_WAIT_S = 2.0
_LONGEST_NAME = 200


class KeptRecording(msgspec.Struct, frozen=True):
    """What a recording became.

    Attributes:
        clip_ids: the clips, in the order of their tracks; those that were muted among them.
        track_ids: the tracks they lie on.
    """

    clip_ids: tuple[str, ...]
    track_ids: tuple[str, ...]


def recordings_folder(store: ProjectStore) -> Path:
    """Where takes are written while they are recorded.

    The project's `takes/` folder; a project that was never saved has one in the user's data folder.

    Raises:
        UserInputError: when the project's folder cannot be written.
    """
    if store.folder is None:
        return _unsaved_folder(store.project)
    if store.read_only:
        raise UserInputError(
            f"The project in “{store.folder}” may not be written, so nothing can be recorded into it; "
            "save it somewhere else first."
        )
    return store.folder / TAKES_FOLDER


def keep_takes(store: ProjectStore, recorded: Recorded) -> KeptRecording:
    """Put what was recorded on its tracks, as one step that can be undone.

    Files get their place in the project's `audio/` folder. Each round of a loop is a clip; the newest whole
    one is heard, the others are muted, and so is older audio under it. A track that is gone, or is of another
    kind by now, is made anew. The recording's log goes once the edit would survive a crash.

    Args:
        store: the open project.
        recorded: what `Recorder.finish` or `recover_recordings` gave.

    Raises:
        UserInputError: when a file cannot get its place; the project is then unchanged and the takes are
            where they were, to be offered again by `recover_recordings`.
    """
    log, folder = Path(recorded.log), store.folder
    project, tempo = store.project, store.project.tempo_map
    earlier = {
        take.track_id: take.path
        for line in kept_takes(log)
        if line.project_id == project.id
        for take in line.takes
    }
    kept: list[KeptTake] = []
    clip_ids: list[str] = []
    track_ids: list[str] = []
    for take in recorded.takes:
        source = _source(take, folder, earlier.get(take.track_id, ""))
        project, track = _track(project.with_source(source), take, "audio")
        clips = audio_clips(take, source, tempo)
        project = project.with_track(with_clips_over(track, clips, project.sources, tempo))
        kept.append(KeptTake(take.track_id, source.id, source.path))
        clip_ids += [clip.id for clip in clips]
        track_ids.append(track.id)
    for played in recorded.notes:
        project, track = _track(project, played, "notes")
        notes = notes_clips(played)
        project = project.with_track(with_clips_over(track, notes, project.sources, tempo))
        kept.append(KeptTake(played.track_id, notes[0].id))
        clip_ids += [clip.id for clip in notes]
        track_ids.append(track.id)
    project = _as_long_as_its_takes(project)
    if kept:
        # On a full disk the line finds no room; then a crash offers once more what the project has already.
        with suppress(UserInputError):
            append_to_log(log, Kept(tuple(kept), project.id))
        store.end_merge()
        store.apply("Record", project)
        if folder is not None and not _is_of_another(project, log) and store.flush(_LONGEST_WAIT_S):
            forget_recording(log)
    return KeptRecording(tuple(clip_ids), tuple(track_ids))


def recover_recordings(store: ProjectStore) -> tuple[Recorded, ...]:
    """What a crash, or a power cut, left of recordings: to be shown, then kept or discarded.

    Looks into the project's takes and into those of the time when it was not saved yet. Recordings that the
    project has already are tidied away.

    Args:
        store: the open project.
    """
    tidy_recordings(store)
    found = []
    for log in _unfinished(store):
        if not _is_in(store.project, log):
            recorded = recover_recording(log)
            if recorded is not None:
                found.append(recorded)
    return tuple(found)


def discard_recording(recorded: Recorded) -> None:
    """Throw a recording away, its files too. Nothing brings it back."""
    remove_recording(Path(recorded.log))


def tidy_recordings(store: ProjectStore) -> None:
    """Let go of what the project holds safely by now: logs, and the takes' first names. For after a save."""
    if not store.saved or store.folder is None:
        return
    for log in _unfinished(store):
        if _is_in(store.project, log):
            forget_recording(log)
    with suppress(OSError):
        _unsaved_folder(store.project).rmdir()  # when nothing is in it any more


def _unsaved_folder(project: Project) -> Path:
    """Each project has its own: one may not take, or tidy away, what another one still plays from there."""
    return user_data_folder() / _UNSAVED_FOLDER / safe_file_name(project.id, fallback="project")


def _as_long_as_its_takes(project: Project) -> Project:
    """The song's set end moves to the bar line behind what was recorded beyond it."""
    end = max((track.end_ticks for track in project.tracks), default=0)
    if not project.end_ticks or end <= project.end_ticks:
        return project
    bars = project.meter_map
    line = bars.tick_of_bar(bars.bar_of(end - 1) + 1)
    return msgspec.structs.replace(project, end_ticks=line)


def _unfinished(store: ProjectStore) -> tuple[Path, ...]:
    """Logs of this project; those that another one has taken in are that one's."""
    folders = [_unsaved_folder(store.project)]
    if store.folder is not None:
        folders.append(store.folder / TAKES_FOLDER)
    found = (log for folder in folders for log in find_unfinished(folder))
    return tuple(log for log in found if not _is_of_another(store.project, log))


def _is_of_another(project: Project, log: Path) -> bool:
    return any(line.project_id not in {"", project.id} for line in kept_takes(log))


def _is_in(project: Project, log: Path) -> bool:
    """Whether the project has all that this log's recording became."""
    kept = {take.track_id: take.source_id for line in kept_takes(log) for take in line.takes}
    ids = {source.id for source in project.sources}
    ids |= {clip.id for track in project.tracks for clip in track.clips}
    return bool(kept) and all(source_id in ids for source_id in kept.values())


def _source(take: FinishedTake, folder: Path | None, earlier: str) -> AudioSource:
    path = Path(take.path)
    placed = path.as_posix() if folder is None else collected(path, folder, take.name, earlier=earlier)
    return AudioSource(
        id=new_id("source"),
        name=take.name[:_LONGEST_NAME],
        path=placed,
        content_hash=content_hash(path),
        rate=take.rate,
        channels=take.channels,
        frames=take.frames,
        origins=(),
    )


def _track(project: Project, taken: FinishedTake | FinishedNotes, kind: TrackKind) -> tuple[Project, Track]:
    """The track that recorded; a new one when it is not there any more."""
    for track in project.tracks:
        if track.id == taken.track_id and track.kind == kind:
            return project, track
    made = Track(id=new_id("track"), name=taken.name[:_LONGEST_NAME], kind=kind)
    return project.with_track(made, behind_clips(project)), made
