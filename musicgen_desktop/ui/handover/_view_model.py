"""What will be sent, and how far sending is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.send_to_daw import MidiForm, SendPreview, SendToDaw, SentToDaw, What
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.bridges import Bridges, JobsBridge

from ._memory import Memory

Stage = Literal["choosing", "working", "done"]
Depth = Literal[16, 24, 32]

PROJECTS: dict[What, str] = {"dawproject": ".dawproject", "reaper": ".RPP", "ardour": ".ardour"}
"""What is another program's project, and how its file's name ends."""


class SendModel(QObject):
    """Choices in, files out. It outlives its dialog while files are written, and then says so."""

    changed = Signal()
    """Another choice, or another stage."""
    progressed = Signal(object)
    """The `JobHandle`."""
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, bridges: Bridges, jobs: JobsBridge, *, bits: Depth = 24) -> None:
        super().__init__()
        self._bridges = bridges
        self._jobs = jobs
        self._memory = Memory()
        self._job_id = ""
        project = bridges.project
        self.what: What = self._memory.what
        self.bits: Depth = bits
        self.groups = self._memory.groups
        self.commercial_safe = self._memory.commercial_safe
        self.midi = self._memory.midi
        self.sound = self._memory.sound
        self.out = self._memory.out(project.project, project.folder)
        self.only_selected = False
        self.stage: Stage = "choosing"
        self.sent: SentToDaw | None = None
        jobs.progressed.connect(self._take)

    @property
    def bars(self) -> int:
        """The song's length."""
        project = self._bridges.project.project
        return project.meter_map.bar_of(project.length_ticks - 1) if project.length_ticks else 0

    @property
    def selected_bars(self) -> tuple[int, int] | None:
        """The first and last bar that the selected span touches; None when it lies outside the song."""
        span = self._bridges.selection.span
        if span is None or not self.bars:
            return None
        meters = self._bridges.project.project.meter_map
        first, last = meters.bar_of(span[0]), min(self.bars, meters.bar_of(max(span[0], span[1] - 1)))
        return (first, last) if first <= last else None

    @property
    def rate(self) -> int:
        """The song's, frames per second."""
        return self._bridges.project.project.rate

    @property
    def has_groups(self) -> bool:
        """Whether there are buses that could have stems."""
        return any(track.kind == "bus" for track in self._bridges.project.project.tracks)

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written."""
        return () if self.sent is None else tuple(Path(self.sent.folder) / name for name in self.sent.files)

    @property
    def music(self) -> tuple[Path, ...]:
        """What of it a DAW takes: a project, which brings its sound along; else sound and MIDI."""
        projects = tuple(file for file in self.files if file.suffix in PROJECTS.values())
        return projects or tuple(file for file in self.files if file.suffix in (".wav", ".flac", ".mid"))

    def choose(
        self,
        *,
        what: What | None = None,
        bits: Depth | None = None,
        groups: bool | None = None,
        commercial_safe: bool | None = None,
        only_selected: bool | None = None,
        out: Path | None = None,
        midi: MidiForm | None = None,
    ) -> None:
        """Another choice; what is None stays."""
        self.what = self.what if what is None else what
        self.bits = self.bits if bits is None else bits
        self.groups = self.groups if groups is None else groups
        self.commercial_safe = self.commercial_safe if commercial_safe is None else commercial_safe
        self.only_selected = self.only_selected if only_selected is None else only_selected
        self.out = self.out if out is None else out
        self.midi = self.midi if midi is None else midi
        self.changed.emit()

    def choose_sound(self, **values: object) -> None:
        """Other fields of `SoundWish`. FLAC has no 32 bits, so they become 24."""
        self.sound = msgspec.structs.replace(self.sound, **values)
        if self.sound.flac and self.bits == 32:
            self.bits = 24
        self.changed.emit()

    def preview(self) -> SendPreview | str:
        """What will be written; or in one sentence why it cannot be."""
        try:
            return self._job().preview()
        except MusicgenDesktopError as error:
            return str(error)

    def there_already(self, names: Sequence[str]) -> int:
        """How many of these files would be replaced."""
        return sum((self.out / name).exists() for name in names)

    def send(self) -> None:
        """Begin to write."""
        project = self._bridges.project.project
        self._memory.keep(
            project,
            self.what,
            self.out,
            groups=self.groups,
            commercial_safe=self.commercial_safe,
            midi=self.midi,
            sound=self.sound,
        )
        title = self.tr("Sending “{name}” to your DAW").format(name=project.name)
        self.sent = None
        self._set_stage("working")
        # The queue keeps this method, and with it the model, until the files are written.
        self._job_id = self._jobs.submit(self._job(), title, self._finish)

    def stop(self) -> None:
        """End the writing."""
        if self.stage == "working":
            self._jobs.stop(self._job_id)

    def again(self) -> None:
        """Back to the choices."""
        self._set_stage("choosing")

    def _job(self) -> SendToDaw:
        project = self._bridges.project
        first, last = (self.selected_bars or (None, None)) if self.only_selected else (None, None)
        return SendToDaw(
            project.project,
            project.folder,
            self.out,
            self.what,
            self.bits,
            self.groups and self.has_groups,
            first,
            last,
            commercial_safe=self.commercial_safe,
            midi=self.midi,
            sound=self.sound,
        )

    def _take(self, job: JobHandle) -> None:
        if job.id != self._job_id or self.stage != "working":
            return
        self.progressed.emit(job)
        if job.state == "failed":
            self._set_stage("choosing")
            self.failed.emit(job.problem)
        elif job.state == "stopped":
            self._set_stage("choosing")
            self.stopped.emit()

    def _finish(self, result: object) -> None:
        if isinstance(result, SentToDaw):
            self.sent = result
            self._set_stage("done")
            words = self.tr("Ready for your DAW: %n file(s) in {folder}", "", len(result.files))
            self._bridges.status.say(words.format(folder=result.folder), "good")

    def _set_stage(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
