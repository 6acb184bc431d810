"""Files for a drag into another program: made while the mouse rests on a handle, ready when it pulls."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.handover import Clips, Kind, Mix, Part, RenderHandOver, Stem
from musicgen_desktop.session.jobs import JobHandle

from ._jobs import JobsBridge
from ._project import ProjectBridge

PartKind = Literal["clip", "track", "mix", "take"]
PartState = Literal["rest", "busy", "ready"]
"""Of a part's files: nobody asked for them, they are being made, a drag can carry them."""

_Key = tuple[str, tuple[str, ...]]
_DRAG = "Drag"


class HandOverBridge(QObject):
    """Asked on hover to prepare a part, and at the beginning of a drag for its files.

    Without a modifier a drag carries sound; with Ctrl held MIDI; with Ctrl and Shift both.

    Args:
        project: the open one.
        parent: owns it.
        jobs: does nothing but make these files; a queue of its own when None.
    """

    ready = Signal(str)
    """The names of files that lie ready now."""
    state_changed = Signal()
    """The files of a part are being made, or lie ready now, or will not come."""
    not_ready = Signal()
    """A drag began before its files were there; they are being made."""
    failed = Signal(str)

    def __init__(
        self, project: ProjectBridge, parent: QObject | None = None, *, jobs: JobsBridge | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._jobs = JobsBridge(self) if jobs is None else jobs
        self._jobs.failed.connect(self.failed)
        self._jobs.progressed.connect(self._on_progress)
        self._takes: dict[str, Project] = {}
        self._asked: dict[_Key, tuple[Project, str]] = {}
        self._states: dict[_Key, tuple[Project, PartState]] = {}

    def offer_take(self, take_id: str, project: Project) -> None:
        """A take that is not in the project yet can be dragged too: as the mix of this."""
        self._takes[take_id] = project

    def prepare(self, kind: PartKind, *ids: str) -> None:
        """Make the files of a part ready; nothing happens when they are, or are being made."""
        key: _Key = (kind, ids)
        project = self._of(kind, ids)
        asked = self._asked.get(key)
        if asked is not None and asked[0] is project:
            return
        try:
            job = self._job(kind, ids)
            if job.ready() is not None:
                self._set_state(key, project, "ready")
                return
        except MusicgenDesktopError as error:
            self.failed.emit(str(error))
            return
        asked_now = self._asked = {key: (project, "")}
        for job_id in self._waiting_drags():
            if job_id in self._waiting_drags():  # whoever heard of the one before may have stopped it
                self._jobs.stop(job_id)  # the mouse went on: what it left is not needed now
        self._jobs.clear_finished()
        self._set_state(key, project, "busy")
        if self._asked is not asked_now:  # whoever heard of it has asked for another part
            self._forget_left()
            return
        job_id = self._jobs.submit(job, _DRAG, lambda files: self._tell(key, project, files))
        self._asked = {key: (project, job_id)}
        for over in self._jobs.jobs:
            if over.id == job_id and over.is_over:
                self._on_progress(over)  # it ended before it had a name here

    def state_of(self, kind: PartKind, ids: Sequence[str]) -> PartState:
        """How far the files of a part are; those of an older state of the project do not count."""
        key: _Key = (kind, tuple(ids))
        held = self._states.get(key)
        now = self._takes.get(key[1][0]) if kind == "take" and key[1] else self._project.project
        return held[1] if held is not None and held[0] is now else "rest"

    def files(self, kind: PartKind, ids: Sequence[str], modifiers: Qt.KeyboardModifier) -> tuple[Path, ...]:
        """What a drag carries, of what lies ready; nothing while it is being made."""
        try:
            files = self._job(kind, tuple(ids)).ready()
        except MusicgenDesktopError as error:
            self.failed.emit(str(error))
            return ()
        if files is None:
            if all(job.is_over for job in self._jobs.jobs if job.title == _DRAG):
                self._asked = {}  # somebody removed them since
            self.prepare(kind, *ids)
            self.not_ready.emit()
            return ()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if modifiers & control and modifiers & shift:
            return files
        wanted = ".mid" if modifiers & control else ".wav"
        chosen = tuple(file for file in files if file.suffix == wanted)
        if not chosen:
            self.failed.emit(self.tr("There are no notes in it, so it has no MIDI; drag it as sound."))
        return chosen

    def make(self, kind: PartKind, *ids: str, then: Callable[[tuple[Path, ...]], object]) -> None:
        """Hand the files on as soon as they are there: at once, or when they have been made."""
        try:
            job = self._job(kind, ids)
            files = job.ready()
        except MusicgenDesktopError as error:
            self.failed.emit(str(error))
            return
        if files is not None:
            then(files)
            return

        def hand_on(made: object) -> None:
            if isinstance(made, tuple):
                then(made)

        self._jobs.submit(job, "Files", hand_on)

    def close(self) -> None:
        """Stop what is being made."""
        self._jobs.close()

    def _waiting_drags(self) -> tuple[str, ...]:
        """Jobs of `prepare` alone: what `make` was asked for is wanted wherever the mouse goes."""
        jobs = self._jobs.jobs
        return tuple(job.id for job in jobs if job.title == _DRAG and job.state == "waiting")

    def _of(self, kind: PartKind, ids: tuple[str, ...]) -> Project:
        return self._takes[ids[0]] if kind == "take" else self._project.project

    def _job(self, kind: PartKind, ids: tuple[str, ...]) -> RenderHandOver:
        project = self._of(kind, ids)
        part: Part
        match kind:
            case "clip":
                part = Clips(ids)
            case "track" if ids[0] != project.master.id:
                part = Stem(ids[0])
            case _:
                part = Mix()
        folder = self._project.folder
        exports = None if folder is None else folder / "exports"
        return RenderHandOver(project, folder, part, kinds=_kinds(project, part), exports=exports)

    def _tell(self, key: _Key, project: Project, files: object) -> None:
        if isinstance(files, tuple):
            self._set_state(key, project, "ready")
            self.ready.emit(", ".join(file.name for file in files))

    def _on_progress(self, job: JobHandle) -> None:
        """What failed or was stopped is not being made any more."""
        if job.is_over and job.state != "finished":
            self._forget_left()

    def _forget_left(self) -> None:
        live = {each.id for each in self._jobs.jobs if not each.is_over}
        asked = {key for key, (_, job_id) in self._asked.items() if job_id in live}
        gone = [key for key, (_, state) in self._states.items() if state == "busy" and key not in asked]
        for key in gone:
            del self._states[key]
        if gone:
            self.state_changed.emit()

    def _set_state(self, key: _Key, project: Project, state: PartState) -> None:
        now = self._project.project
        kept = {each: held for each, held in self._states.items() if each[0] == "take" or held[0] is now}
        if kept.get(key) != (project, state):
            self._states = {**kept, key: (project, state)}
            self.state_changed.emit()


def _kinds(project: Project, part: Part) -> frozenset[Kind]:
    """Sound always, MIDI where there are notes: it costs next to nothing."""
    match part:
        case Clips(clip_ids=clip_ids):
            tracks = [track for track in project.tracks if any(clip.id in clip_ids for clip in track.clips)]
        case Stem(track_id=track_id):
            tracks = [project.track(track_id)]
        case _:
            tracks = list(project.tracks)
    has_notes = any(track.kind == "notes" for track in tracks)
    return frozenset({"wav", "midi"}) if has_notes else frozenset({"wav"})
