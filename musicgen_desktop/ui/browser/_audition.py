"""One file sounds in place of the project."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.session.controllers.browse_files import AuditionFile
from musicgen_desktop.ui.bridges import Bridges, JobsBridge

_KEY = "file:"


class FileAudition(QObject):
    """Reads a file beside the window, then lets the player play it; the song comes back when it ends."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._jobs: JobsBridge | None = None  # its thread starts with the first file
        self._wanted: Path | None = None
        self._sounds = False
        self._tick = 0.0
        self._was_running = False
        bridges.player.state_changed.connect(self._on_state)
        bridges.player.audition_changed.connect(self._on_other)
        bridges.project.opened.connect(self._leave)

    @property
    def path(self) -> Path | None:
        """What sounds, or is about to."""
        return self._wanted

    def play(self, path: Path) -> None:
        """Hear a file from its beginning."""
        if self._jobs is None:
            self._jobs = JobsBridge(self)
            self._jobs.failed.connect(self._on_failed)
        for job in self._jobs.jobs:
            if not job.is_over:
                self._jobs.stop(job.id)
        self._jobs.clear_finished()
        self._wanted = path
        reading = AuditionFile(path, self._bridges.project.project)
        self._jobs.submit(reading, path.name, lambda project: self._start(path, project))
        self.changed.emit()

    def stop(self) -> None:
        """The song again, its play head where it was."""
        if self._wanted is None:
            return
        player, had_begun = self._bridges.player, self._bridges.player.audition.startswith(_KEY)
        self._leave()
        if had_begun:
            player.stop()
            player.set_audition(None)
            player.locate(self._tick)

    def close(self) -> None:
        """End it, and the thread that reads."""
        self.stop()
        if self._jobs is not None:
            self._jobs.close()

    def _start(self, path: Path, project: object) -> None:
        if path != self._wanted or not isinstance(project, Project):
            return
        player = self._bridges.player
        if not player.audition.startswith(_KEY):
            self._tick = player.tick
        self._sounds = False
        player.set_audition(project, f"{_KEY}{path}")
        player.play(0.0)

    def _on_state(self, state: str) -> None:
        if self._wanted is None:
            return
        if state == "playing":
            self._sounds = self._bridges.player.audition.startswith(_KEY)
        elif state == "stopped" and self._sounds:
            self.stop()  # it was stopped by hand, or it ended

    def _on_other(self, key: str) -> None:
        """A take sounds instead."""
        if self._wanted is not None and key and not key.startswith(_KEY):
            self._leave()

    def _on_failed(self, sentence: str) -> None:
        self._leave()
        self.failed.emit(sentence)

    def _leave(self) -> None:
        if self._wanted is not None:
            self._wanted, self._sounds = None, False
            self.changed.emit()
