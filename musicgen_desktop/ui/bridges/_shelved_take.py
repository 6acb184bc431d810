"""What happens on the queue's own thread while takes are made."""

from collections.abc import Callable
from typing import Protocol

from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag
from musicgen_desktop.session.controllers.generating import Candidate, TakesShelf
from musicgen_desktop.session.jobs import JobHandle


class TakeJob(Protocol):
    """Makes one take, or all variations of a wish at once."""

    def run(self, report: Report, stop: StopFlag) -> Candidate | tuple[Candidate, ...]:
        """Do the work. Raises as every job does."""


class QueueListener:
    """Hands on what the queue says, on whichever thread."""

    def __init__(self, one: Callable[[JobHandle], None], all_of_them: Callable[..., None]) -> None:
        self._one, self._all = one, all_of_them

    def job_changed(self, job: JobHandle) -> None:
        """One job is in another state, stage or share."""
        self._one(job)

    def jobs_changed(self, jobs: tuple[JobHandle, ...]) -> None:
        """There are other jobs."""
        self._all(jobs)


class ShelvedTake:
    """A job whose takes go onto the shelf before anyone hears of them: writing is not the window's work.

    Args:
        job: makes them.
        shelf: of the project that they were wished for.
        tell: told of each take, and of what went wrong when it was written.
        over: told when nothing more comes, whatever happened.
    """

    def __init__(
        self,
        job: TakeJob,
        shelf: TakesShelf,
        tell: Callable[[TakesShelf, Candidate, str], None],
        over: Callable[[], None] | None = None,
    ) -> None:
        self._job, self._shelf, self._tell, self._over = job, shelf, tell, over

    def run(self, report: Report, stop: StopFlag) -> object:
        """Make the takes. Raises as the job does."""
        try:
            made = self._job.run(report, stop)
            for candidate in made if isinstance(made, tuple) else (made,):
                self._put(candidate)
        finally:
            if self._over is not None:
                self._over()
        return made

    def _put(self, candidate: Candidate) -> None:
        problem = ""
        try:
            self._shelf.add(candidate)
        except MusicgenDesktopError as error:
            problem = str(error)
        self._tell(self._shelf, candidate, problem)
