"""Takes as Qt sees them: wishes go into the queue, candidates come onto the shelf, are heard and kept."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError
from musicgen_desktop.session.controllers.generating import (
    Candidate,
    CannotKeepTakesError,
    GrowingTake,
    Grown,
    TakesShelf,
    Wish,
    can_resume,
    keep,
    resumed,
)
from musicgen_desktop.session.jobs import JobHandle, JobListener, JobQueue

from ._growing import GrowingTakes
from ._player import PlayerBridge
from ._project import ProjectBridge
from ._shelved_take import QueueListener, ShelvedTake, TakeJob
from ._take_audition import TakeAudition

JobMaker = Callable[[Wish, Project], Sequence[TakeJob]]
"""A job for each take of a wish: `generate_jobs` with its client."""

SoundJobMaker = Callable[[Wish, Project, Path | None, Grown], TakeJob]
"""The job that makes all takes of a wish for sound: `sound_job` with its client."""

_LONGEST_TITLE = 40


class TakesBridge(QObject):
    """The queue of wishes, the shelf of takes and what is auditioned, of the project that is open.

    A take lands on the shelf of the project that it was wished for, also when another one was opened
    meanwhile. All methods belong to the window's thread, and all signals come on it.

    Args:
        project: the open one.
        player: plays the auditions.
        make_jobs: `partial(generate_jobs, client=client)`.
        make_sound: `partial(sound_job, client=client)`; None refuses wishes for sound.
        queue: makes the queue, given who is told of its jobs.
    """

    jobs_changed = Signal(object)
    """All jobs of the queue, as `JobHandle`s."""
    job_progressed = Signal(object)
    """One `JobHandle` is in another state, stage or share."""
    take_arrived = Signal(object)
    """A `Candidate`, which is on the shelf already."""
    shelf_changed = Signal()
    failed = Signal(str)
    """One sentence: a wish that cannot be, a take that could not be written."""
    auditioned = Signal(str)
    """The id of the take that sounds; empty for none."""
    _job_told = Signal(object)
    _jobs_told = Signal(object)
    _shelf_told = Signal(object)
    _take_told = Signal(object, object, str)
    _grown_told = Signal(object, object, object)
    _over_told = Signal(object)

    def __init__(
        self,
        project: ProjectBridge,
        player: PlayerBridge,
        make_jobs: JobMaker,
        *,
        make_sound: SoundJobMaker | None = None,
        queue: Callable[[JobListener], JobQueue] = JobQueue,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._player = player
        self._make_jobs, self._make_sound = make_jobs, make_sound
        self.growing = GrowingTakes(self)
        """Takes of sound while they are made."""
        self.hears_growing = True
        """Whether a take of sound is heard from its first moment on, unless something else sounds."""
        self._audition = TakeAudition(project, player, self)
        self._began_by_itself = ""
        """The take whose audition nobody asked for: a newer one may take its place."""
        self._dismissed: set[str] = set()
        self._seen_tracks: tuple[Track, ...] = ()
        self._in_song: frozenset[str] = frozenset()
        # Signals carry what happens on the queue's thread to this one.
        self._job_told.connect(self._on_job)
        self._jobs_told.connect(self._on_jobs)
        self._shelf_told.connect(self._on_shelf)
        self._take_told.connect(self._on_take)
        self._grown_told.connect(self._on_grown)
        self._over_told.connect(self.growing.end)
        self._audition.changed.connect(self.auditioned)
        self._audition.failed.connect(self.failed)
        self.growing.began.connect(self._hear)
        self.growing.changed.connect(self._grow)
        self._shelf = self._new_shelf()
        self._queue = queue(QueueListener(self._job_told.emit, self._jobs_told.emit))
        project.opened.connect(self._turn)
        project.saved_changed.connect(self._follow_folder)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The takes on the shelf, newest first."""
        return self._shelf.candidates

    @property
    def in_song(self) -> frozenset[str]:
        """The ids of the takes of which there is a clip in the project now."""
        tracks = self._project.project.tracks
        if tracks is not self._seen_tracks:
            self._seen_tracks = tracks
            clips = (clip for track in tracks for clip in track.clips)
            self._in_song = frozenset(clip.take_id for clip in clips if clip.take_id is not None)
        return self._in_song

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence on each file of the project's takes that could not be read."""
        return self._shelf.notes

    @property
    def jobs(self) -> tuple[JobHandle, ...]:
        """Jobs that wait, run or failed, with the time they have taken by now."""
        return tuple(
            job
            for job in self._queue.jobs
            if job.state in ("waiting", "running", "failed") and job.id not in self._dismissed
        )

    @property
    def running(self) -> JobHandle | None:
        """The job that is being done."""
        return next((job for job in self._queue.jobs if job.state == "running"), None)

    @property
    def is_busy(self) -> bool:
        """Whether anything waits or runs."""
        return any(job.state in ("waiting", "running") for job in self._queue.jobs)

    @property
    def audition_id(self) -> str:
        """The take that sounds in place of the project; empty for none."""
        return self._audition.take_id

    def compose(self, wish: Wish) -> bool:
        """Put the takes of a wish into the queue; False, and `failed`, when it cannot be met."""
        try:
            if wish.sound is not None:
                self._compose_sound(wish)
                return True
            jobs = self._make_jobs(wish, self._project.project)
        except UserInputError as error:
            self.failed.emit(str(error))
            return False
        for number, job in enumerate(jobs, 1):
            self._queue.submit(ShelvedTake(job, self._shelf, self._tell_take), self._title(wish, number))
        return True

    def can_go_on(self, candidate: Candidate) -> bool:
        """Whether a take ended early and can be made whole from where it stopped."""
        folder = self._project.folder
        return folder is not None and can_resume(candidate, folder)

    def go_on(self, candidate: Candidate) -> bool:
        """Make the whole of which a take that ended early is the beginning."""
        return self.compose(resumed(candidate))

    def again(self, candidate: Candidate, seed: int) -> bool:
        """Make a take by the same wish with another seed."""
        wish = candidate.wish
        if wish.sound is not None:
            wish = msgspec.structs.replace(wish, sound=wish.sound.anew())
        return self.compose(msgspec.structs.replace(wish, seed=seed, variations=1))

    def stop(self, job_id: str) -> None:
        """End a job that waits or runs."""
        self._queue.stop(job_id)

    def stop_all(self) -> None:
        """End all that waits and runs."""
        for job in self._queue.jobs:
            if not job.is_over:
                self._queue.stop(job.id)

    def retry(self, job_id: str) -> None:
        """Do a failed job once more."""
        self._dismissed.discard(job_id)
        self._queue.retry(job_id)

    def dismiss(self, job_id: str) -> None:
        """Show a failed job no longer."""
        self._dismissed.add(job_id)
        self._tidy()
        self.jobs_changed.emit(self.jobs)

    def star(self, take_id: str, *, starred: bool) -> None:
        """Set or take away a star."""
        self._on_disk(lambda: self._shelf.star(take_id, starred=starred))

    def rename(self, take_id: str, name: str) -> None:
        """Give a take another name."""
        self._on_disk(lambda: self._shelf.rename(take_id, name))

    def delete(self, take_id: str) -> None:
        """Take it off the shelf; it falls silent when it is auditioned."""
        if self.audition_id == take_id:
            self.audition(None)
        self.growing.dismiss(take_id)
        self._shelf.delete(take_id)

    def restore(self, take_id: str) -> None:
        """Put a deleted take back."""
        self._on_disk(lambda: self._shelf.restore(take_id))

    def audition(self, candidate: Candidate | None, *, with_project: bool = True) -> None:
        """Let a take sound in place of the project, in a loop from its first bar; None ends it.

        While another take sounds, the new one goes on where that one is. Ending stops the transport only
        when the audition started it. `failed` says so when the place that it was made for is gone.
        """
        if candidate is None:
            self._audition.end()
        else:
            self._began_by_itself = ""
            self._audition.begin(candidate, with_project=with_project)

    def keep(
        self, candidate: Candidate, *, at_tick: int | None = None, replace: bool = False
    ) -> tuple[str, ...]:
        """Put a take into the project; the audition ends.

        Args:
            candidate: the take.
            at_tick: where it begins; where it was made for when None.
            replace: what lies there makes room.

        Returns:
            The ids of the clips that are its own; none when the project refused. What only made room for
            them is not among these.
        """
        self._audition.end()
        before, folder = self._project.project, self._project.folder
        try:
            if not self._project.ask(keep, candidate, at_tick=at_tick, replace=replace, folder=folder):
                return ()
        except MusicgenDesktopError as error:  # the disk refuses its sound
            self.failed.emit(str(error))
            return ()
        self.growing.dismiss(candidate.id)
        known = {id(clip) for track in before.tracks for clip in track.clips}
        return tuple(
            clip.id
            for track in self._project.project.tracks
            for clip in track.clips
            if clip.take_id == candidate.id and id(clip) not in known
        )

    def close(self) -> None:
        """Stop what runs and let go of the shelf. May be called again."""
        self._queue.close()
        self._shelf.close()

    def _title(self, wish: Wish, number: int) -> str:
        words = " ".join(wish.prompt.split())
        if len(words) > _LONGEST_TITLE:
            words = words[: _LONGEST_TITLE - 1].rstrip() + "…"
        name = self.tr("“{prompt}”").format(prompt=words) if words else self.tr("A take")
        if wish.variations == 1:
            return name
        return self.tr("{number} of {count} · {name}").format(name=name, number=number, count=wish.variations)

    def _compose_sound(self, wish: Wish) -> None:
        """One job for all variations.

        Raises:
            UserInputError: when the wish cannot be met.
        """
        if self._make_sound is None:
            raise UserInputError("No engine of sound is connected here; choose another engine.")
        shelf = self._shelf
        job = self._make_sound(
            wish,
            self._project.project,
            self._project.folder,
            lambda take: self._grown_told.emit(shelf, wish, take),
        )
        whole = ShelvedTake(job, shelf, self._tell_take, lambda: self._over_told.emit(wish))
        self._queue.submit(whole, self._title(msgspec.structs.replace(wish, variations=1), 1))

    def _turn(self) -> None:
        """Another project is open: what was wished for the one before goes on, its takes stay there."""
        self._audition.give_way("")
        self.growing.dismiss_all()
        self._shelf.close()
        self._shelf = self._new_shelf()
        self.shelf_changed.emit()
        for note in self._shelf.notes:
            self.failed.emit(note)

    def _follow_folder(self) -> None:
        folder = self._project.folder
        if folder is not None:
            self._on_disk(lambda: self._shelf.move_to(folder))

    def _new_shelf(self) -> TakesShelf:
        shelf = TakesShelf(self._project.folder, on_change=lambda: self._shelf_told.emit(shelf))
        return shelf

    def _on_disk(self, change: Callable[[], None]) -> None:
        try:
            change()
        except (UserInputError, CannotKeepTakesError) as error:
            self.failed.emit(str(error))

    def _tell_take(self, shelf: TakesShelf, candidate: Candidate, problem: str) -> None:
        self._take_told.emit(shelf, candidate, problem)

    def _on_take(self, shelf: TakesShelf, candidate: Candidate, problem: str) -> None:
        if shelf is self._shelf:
            self.growing.finish(candidate)
            self._audition.grow(candidate)
            self.take_arrived.emit(candidate)
        if problem:
            self.failed.emit(problem)

    def _on_grown(self, shelf: TakesShelf, wish: Wish, take: GrowingTake) -> None:
        if shelf is self._shelf:
            self.growing.show(wish, take)

    def _hear(self, take: GrowingTake) -> None:
        """The first sound of a wish: it is heard unless the user chose to listen to something else."""
        sounding = self.audition_id
        is_free = sounding == self._began_by_itself if sounding else not self._player.is_running
        if self.hears_growing and is_free:
            self._began_by_itself = take.candidate.id
            self._audition.begin(take.candidate, with_project=True)

    def _grow(self) -> None:
        take = self.growing.take(self.audition_id)
        if take is not None and not self.growing.is_whole(take.candidate.id):
            self._audition.grow(take.candidate)

    def _on_shelf(self, shelf: TakesShelf) -> None:
        if shelf is self._shelf:
            self.shelf_changed.emit()

    def _on_job(self, job: JobHandle) -> None:
        self.job_progressed.emit(job)
        if job.is_over:
            self._tidy()

    def _on_jobs(self, _jobs: tuple[JobHandle, ...]) -> None:
        self.jobs_changed.emit(self.jobs)

    def _tidy(self) -> None:
        """Jobs that nobody sees any more are let go: each holds its take."""
        jobs = self._queue.jobs
        over = [job for job in jobs if job.is_over]
        if over and not any(job.state == "failed" and job.id not in self._dismissed for job in over):
            self._dismissed.clear()
            self._queue.clear_finished()
