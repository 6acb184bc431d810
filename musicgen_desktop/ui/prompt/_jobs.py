"""What waits, runs or has failed, a row each; nothing is shown when there is nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.widgets import ElidedLabel, IconButton, TextButton

from ._clock import time_left, time_passed

_EVERY_MS = 500


class JobRow(QFrame):
    """One job: title, stage, times, progress, stop; a sentence and another try when it failed."""

    stop_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)

    def __init__(self, job: JobHandle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.setProperty("kind", "card")
        self.title = ElidedLabel(self)
        self.stage = QLabel(self)
        self.stage.setProperty("kind", "soft")
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setProperty("kind", "bad")
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setFixedHeight(4)
        self.progress.setTextVisible(False)
        self.stop = IconButton("close", "", self)
        self.stop.setFixedSize(22, 22)
        self.retry = TextButton(self.tr("Retry"), self, icon_name="retry")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.stage)
        head.addWidget(self.retry)
        head.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 4, 5)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.progress)
        self.stop.clicked.connect(self._on_stop)
        self.retry.clicked.connect(lambda: self.retry_requested.emit(self.job.id))
        self.show_job(job)

    def show_job(self, job: JobHandle) -> None:
        """The job as it stands now."""
        self.job = job
        failed = job.state == "failed"
        self.title.show_text(job.title)
        self.stage.setText(self._stage(job))
        self.stage.setVisible(not failed)
        self.problem.setText(job.problem)
        self.problem.setVisible(failed)
        self.progress.setVisible(job.state == "running")
        self.progress.setValue(round(1000.0 * job.done))
        self.progress.setAccessibleName(self.tr("Progress of {title}").format(title=job.title))
        self.retry.setVisible(failed)
        self.stop.set_name(
            self.tr("Close this notice") if failed else self.tr("Stop {title}").format(title=job.title)
        )

    def _stage(self, job: JobHandle) -> str:
        if job.state == "waiting":
            return self.tr("waits")
        if job.stopping:
            return self.tr("Stopping")
        parts = [job.stage or self.tr("Starting"), time_passed(job.elapsed_s)]
        if job.eta_s is not None:
            parts.append(time_left(job.eta_s))
        return " · ".join(parts)

    def _on_stop(self) -> None:
        signal = self.dismiss_requested if self.job.state == "failed" else self.stop_requested
        signal.emit(self.job.id)


class JobList(QWidget):
    """The rows. While one runs, its times go on by themselves."""

    stop_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)
    times_wanted = Signal()
    """Show the jobs as they are now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Jobs"))
        self._rows: dict[str, JobRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.times_wanted)
        self.hide()

    @property
    def rows(self) -> tuple[JobRow, ...]:
        """The rows in their order."""
        return tuple(self._rows.values())

    def show_jobs(self, jobs: Sequence[JobHandle]) -> None:
        """These jobs; rows of jobs that are still there stay."""
        wanted = {job.id: job for job in jobs}
        for job_id in [each for each in self._rows if each not in wanted]:
            row = self._rows.pop(job_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for index, job in enumerate(jobs):
            known = self._rows.get(job.id)
            if known is None:
                known = self._rows[job.id] = self._new_row(job)
            else:
                known.show_job(job)
            self._column.insertWidget(index, known)
        self._rows = {job.id: self._rows[job.id] for job in jobs}
        self.setVisible(bool(jobs))
        runs = any(job.state == "running" for job in jobs)
        if runs != self._timer.isActive():
            if runs:
                self._timer.start()
            else:
                self._timer.stop()

    def _new_row(self, job: JobHandle) -> JobRow:
        row = JobRow(job, self)
        row.stop_requested.connect(self.stop_requested)
        row.retry_requested.connect(self.retry_requested)
        row.dismiss_requested.connect(self.dismiss_requested)
        return row
