"""The open project as Qt sees it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.store import Change, ProjectStore

_Made = TypeVar("_Made", bound=Edit)


class ProjectBridge(QObject):
    """What panels read the project from, and ask for edits. It holds one store at a time.

    `changed` brings every edit as a `Change`; a part that is the same object before and after did not change.
    `opened` comes when another project took the place of the one before: read everything anew.
    """

    opened = Signal()
    moved = Signal()
    """It was saved into another folder, where its files lie from now on."""
    changed = Signal(object)
    saved_changed = Signal()
    refused = Signal(str)
    """An edit that cannot be, in one sentence."""

    def __init__(self, store: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._unsubscribe = store.subscribe(self._tell)

    @property
    def store(self) -> ProjectStore:
        """The store that is open."""
        return self._store

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._store.project

    @property
    def folder(self) -> Path | None:
        """Where it lies."""
        return self._store.folder

    def open(self, store: ProjectStore) -> ProjectStore:
        """Let another store be the open one. Returns the one before, for its owner to close."""
        before, self._store = self._store, store
        self._unsubscribe()
        self._unsubscribe = store.subscribe(self._tell)
        self.opened.emit()
        self.saved_changed.emit()
        return before

    def ask(self, command: Callable[..., Edit], *arguments: object, **options: object) -> bool:
        """Make an edit of the present project: `ask(move_clips, ids, by_ticks=960)`.

        A refusal goes out as `refused`. The option `merge_key` is the store's: edits in a row with one key
        are one step of the history, until `end_merge`.

        Returns:
            Whether the edit could be made.
        """
        return self.make(command, *arguments, **options) is not None

    def make(self, command: Callable[..., _Made], *arguments: object, **options: object) -> _Made | None:
        """As `ask`, for commands that tell more than the project: the edit itself; None when refused."""
        merge_key = options.pop("merge_key", None)
        try:
            edit = command(self.project, *arguments, **options)
        except UserInputError as error:
            self.refused.emit(str(error))
            return None
        return edit if self.apply(edit, None if merge_key is None else str(merge_key)) else None

    def ask_new(self, command: Callable[..., tuple[Edit, str]], *arguments: object, **options: object) -> str:
        """As `ask`, for a command that makes something: its id, or empty when the edit could not be made."""
        made = ""

        def edit(*given: object, **named: object) -> Edit:
            nonlocal made
            done, made = command(*given, **named)
            return done

        return made if self.ask(edit, *arguments, **options) else ""

    def apply(self, edit: Edit, merge_key: str | None = None) -> bool:
        """Make this edit; False, and `refused`, when it would contradict itself."""
        try:
            self._store.apply(edit.label, edit.project, merge_key)
        except UserInputError as error:
            self.refused.emit(str(error))
            return False
        return True

    def end_merge(self) -> None:
        """The hand let go: the next edit is a step of its own."""
        self._store.end_merge()

    def undo(self) -> None:
        """Take the last edit back."""
        self._store.undo()

    def redo(self) -> None:
        """Do the last undone edit again."""
        self._store.redo()

    def take_back(self, held: object) -> None:
        """A drag that began on `held` is cancelled: as if it had never begun."""
        self.end_merge()
        self._store.take_back(held)

    def go_to(self, edits: int) -> None:
        """Undo or redo until so many edits are done."""
        self._store.go_to(edits)

    def save(self) -> bool:
        """Write it to the disk; False, and `refused`, when that cannot be."""
        return self._written(self._store.save)

    def save_as(self, folder: Path, *, name: str | None = None) -> bool:
        """Write it into another folder and go on there, under this name unless None."""
        before = self._store.folder
        if not self._written(lambda: self._store.save_as(folder, name=name)):
            return False
        if self._store.folder != before:
            self.moved.emit()
        return True

    def _written(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except MusicgenDesktopError as error:
            self.refused.emit(str(error))
            return False
        self.saved_changed.emit()
        return True

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)
        self.saved_changed.emit()
