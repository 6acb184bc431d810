"""The queue: jobs wait, one runs, those that are over stay until they are cleared."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, Stopped, new_id

from ._estimate import RemainingTime
from ._handle import JobHandle

_BUG = "This failed through a mistake of ours; the log has the details. Try again, and send us the log."


class Job(Protocol):
    """Inputs are fields, the work is `run`. It asks for no widget and no global, and can be stopped."""

    def run(self, report: Report, stop: StopFlag) -> object:
        """Do the work.

        Raises:
            MusicgenDesktopError: whose sentence the user reads.
            Stopped: when `stop` was set.
        """


class JobListener(Protocol):
    """Told of jobs on the thread where it happened: the queue's own, or the caller's. Must not wait."""

    def job_changed(self, job: JobHandle) -> None:
        """One job is in another state, stage or share."""

    def jobs_changed(self, jobs: tuple[JobHandle, ...]) -> None:
        """There are other jobs, or they stand in another order."""


class _Entry:
    def __init__(self, job: Job, title: str) -> None:
        self.job = job
        self.handle = JobHandle(new_id("job"), title)
        self.stop = StopFlag()
        self.remaining = RemainingTime()
        self.began_s = 0.0


class JobQueue:
    """Runs jobs one after the other on a thread of its own. Any thread may call any method; none waits.

    Args:
        listener: told of every change.
        clock: seconds; another one than the system's for measuring.
    """

    def __init__(self, listener: JobListener, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._listener = listener
        self._clock = clock
        self._changed = threading.Condition(threading.RLock())
        self._entries: list[_Entry] = []
        self._running: _Entry | None = None
        self._closing = False
        self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._worker.start()

    @property
    def jobs(self) -> tuple[JobHandle, ...]:
        """All jobs in the order in which they are shown and done, with the time they have taken by now."""
        with self._changed:
            return tuple(self._now(entry) for entry in self._entries)

    def submit(self, job: Job, title: str) -> JobHandle:
        """Put a job at the end."""
        entry = _Entry(job, title)
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()
        self._tell_all()
        return entry.handle

    def stop(self, job_id: str) -> None:
        """End a job that waits or runs; one that is over stays as it is.

        Raises:
            KeyError: when there is no such job.
        """
        with self._changed:
            entry = self._entry(job_id)
            if entry.handle.is_over or entry.handle.stopping:
                return
            entry.stop.set()
            if entry.handle.state == "waiting":
                self._set(entry, state="stopped")
            else:
                self._set(entry, stopping=True)
        self._tell(entry)

    def retry(self, job_id: str) -> None:
        """Do a job that failed or was stopped once more, after all that wait; any other stays as it is.

        Raises:
            KeyError: when there is no such job.
        """
        with self._changed:
            entry = self._entry(job_id)
            if entry.handle.state not in ("failed", "stopped"):
                return
            again = _Entry(entry.job, entry.handle.title)
            again.handle = msgspec.structs.replace(again.handle, id=job_id)
            self._entries.remove(entry)
            self._entries.append(again)
            self._changed.notify_all()
        self._tell_all()

    def move(self, job_id: str, position: int) -> None:
        """Put a job at another place of the list, 0 being the first; past the end is the last.

        Raises:
            KeyError: when there is no such job.
        """
        with self._changed:
            entry = self._entry(job_id)
            self._entries.remove(entry)
            self._entries.insert(max(0, position), entry)
        self._tell_all()

    def clear_finished(self) -> None:
        """Take all jobs that are over off the list."""
        with self._changed:
            self._entries = [entry for entry in self._entries if not entry.handle.is_over]
        self._tell_all()

    def close(self) -> None:
        """Stop everything and wait for the job that runs to heed it. May be called again."""
        with self._changed:
            self._closing = True
            if self._running is not None:
                self._running.stop.set()
            self._changed.notify_all()
        if threading.current_thread() is not self._worker:
            self._worker.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._next() is not None)
                entry = self._next()
                if self._closing or entry is None:
                    return
                self._running = entry
                entry.began_s = self._clock()
                self._set(entry, state="running")
            self._tell(entry)
            self._run(entry)
            with self._changed:
                self._running = None
            self._tell(entry)

    def _next(self) -> _Entry | None:
        return next((entry for entry in self._entries if entry.handle.state == "waiting"), None)

    def _run(self, entry: _Entry) -> None:
        def report(done: float, stage: str) -> None:
            with self._changed:
                elapsed_s = self._clock() - entry.began_s
                done = min(1.0, max(0.0, done))
                eta_s = entry.remaining.told(elapsed_s, done)
                self._set(entry, done=done, stage=stage, elapsed_s=elapsed_s, eta_s=eta_s)
            self._tell(entry)

        try:
            result = entry.job.run(report, entry.stop)
        except Stopped:
            self._end(entry, state="stopped")
        except MusicgenDesktopError as error:
            self._end(entry, state="failed", problem=str(error))
        except Exception:
            logging.getLogger(__name__).exception("A job failed")
            self._end(entry, state="failed", problem=_BUG)
        else:
            self._end(entry, state="finished", done=1.0, result=result)

    def _end(self, entry: _Entry, **changes: object) -> None:
        with self._changed:
            elapsed_s = self._clock() - entry.began_s
            self._set(entry, elapsed_s=elapsed_s, eta_s=None, stopping=False, **changes)

    def _entry(self, job_id: str) -> _Entry:
        for entry in self._entries:
            if entry.handle.id == job_id:
                return entry
        raise KeyError(job_id)

    def _set(self, entry: _Entry, **changes: object) -> None:
        entry.handle = msgspec.structs.replace(entry.handle, **changes)

    def _now(self, entry: _Entry) -> JobHandle:
        if entry.handle.state != "running":
            return entry.handle
        elapsed_s = self._clock() - entry.began_s
        return msgspec.structs.replace(entry.handle, elapsed_s=elapsed_s, eta_s=entry.remaining.at(elapsed_s))

    def _tell(self, entry: _Entry) -> None:
        self._listener.job_changed(entry.handle)

    def _tell_all(self) -> None:
        self._listener.jobs_changed(self.jobs)
