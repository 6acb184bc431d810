"""Work off the main thread, as Qt sees it."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.session.jobs import Job, JobHandle, JobListener, JobQueue

OnDone = Callable[[object], object]


class JobsBridge(QObject):
    """A queue whose news arrive on the main thread: imports, exports, renders.

    Args:
        parent: owns it.
        queue: makes the queue, given who is told of its jobs.
    """

    changed = Signal(object)
    """The jobs as they stand: a tuple of `JobHandle`."""
    progressed = Signal(object)
    """One `JobHandle`."""
    failed = Signal(str)
    _told = Signal(object)
    _told_all = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, queue: Callable[[JobListener], JobQueue] = JobQueue
    ) -> None:
        super().__init__(parent)
        self._on_done: dict[str, OnDone] = {}
        self._told.connect(self._take)
        self._told_all.connect(self.changed)
        self._queue = queue(self)

    def job_changed(self, job: JobHandle) -> None:
        """The queue's word, on its own thread."""
        self._told.emit(job)

    def jobs_changed(self, jobs: tuple[JobHandle, ...]) -> None:
        """The queue's word, on its own thread."""
        self._told_all.emit(jobs)

    @property
    def jobs(self) -> tuple[JobHandle, ...]:
        """All jobs, with the time they have taken by now."""
        return self._queue.jobs

    @property
    def running(self) -> JobHandle | None:
        """The job that runs."""
        return next((job for job in self._queue.jobs if job.state == "running"), None)

    def submit(self, job: Job, title: str, on_done: OnDone | None = None) -> str:
        """Put a job at the end; `on_done` gets what it returned, on this thread. Returns its id."""
        job_id = self._queue.submit(job, title).id
        if on_done is None:
            return job_id
        over = next((each for each in self._queue.jobs if each.id == job_id and each.is_over), None)
        if over is None:
            self._on_done[job_id] = on_done
        elif over.state == "finished":  # a short one: its end is told by the event loop, or was already
            on_done(over.result)
        return job_id

    def stop(self, job_id: str) -> None:
        """End a job; one that is over and was taken off the list is no mistake."""
        with suppress(KeyError):
            self._queue.stop(job_id)

    def retry(self, job_id: str) -> None:
        """Do it once more."""
        self._queue.retry(job_id)

    def clear_finished(self) -> None:
        """Take what is over off the list."""
        self._queue.clear_finished()

    def close(self) -> None:
        """Stop everything."""
        self._queue.close()

    def _take(self, job: JobHandle) -> None:
        self.progressed.emit(job)
        if job.state == "failed":
            self.failed.emit(job.problem)  # it may be tried again: what follows it is kept
        elif job.state == "finished":
            on_done = self._on_done.pop(job.id, None)
            if on_done is not None:
                on_done(job.result)
