"""The line at the bottom: what just happened, and what is running, with stage, ETA and Stop."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from musicgen_desktop.ui.bridges import Bridges, label_text
from musicgen_desktop.ui.theme import Sizes, icon, tokens
from musicgen_desktop.ui.widgets import ElidedLabel, IconButton

from ._running import RunningJob

_KEPT_MS = 8000


class StatusLine(QFrame):
    """A sentence on the left, the running job on the right."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self.setFixedHeight(Sizes.STATUS)
        self.setProperty("kind", "panel")
        self._picture = QLabel(self)
        self.sentence = ElidedLabel(self)
        self.sentence.setProperty("kind", "soft")
        self.sentence.setAccessibleName(self.tr("Status"))
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stage = QLabel(self)
        self.stage.setProperty("kind", "soft")
        self.progress = QProgressBar(self)
        self.progress.setFixedSize(140, 6)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.stop = IconButton("stop", self.tr("Stop what is running"), self)
        self.stop.setFixedSize(20, 20)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.stage)
        row.addWidget(self.progress)
        row.addWidget(self.stop)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._rest)
        bridges.status.said.connect(self.say)
        bridges.project.refused.connect(lambda sentence: self.say(sentence, "bad"))
        bridges.player.refused.connect(lambda sentence: self.say(sentence, "bad"))
        bridges.player.problem.connect(lambda sentence: self.say(sentence, "warn"))
        bridges.project.changed.connect(lambda change: self.say(label_text(change.label)))
        self.show_running(None)

    def say(self, sentence: str, mood: str = "plain") -> None:
        """Show a sentence; a plain one goes after a while, trouble stays until the next."""
        worn = tokens()
        marks = {
            "good": ("info", worn.good),
            "warn": ("warning", worn.warn),
            "bad": ("error", worn.bad),
        }
        mark = marks.get(mood)
        self._picture.setVisible(mark is not None)
        if mark is not None:
            self._picture.setPixmap(icon(*mark).pixmap(14, 14))
        self.sentence.show_text(sentence)
        self._clock.stop()
        if mood in ("plain", "good"):
            self._clock.start(_KEPT_MS)

    def show_running(self, job: RunningJob | None) -> None:
        """What is running now; None hides it."""
        is_running = job is not None
        self.stage.setVisible(is_running)
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)
        if job is not None:
            self.stage.setText(job.text)
            self.progress.setValue(round(1000.0 * job.done))

    def _rest(self) -> None:
        self._picture.hide()
        self.sentence.show_text("")
