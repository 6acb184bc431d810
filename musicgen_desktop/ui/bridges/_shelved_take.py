"""What happens on the queue's own thread while takes are made."""

from collections.abc import Callable

from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag
from musicgen_desktop.session.controllers.generating import Candidate, GenerateTake, TakesShelf
from musicgen_desktop.session.jobs import JobHandle


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
    """A job whose take goes onto the shelf before anyone hears of it: writing is not the window's work."""

    def __init__(
        self, job: GenerateTake, shelf: TakesShelf, tell: Callable[[TakesShelf, Candidate, str], None]
    ) -> None:
        self._job, self._shelf, self._tell = job, shelf, tell

    def run(self, report: Report, stop: StopFlag) -> object:
        """Make the take. Raises as the job does."""
        candidate = self._job.run(report, stop)
        problem = ""
        try:
            self._shelf.add(candidate)
        except MusicgenDesktopError as error:
            problem = str(error)
        self._tell(self._shelf, candidate, problem)
        return candidate
