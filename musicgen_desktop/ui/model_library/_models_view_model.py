"""What the library knows of models, and what it has done about them."""

from pathlib import Path
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.models import (
    ENGINE,
    AddModel,
    CheckModel,
    GetModel,
    ModelEntry,
    ModelListing,
    list_models,
    remove_model,
)
from musicgen_desktop.session.jobs import Job, JobHandle
from musicgen_desktop.session.preferences import save_offline
from musicgen_desktop.ui.bridges import JobsBridge, SoundBridge

Deed = Literal["get", "add", "check"]

ADDING = ""
"""In place of a model's id: one that is being added has none yet."""


class ModelJob(msgspec.Struct, frozen=True):
    """What is being done about a model.

    Attributes:
        model: its id, or `ADDING`.
        name: for a person.
        handle: as it stands.
    """

    deed: Deed
    model: str
    name: str
    handle: JobHandle


class ModelsViewModel(QObject):
    """Reads the models, and has them got, added, checked and removed. Knows no pixels.

    Args:
        parent: owns it.
        jobs: does the work; a queue of its own when None, for a download must not hold up an export.
        sound: knows which models are in memory, and has them leave it.
    """

    changed = Signal()
    """Other models, another filter or switch."""
    progressed = Signal(str)
    """The job of this model, or of `ADDING`, began, went on or ended."""
    said = Signal(str, str)
    """A sentence and its mood: “info”, “warn” or “bad”."""
    memory_changed = Signal()
    """Models came into memory or left it."""
    models_changed = Signal(str)
    """There are other installed models for the engine of this name."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        jobs: JobsBridge | None = None,
        sound: SoundBridge | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = JobsBridge(self) if jobs is None else jobs
        self._jobs.progressed.connect(self._on_progress)
        self._asked: dict[str, ModelJob] = {}
        self._listing = ModelListing((), "", 0, 0, offline=False)
        self.commercial_safe_only = False
        self._sound = sound
        if sound is not None:
            sound.memory_changed.connect(self.memory_changed)
            sound.failed.connect(lambda sentence: self.said.emit(sentence, "bad"))

    @property
    def listing(self) -> ModelListing:
        """All models, whatever the filter says."""
        return self._listing

    @property
    def shown(self) -> tuple[ModelEntry, ...]:
        """Those that the filter lets through."""
        if not self.commercial_safe_only:
            return self._listing.models
        return tuple(model for model in self._listing.models if model.commercial_use)

    def job_of(self, model: str) -> ModelJob | None:
        """What is being done about a model, or about `ADDING`."""
        return next((asked for asked in self._asked.values() if asked.model == model), None)

    def memory_of(self, model: str) -> int:
        """The bytes that a model takes of the memory now, as far as was looked; 0 when it is not loaded."""
        return 0 if self._sound is None else self._sound.memory(ENGINE, model)

    def request_unload(self, model: str) -> None:
        """Have a model leave the memory."""
        if self._sound is not None:
            self._sound.unload(ENGINE, model)

    def read(self) -> None:
        """Look again which models there are, and which of them are in memory."""
        if self._sound is not None:
            self._sound.look_at_memory()
        before = self._usable()
        self._listing = list_models()
        self.changed.emit()
        if self._usable() != before:
            self.models_changed.emit(ENGINE)

    def show_commercial_safe_only(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Set the filter."""
        self.commercial_safe_only = wanted
        self.changed.emit()

    def request_offline(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Switch downloads off or on again."""
        if wanted == self._listing.offline:
            return
        try:
            save_offline(offline=wanted)
        except UserInputError as error:
            self.said.emit(str(error), "bad")
        self.read()

    def request_get(self, model: str) -> None:
        """Download and install a model of the catalogue."""
        self._submit("get", model, GetModel(model))

    def request_add(self, source: Path) -> None:
        """Install a model from a folder or a zip."""
        self._submit("add", ADDING, AddModel(source), source.name)

    def request_check(self, model: str) -> None:
        """Compare hashes and make a second of sound."""
        self._submit("check", model, CheckModel(model))

    def request_stop(self, model: str) -> None:
        """End what is being done about a model, or about `ADDING`."""
        for job_id, asked in tuple(self._asked.items()):
            if asked.model == model:
                self._jobs.stop(job_id)

    def request_remove(self, model: str) -> None:
        """Delete a model and what is left of its download; there is no way back."""
        name = self._name_of(model)
        try:
            remove_model(model)
        except UserInputError as error:
            self.said.emit(str(error), "bad")
        else:
            if self.memory_of(model):
                self.request_unload(model)
            self.said.emit(self.tr("“{name}” was removed.").format(name=name), "info")
        self.read()

    def close(self) -> None:
        """Stop everything; what has arrived of a download is kept."""
        self._jobs.close()

    def _submit(self, deed: Deed, model: str, job: Job, name: str = "") -> None:
        if self.job_of(model) is not None:
            return
        name = name or self._name_of(model)
        job_id = self._jobs.submit(job, name)
        self._asked[job_id] = ModelJob(deed, model, name, JobHandle(job_id, name))
        self.progressed.emit(model)
        # A short job may be over before its number was known here.
        for handle in self._jobs.jobs:
            if handle.id == job_id and handle.is_over:
                self._on_progress(handle)

    def _on_progress(self, handle: JobHandle) -> None:
        asked = self._asked.get(handle.id)
        if asked is None:
            return
        if not handle.is_over:
            self._asked[handle.id] = msgspec.structs.replace(asked, handle=handle)
            self.progressed.emit(asked.model)
            return
        del self._asked[handle.id]
        if not self._asked:
            self._jobs.clear_finished()
        self._tell_end(asked, handle)
        self.read()
        self.progressed.emit(asked.model)

    def _tell_end(self, asked: ModelJob, handle: JobHandle) -> None:
        if handle.state == "failed":
            self.said.emit(handle.problem, "bad")
        elif handle.state == "stopped" and asked.deed == "get":
            kept = self.tr("“{name}”: what has arrived is kept; Get goes on from there.")
            self.said.emit(kept.format(name=asked.name), "info")
        elif handle.state == "finished" and asked.deed == "check":
            self.said.emit(f"{asked.name}: {handle.result}", "info")
        elif handle.state == "finished":
            self.said.emit(self.tr("“{name}” is installed.").format(name=asked.name), "info")

    def _name_of(self, model: str) -> str:
        return next((entry.name for entry in self._listing.models if entry.id == model), model)

    def _usable(self) -> tuple[str, ...]:
        return tuple(entry.id for entry in self._listing.models if entry.state == "installed")
