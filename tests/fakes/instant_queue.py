"""A job queue without a thread: jobs are done when they are submitted, or when `release` says so."""

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, Stopped
from musicgen_desktop.session.jobs import JobHandle


class InstantQueue:
    """As `JobQueue`, on the caller's thread. While it is `held`, jobs wait."""

    def __init__(self, listener):
        self._listener = listener
        self._jobs = {}
        self.held = False
        self._handles = {}

    @property
    def jobs(self):
        return tuple(self._handles.values())

    def submit(self, job, title):
        handle = JobHandle(f"job-{len(self._jobs)}", title)
        self._jobs[handle.id] = job
        self._handles[handle.id] = handle
        self._tell_all()
        if not self.held:
            self._run(handle.id)
        return handle

    def begin(self, job_id, **shown):
        """Show a waiting job as one that runs."""
        self._set(job_id, state="running", **shown)

    def release(self):
        """Do all that waits or runs."""
        self.held = False
        for handle in self.jobs:
            if not handle.is_over:
                self._run(handle.id)

    def stop(self, job_id):
        self._set(job_id, state="stopped")

    def retry(self, job_id):
        handle = self._handles.pop(job_id)
        self._handles[job_id] = JobHandle(job_id, handle.title)
        self._tell_all()
        if not self.held:
            self._run(job_id)

    def clear_finished(self):
        self._handles = {each.id: each for each in self.jobs if not each.is_over}
        self._tell_all()

    def close(self):
        pass

    def _run(self, job_id):
        self._set(job_id, state="running")
        try:
            result = self._jobs[job_id].run(lambda _done, _stage: None, StopFlag())
        except Stopped:
            self._set(job_id, state="stopped")
        except MusicgenDesktopError as error:
            self._set(job_id, state="failed", problem=str(error))
        else:
            self._set(job_id, state="finished", done=1.0, result=result)

    def _set(self, job_id, **changes):
        self._handles[job_id] = msgspec.structs.replace(self._handles[job_id], **changes)
        self._listener.job_changed(self._handles[job_id])

    def _tell_all(self):
        self._listener.jobs_changed(self.jobs)
