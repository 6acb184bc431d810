"""Clocks of other machines as Qt sees them: what is sent, what is followed, and how that goes."""

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.playing import Player
from musicgen_desktop.session.controllers.sync import Sync, SyncSettings
from musicgen_desktop.timing import MasterClock


class SyncBridge(QObject):
    """Keeps the player together with other machines, as long as a playback process runs."""

    changed = Signal()
    """Something else is wished for, or the followed machine does something else."""
    chosen = Signal(object)
    """The user wishes for other `SyncSettings`, to be kept."""
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = SyncSettings()
        self.master = MasterClock()
        """What the followed machine said at the last look."""
        self._sync: Sync | None = None

    def open(self, player: Player, project: Project) -> None:
        """Keep this player together with others from now on."""
        self.close()
        self._sync = Sync(player, project, on_problem=self.problem.emit)
        self._apply()

    def show(self, project: Project) -> None:
        """The project after an edit, or another one."""
        if self._sync is not None:
            self._sync.show(project)

    def use(self, settings: SyncSettings) -> None:
        """Send and follow this."""
        if settings != self.settings:
            self.settings = settings
            self._apply()
            self.look()
            self.changed.emit()

    def choose(self, settings: SyncSettings) -> None:
        """The user wishes for this; it is kept for the next time."""
        self.use(settings)
        self.chosen.emit(settings)

    def look(self) -> None:
        """See what the followed machine says; called again and again."""
        before, self.master = self.master, MasterClock() if self._sync is None else self._sync.master
        if _shown(before) != _shown(self.master):
            self.changed.emit()

    def close(self) -> None:
        """Send and follow nothing; what is wished for is kept."""
        sync, self._sync = self._sync, None
        if sync is not None:
            sync.close()

    def _apply(self) -> None:
        if self._sync is not None:
            try:
                self._sync.set(self.settings)
            except MusicgenDesktopError as error:
                self.problem.emit(str(error))


def _shown(master: MasterClock) -> tuple[str, float | None, str]:
    return master.state, None if master.bpm is None else round(master.bpm, 1), master.problem
