"""The job that is shown in the status line."""

import msgspec
from PySide6.QtCore import QCoreApplication

from musicgen_desktop.session.jobs import JobHandle

translate = QCoreApplication.translate


class RunningJob(msgspec.Struct, frozen=True):
    """A job as one line: “Composing “dusty lo-fi” · mixing · 2 s left”. `done` is 0 to 1."""

    id: str
    text: str
    done: float


def running_job(job: JobHandle) -> RunningJob:
    """A job as the status line shows it; the time left is told only when it is known."""
    parts = [job.title, job.stage]
    if job.stopping:
        parts[1:] = [translate("Running", "stopping")]
    elif job.eta_s is not None and job.eta_s >= 1.0:
        parts.append(translate("Running", "{seconds} s left").format(seconds=round(job.eta_s)))
    return RunningJob(job.id, " · ".join(part for part in parts if part), job.done)
