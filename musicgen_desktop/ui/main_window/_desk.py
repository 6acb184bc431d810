"""The way of a project from the disk and back: new, open, save, close, and what a crash left."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import (
    LeftBehind,
    OpenMark,
    Recent,
    is_unsaved,
    left_behind,
    new_project_folder,
    remove_unsaved,
    remove_untouched,
)
from musicgen_desktop.ui.bridges import ProjectBridge

SUFFIX = ".mgproj"
Way = Literal["recover", "saved", "safe", "backup"]
_STEADY_MS = 2000
"""A project that has been on the screen for so long did not crash while it was opened."""


class Desk(QObject):
    """One project lies on it at a time, in a real folder from the first moment on."""

    failed = Signal(str)
    """In one sentence."""
    journal_failed = Signal(str)
    """Edits are not kept on the disk, and why; may come from another thread."""

    def __init__(self, rate: int = 48_000, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rate = rate
        """Of new projects, frames per second."""
        self._mark: OpenMark | None = None
        self._steady = QTimer(self, singleShot=True, interval=_STEADY_MS)
        self._steady.timeout.connect(self._has_opened)
        self.recent = Recent()
        self.bridge: ProjectBridge | None = None
        self.is_safe = False
        """Whether the open project was opened without playback and waveforms."""

    def first(self, folder: Path | None) -> ProjectStore:
        """The store that the window begins with; a new project when no folder is given.

        A project whose opening has crashed before is opened safely, without a question.

        Raises:
            UserInputError: when that project cannot be opened.
        """
        if folder is None:
            store, self._mark = self._new_store()
            return store
        after = next((left for left in left_behind() if left.folder.resolve() == folder.resolve()), None)
        way: Way = "safe" if after is not None and after.wants_safe_mode else "recover"
        store, self._mark = self._open_store(folder, after, way)
        return store

    def take(self, bridge: ProjectBridge) -> None:
        """The bridge through which the window sees the project from now on."""
        self.bridge = bridge
        bridge.changed.connect(lambda _change: self._has_opened())
        self._tell_open()

    def settle(self) -> None:
        """The project is on the screen. When nothing goes wrong now, a later crash is not its opening's."""
        self._steady.start()

    @property
    def is_unnamed(self) -> bool:
        """Whether it lies where the user never put it."""
        folder = None if self.bridge is None else self.bridge.folder
        return folder is None or is_unsaved(folder)

    def new(self) -> bool:
        """An empty project takes the place of the one that is open."""
        return self._swap(self._new_store)

    def open(self, folder: Path, after: LeftBehind | None = None, way: Way = "recover") -> bool:
        """Open a project; the one before is closed, its edits kept.

        Args:
            folder: the project's.
            after: what a crash left of it, when that is why it is opened.
            way: with all edits, as it was saved, safely (`is_safe`), or its last backup.
        """
        here = None if self.bridge is None else self.bridge.folder
        if here is not None and folder.resolve() == here.resolve():
            return True
        return self._swap(lambda: self._open_store(folder, after, way))

    def save_as(self, folder: Path) -> bool:
        """Save into another folder, and go on there; unsaved work leaves no copy behind.

        The song is called after the folder from then on. A place inside a project, or one that is taken, is
        refused (`failed`).
        """
        assert self.bridge is not None  # noqa: S101 - the window takes it first
        before = self.bridge.folder
        folder = folder if folder.suffix == SUFFIX else folder.with_name(folder.name + SUFFIX)
        problem = self._refused(folder)
        if problem:
            self.failed.emit(problem)
            return False
        if not self.bridge.save_as(folder, name=folder.stem):
            return False
        if self._mark is not None:
            self._mark.moved_to(folder)
        if before is not None and before.resolve() != folder.resolve():
            remove_unsaved(before)
        self._tell_open()
        return True

    def keep_in_sight(self, folder: Path) -> None:
        """List unsaved work that nobody opens now among the recent projects."""
        if is_unsaved(folder):
            with suppress(MusicgenDesktopError):
                store = ProjectStore.open(folder)
                self.recent.add(folder, store.project)
                store.close()

    def close(self) -> None:
        """Let go of the project; an empty one that was never touched leaves nothing."""
        if self.bridge is not None:
            _leave(self.bridge.store, self._mark)
            self._mark = None

    def _refused(self, folder: Path) -> str:
        """Why nothing may be saved there; empty when it may."""
        whole = folder.resolve()
        around = next((each for each in whole.parents if each.suffix == SUFFIX), None)
        if around is not None:
            return self.tr("“{name}” is a project itself: choose a place outside of it.").format(
                name=around.name
            )
        here = None if self.bridge is None else self.bridge.folder
        is_own = here is not None and here.resolve() == whole
        if folder.exists() and not is_own:
            return self.tr("“{name}” is there already: choose another name.").format(name=folder.name)
        return ""

    def _swap(self, make: Callable[[], tuple[ProjectStore, OpenMark]]) -> bool:
        assert self.bridge is not None  # noqa: S101 - the window takes it first
        was_safe = self.is_safe
        try:
            store, mark = make()
        except MusicgenDesktopError as error:
            self.is_safe = was_safe
            self.failed.emit(str(error))
            return False
        before, self._mark = self._mark, mark
        _leave(self.bridge.open(store), before)
        self._tell_open()
        self.settle()
        return True

    def _new_store(self) -> tuple[ProjectStore, OpenMark]:
        self.is_safe = False
        folder = new_project_folder()
        mark = OpenMark.begin(folder)
        project = Project.new(folder.stem, rate=self.rate)
        store = ProjectStore(project, on_failure=self.journal_failed.emit)
        store.save_as(folder)
        return store, mark

    def _open_store(self, folder: Path, after: LeftBehind | None, way: Way) -> tuple[ProjectStore, OpenMark]:
        mark = OpenMark.begin(folder, after)
        self.is_safe = way == "safe"
        if after is not None:
            after.forget()  # from here on the new mark remembers: nobody is asked twice
        try:
            store = ProjectStore.open(
                folder,
                with_journal=way != "saved",
                backup=after.last_backup if after is not None and way == "backup" else None,
                on_failure=self.journal_failed.emit,
            )
        except UserInputError:
            mark.end()
            raise
        return store, mark

    def _has_opened(self) -> None:
        """It stands, or it is worked on already."""
        if self._mark is not None:
            self._mark.opened()

    def _tell_open(self) -> None:
        if self.bridge is not None and self.bridge.folder is not None and not self.is_unnamed:
            self.recent.add(self.bridge.folder, self.bridge.project)


def _leave(store: ProjectStore, mark: OpenMark | None) -> None:
    store.close()
    if mark is not None:
        mark.end()
    if store.folder is not None:
        remove_untouched(store.folder)
