"""Engines that make sound as Qt sees them: their models, and how the chosen one decodes."""

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.session.controllers.catalogue import (
    FindLoadedModels,
    FindSoundModels,
    LoadedModels,
    PrepareSoundModel,
    SoundHost,
    SoundModel,
    UnloadSoundModel,
)
from musicgen_desktop.session.jobs import JobHandle

from ._jobs import JobsBridge

_Asked = tuple[str, str]
"""(engine, model); no model when its models are looked for."""


class SoundBridge(QObject):
    """What is known of the sound process. Asking takes place beside the window; nothing is asked by itself.

    Args:
        host: the sound process's handle.
        parent: owns it.
        jobs: does nothing but ask; queues of its own when None: looking waits for no model that is loaded.
    """

    changed = Signal()
    """Models were found, one is being loaded or is ready, or something failed."""
    memory_changed = Signal()
    """Models came into memory or left it, as far as was looked."""
    failed = Signal(str)
    """A sentence: why a model does not leave the memory."""

    def __init__(
        self, host: SoundHost, parent: QObject | None = None, *, jobs: JobsBridge | None = None
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._loading = JobsBridge(self) if jobs is None else jobs
        self._looking = JobsBridge(self) if jobs is None else jobs
        for queue in {self._loading, self._looking}:
            queue.progressed.connect(self._on_progress)
        self._asked: dict[str, _Asked] = {}
        self._models: dict[str, tuple[SoundModel, ...]] = {}
        self._paths: dict[_Asked, str] = {}
        self._problems: dict[_Asked, str] = {}
        self._stages: dict[_Asked, str] = {}
        self._memory: LoadedModels = {}
        self._unloading: set[str] = set()

    def models(self, engine: str) -> tuple[SoundModel, ...] | None:
        """The installed models of an engine; None until they were found."""
        return self._models.get(engine)

    def path(self, engine: str, model: str) -> str:
        """How a model decodes, for a person; empty until it is ready."""
        return self._paths.get((engine, model), "")

    def problem(self, engine: str, model: str = "") -> str:
        """Why an engine cannot be asked, or a model not be loaded, in a sentence; empty when it can."""
        return self._problems.get((engine, model), "")

    def stage(self, engine: str, model: str = "") -> str:
        """What is being done for an engine or a model; empty for nothing."""
        return self._stages.get((engine, model), "")

    def look(self, engine: str) -> None:
        """Find the models of an engine, also when they were found before: one may have come."""
        if (engine, "") not in self._stages:
            self._submit((engine, ""), FindSoundModels(self._host, engine))

    def look_again(self, engine: str) -> None:
        """Models came or went: find them anew, if anybody has wanted to know of them."""
        if engine in self._models or self.problem(engine):
            self.look(engine)

    def prepare(self, engine: str, model: str) -> None:
        """Have a model ready before it is asked for music. One that is being loaded for nothing is let go."""
        if (engine, model) in self._paths or (engine, model) in self._stages:
            return
        self._stages[(engine, model)] = self.tr("Waits")  # who hears of a stop asks for it again at once
        for job_id, asked in tuple(self._asked.items()):
            if asked[1] and job_id in self._asked:
                self._loading.stop(job_id)
        self._submit((engine, model), PrepareSoundModel(self._host, engine, model))

    def memory(self, engine: str, model: str) -> int:
        """The bytes that a model took when it was last looked; 0 when it was not loaded."""
        return self._memory.get(engine, {}).get(model, 0)

    def look_at_memory(self) -> None:
        """See which models are in memory."""
        self._looking.submit(FindLoadedModels(self._host), "", self._on_memory)

    def unload(self, engine: str, model: str) -> None:
        """Have a model leave the memory. It comes back with the next wish for it, not before."""
        title = self.tr("Unloading {model}").format(model=model)
        job = UnloadSoundModel(self._host, engine, model)
        self._unloading.add(self._looking.submit(job, title, self._on_memory))
        for handle in self._looking.jobs:  # it may be over already
            self._end_unloading(handle)

    def close(self) -> None:
        """Stop asking."""
        self._loading.close()
        self._looking.close()

    def _submit(self, asked: _Asked, job: FindSoundModels | PrepareSoundModel) -> None:
        self._problems.pop(asked, None)
        self._stages[asked] = self.tr("Looking for models") if not asked[1] else self.tr("Waits")
        self.changed.emit()
        queue = self._loading if asked[1] else self._looking
        job_id = queue.submit(job, asked[1] or asked[0])
        self._asked[job_id] = asked
        # A short job may be over before its number was known here.
        for handle in queue.jobs:
            if handle.id == job_id and handle.is_over:
                self._on_progress(handle)

    def _on_progress(self, job: JobHandle) -> None:
        asked = self._asked.get(job.id)
        if asked is None:
            self._end_unloading(job)
            return
        self._stages[asked] = job.stage
        if job.is_over:
            del self._asked[job.id], self._stages[asked]
            self._end(asked, job)
            if not self._asked:
                self._loading.clear_finished()
                self._looking.clear_finished()
        self.changed.emit()

    def _end_unloading(self, job: JobHandle) -> None:
        if job.id in self._unloading and job.is_over:
            self._unloading.discard(job.id)
            if job.state == "failed":
                self.failed.emit(job.problem)

    def _on_memory(self, loaded: object) -> None:
        if isinstance(loaded, dict) and loaded != self._memory:
            self._memory = loaded
            self.memory_changed.emit()

    def _end(self, asked: _Asked, job: JobHandle) -> None:
        if job.state == "failed":
            self._problems[asked] = job.problem
        elif job.state == "finished" and isinstance(job.result, tuple):
            engine, here = asked[0], {model.id for model in job.result}
            self._models[engine] = job.result
            # One of the same name that comes back may be another one.
            self._paths = {
                known: path for known, path in self._paths.items() if known[0] != engine or known[1] in here
            }
        elif job.state == "finished":
            self._paths[asked] = str(job.result)
            self.look_at_memory()
