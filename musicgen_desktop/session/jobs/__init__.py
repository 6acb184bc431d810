"""Work beside the window, one job after the other: takes, exports, renders, bounces."""

from ._handle import JobHandle, JobState
from ._queue import Job, JobListener, JobQueue

__all__ = ["Job", "JobHandle", "JobListener", "JobQueue", "JobState"]
