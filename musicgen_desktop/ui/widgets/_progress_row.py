"""How far a job is, what is being done, how long it will still take, and Stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from musicgen_desktop.session.jobs import JobHandle

from ._buttons import TextButton
from ._page import text_label


class ProgressRow(QWidget):
    """Shown while a job waits or runs.

    Args:
        parent: owns it.
        narrow: the words have a line of their own, and a second one when they need it.
    """

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, narrow: bool = False) -> None:
        super().__init__(parent)
        self.words = text_label("", self, kind="soft", wrap=narrow)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = TextButton(self.tr("Stop"), self, icon_name="stop")
        self.stop.clicked.connect(self._on_stop)
        column, row = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(4)
        row.setSpacing(12)
        column.addWidget(self.words)
        if narrow:
            row.addWidget(self.bar, 1)
            column.addLayout(row)
        else:
            column.addWidget(self.bar)
            row.addLayout(column, 1)
        row.addWidget(self.stop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(column if narrow else row)
        self.begin()

    def begin(self) -> None:
        """Nothing is done yet."""
        self.bar.setValue(0)
        self.stop.setEnabled(True)
        self.words.setText(self.tr("Waiting for what is running…"))

    def show_job(self, job: JobHandle) -> None:
        """The job as it stands."""
        self.bar.setValue(round(1000.0 * job.done))
        if job.stopping:
            self.words.setText(self.tr("Stopping…"))
        elif job.state == "running":
            parts = [job.stage or self.tr("Beginning"), f"{job.done:.0%}", self._left(job.eta_s)]
            self.words.setText(" · ".join(part for part in parts if part))

    def _left(self, eta_s: float | None) -> str:
        if eta_s is None:
            return ""
        if eta_s < 90.0:
            return self.tr("about {seconds} s left").format(seconds=max(1, round(eta_s)))
        return self.tr("about {minutes} min left").format(minutes=round(eta_s / 60.0))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop_requested.emit()
