"""One model: what it is, what it needs, on which terms, and what one may do with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.models import ModelEntry, size_text
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import ProgressRow, TextButton, text_label

from ._models_view_model import ModelJob

_USUAL_WINDOW_S = 30.0


class ModelCard(QFrame):
    """Shows a model; asks with signals that carry its id. Removing is asked for twice."""

    get_requested = Signal(str)
    check_requested = Signal(str)
    remove_requested = Signal(str)
    stop_requested = Signal(str)
    unload_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._model = ""
        self._is_asking = False
        self._in_memory = 0
        self.name = text_label("", self, wrap=True)
        self.name.setStyleSheet("font-weight: 600;")
        self._state_sign, self.state = QLabel(self), text_label("", self, kind="soft")
        self.facts = text_label("", self, kind="soft", wrap=True)
        self.room = text_label("", self, kind="soft", wrap=True)
        self.memory = text_label("", self, kind="soft", wrap=True)
        self._terms_sign, self.terms = QLabel(self), text_label("", self, kind="soft", wrap=True)
        self.advice = text_label("", self, kind="soft", wrap=True)
        self.problem = text_label("", self, kind="bad", wrap=True)
        self.progress = ProgressRow(self, narrow=True)
        self.progress.stop_requested.connect(lambda: self.stop_requested.emit(self._model))
        self.get = TextButton(self.tr("Get"), self, icon_name="download")
        self.get.clicked.connect(lambda: self.get_requested.emit(self._model))
        self.check = TextButton(self.tr("Check"), self, icon_name="check")
        self.check.setToolTip(self.tr("Compare its files with their hashes and make a second of sound"))
        self.check.clicked.connect(lambda: self.check_requested.emit(self._model))
        self.unload = TextButton(self.tr("Unload"), self)
        self.unload.setToolTip(self.tr("Give its memory back; the next take loads it again"))
        self.unload.clicked.connect(lambda: self.unload_requested.emit(self._model))
        self.remove = TextButton(self.tr("Remove…"), self, icon_name="trash")
        self.remove.clicked.connect(lambda: self._ask(asking=True))
        self.really = TextButton(self.tr("Remove for good"), self, kind="danger")
        self.really.clicked.connect(self._on_really)
        self.keep = TextButton(self.tr("Keep it"), self)
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        self._lay_out()

    def show_model(self, entry: ModelEntry, job: ModelJob | None, *, offline: bool) -> None:
        """The model as it is, and what is being done about it."""
        if entry.id != self._model:
            self._is_asking = False
        self._model, self._entry, self._offline = entry.id, entry, offline
        self.setAccessibleName(entry.name)
        self.name.setText(entry.name)
        self._show_state(entry)
        self._show_texts(entry)
        for button in (self.get, self.check, self.unload, self.remove, self.really, self.keep):
            button.setAccessibleName(f"{button.text()}: {entry.name}")
        self.show_job(job)

    def show_job(self, job: ModelJob | None) -> None:
        """How far it is."""
        if job is not None and self.progress.isHidden():
            self.progress.begin()
        if job is not None:
            self._is_asking = False
            self.progress.show_job(job.handle)
        self._show_buttons(working=job is not None)

    def show_memory(self, taken: int) -> None:
        """How many bytes it takes of the memory now; 0 when it is not loaded."""
        if taken != self._in_memory:
            self._in_memory = taken
            self._show_texts(self._entry)
            self._show_buttons(working=not self.progress.isHidden())

    def _show_state(self, entry: ModelEntry) -> None:
        worn = tokens()
        sign, tint, words = {
            "installed": ("check", worn.good, self.tr("Installed")),
            "available": ("download", worn.text_soft, self.tr("Not installed")),
            "broken": ("error", worn.bad, self.tr("Broken")),
        }[entry.state]
        self._state_sign.setPixmap(icon(sign, tint).pixmap(14, 14))
        self.state.setText(words)

    def _show_texts(self, entry: ModelEntry) -> None:
        self.facts.setText(self._facts(entry))
        self.facts.setVisible(bool(self.facts.text()))
        self.room.setText(self._room(entry))
        self.memory.setText(self._memory(entry))
        self.memory.setVisible(bool(entry.memory_bytes))
        self.advice.setText(entry.advice)
        self.advice.setVisible(bool(entry.advice))
        self.problem.setText(entry.problem)
        self.problem.setVisible(bool(entry.problem))
        worn = tokens()
        may = bool(entry.commercial_use)
        self._terms_sign.setPixmap(
            icon("licence" if may else "warning", worn.good if may else worn.warn).pixmap(14, 14)
        )
        licence = entry.licence if entry.licence not in ("", "unknown") else self.tr("Unknown licence")
        self.terms.setText(
            self.tr("{licence}: what it makes may be sold").format(licence=licence)
            if may
            else self.tr("{licence}: not for commercial release").format(licence=licence)
        )

    def _facts(self, entry: ModelEntry) -> str:
        facts = [_count(entry.parameters)] if entry.parameters else []
        if entry.channels:
            facts.append(self.tr("stereo") if entry.channels == 2 else self.tr("mono"))
        if entry.follows_melody:
            facts.append(self.tr("follows a melody"))
        if entry.window_s not in (0.0, _USUAL_WINDOW_S):
            facts.append(self.tr("hears {seconds:g} s at once").format(seconds=entry.window_s))
        return " · ".join(facts)

    def _room(self, entry: ModelEntry) -> str:
        if entry.state == "available":
            parts = [self.tr("Download {size}").format(size=size_text(entry.download_bytes))]
        else:
            parts = [self.tr("Disk {size}").format(size=size_text(entry.disk_bytes))]
        if entry.arrived_bytes:
            parts.append(self.tr("{size} have arrived").format(size=size_text(entry.arrived_bytes)))
        return " · ".join(parts)

    def _memory(self, entry: ModelEntry) -> str:
        sizes = entry.memory_bytes
        if not sizes:
            return ""
        words = self.tr("Memory {least} (int8) to {most} (fp32)")
        said = words.format(least=size_text(sizes["int8"]), most=size_text(sizes["fp32"]))
        if self._in_memory:
            now = self.tr("loaded, takes {size} now").format(size=size_text(self._in_memory))
            return f"{said} · {now}"
        return said

    def _show_buttons(self, *, working: bool) -> None:
        entry, idle = self._entry, not working
        asking = idle and self._is_asking
        can_get = entry.state == "available"
        self.progress.setVisible(working)
        self.get.setVisible(idle and can_get and not asking)
        self.get.setEnabled(not self._offline)
        self.get.setText(self.tr("Go on") if entry.arrived_bytes else self.tr("Get"))
        self.get.setAccessibleName(f"{self.get.text()}: {entry.name}")
        self.get.setToolTip(
            self.tr("Downloads are switched off")
            if self._offline
            else self.tr("Downloads {size} from huggingface.co/{repository}").format(
                size=size_text(max(0, entry.download_bytes - entry.arrived_bytes)),
                repository=entry.repository,
            )
        )
        self.check.setVisible(idle and entry.state == "installed" and not asking)
        self.unload.setVisible(idle and bool(self._in_memory) and not asking)
        self.remove.setVisible(idle and bool(entry.disk_bytes or entry.arrived_bytes) and not asking)
        self.really.setVisible(asking)
        self.keep.setVisible(asking)

    def _ask(self, *, asking: bool) -> None:
        self._is_asking = asking
        self._show_buttons(working=False)
        (self.keep if asking else self.remove).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_really(self) -> None:
        self._is_asking = False
        self.remove_requested.emit(self._model)

    def _lay_out(self) -> None:
        head, terms, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, terms, buttons):
            row.setSpacing(6)
        head.addWidget(self.name, 1)
        head.addWidget(self._state_sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        terms.addWidget(self._terms_sign, 0, Qt.AlignmentFlag.AlignTop)
        terms.addWidget(self.terms, 1)
        for button in (self.get, self.check, self.unload, self.really, self.keep, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.room)
        column.addWidget(self.memory)
        column.addLayout(terms)
        column.addWidget(self.advice)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self.progress)
        column.addLayout(buttons)


def _count(parameters: int) -> str:
    return f"{parameters / 1e9:g} B" if parameters >= 1e9 else f"{parameters / 1e6:.0f} M"
