"""Seed, number of takes, and the button that composes or stops."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.theme import colour, dress, restyle, tokens
from musicgen_desktop.ui.widgets import IconButton, TextButton

from ._clock import time_left

COMPOSE_KEY = "Ctrl+Return"
_HEIGHT = 34
_MOST_VARIATIONS = 4
_LARGEST_SEED = 2**31 - 1


class ComposeButton(TextButton):
    """Composes; while a take is being made it says so, shows how far it is, and stops it."""

    compose_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind="primary")
        self.job: JobHandle | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_click)
        self.show_idle("")

    def sizeHint(self) -> QSize:
        """The largest button of the panel."""
        return QSize(super().sizeHint().width(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Long words are cut rather than the panel widened."""
        return QSize(80, _HEIGHT)

    def show_idle(self, text: str) -> None:
        """What it composes."""
        self._dress("primary")
        self.job = None
        keys = QKeySequence(COMPOSE_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        dress(self, "compose", "accent_text")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})")

    def show_job(self, job: JobHandle, waiting: int) -> None:
        """What runs, and how many wait behind it."""
        self._dress("working")
        self.job = job
        parts = [self.tr("Stop"), job.stage or self.tr("Starting")]
        if job.stopping:
            parts = [self.tr("Stopping")]
        elif job.eta_s is not None:
            parts.append(time_left(job.eta_s))
        if waiting:
            parts.append(self.tr("{count} more").format(count=waiting))
        dress(self, "stop", "text")
        self.setText(" · ".join(parts))
        self.setAccessibleName(" · ".join(parts))
        self.setToolTip(self.tr("Stop all that is being composed"))
        self.setEnabled(True)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the share done along its lower edge."""
        super().paintEvent(event)
        if self.job is None:
            return
        painter = QPainter(self)
        width = (self.width() - 4.0) * self.job.done
        painter.fillRect(QRectF(2.0, self.height() - 5.0, width, 3.0), colour(tokens().accent_strong))

    def _dress(self, kind: str) -> None:
        if self.property("kind") != kind:
            restyle(self, "kind", kind)

    def _on_click(self) -> None:
        if self.job is None:
            self.compose_requested.emit()
        else:
            self.stop_requested.emit()


class SeedRow(QWidget):
    """The seed with its lock and dice, and how many takes are made."""

    seed_requested = Signal(int)
    lock_requested = Signal(bool)
    roll_requested = Signal()
    variations_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seed = QLineEdit(self)
        self.seed.setValidator(QIntValidator(0, _LARGEST_SEED, self.seed))
        self.seed.setMinimumWidth(52)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The same wish with the same seed is the same music"))
        self.lock = IconButton("unlock", "", self, checkable=True)
        self.dice = IconButton("dice", self.tr("Another seed"), self)
        for each in (self.lock, self.dice):
            each.setFixedWidth(26)
        self.variations = QButtonGroup(self)
        seed_label = QLabel(self.tr("Seed"), self)
        takes_label = QLabel(self.tr("Takes"), self)
        for label in (seed_label, takes_label):
            label.setProperty("kind", "heading")
        seed_label.setBuddy(self.seed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(seed_label)
        row.addSpacing(4)
        row.addWidget(self.seed, 1)
        row.addWidget(self.lock)
        row.addWidget(self.dice)
        row.addSpacing(8)
        row.addWidget(takes_label)
        row.addSpacing(4)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for count in range(1, _MOST_VARIATIONS + 1):
            said = self.tr("1 take of each wish") if count == 1 else self.tr("{count} takes of each wish")
            button = TextButton(
                str(count), self, kind="segment", tip=said.format(count=count), checkable=True
            )
            button.setFixedWidth(24)
            button.setAccessibleName(said.format(count=count))
            self.variations.addButton(button, count)
            segments.addWidget(button)
        row.addLayout(segments)
        self.seed.textEdited.connect(self._on_typed)
        self.lock.toggled.connect(self.lock_requested)
        self.dice.clicked.connect(self.roll_requested)
        self.variations.idClicked.connect(self.variations_requested)

    def show_values(self, seed: int, variations: int, *, locked: bool) -> None:
        """The state of the view model."""
        if not self.seed.hasFocus() or self.seed.text() not in ("", str(seed)):
            self.seed.setText(str(seed))
        blocked = self.lock.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.lock.setChecked(locked)
        self.lock.blockSignals(blocked)
        dress(self.lock, "lock" if locked else "unlock")
        self.lock.set_name(
            self.tr("Seed is locked: the same for every wish")
            if locked
            else self.tr("Seed changes with every wish: lock it")
        )
        self.variations.button(variations).setChecked(True)

    def _on_typed(self, text: str) -> None:
        """A typed seed is meant."""
        if self.seed.hasAcceptableInput():  # a number on its way to one that is too large is none
            self.seed_requested.emit(int(text))
            self.lock.setChecked(True)
