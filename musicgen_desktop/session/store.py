"""The one place where the open project changes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.storage import (
    CannotSaveError,
    Journal,
    Opened,
    ProjectLock,
    open_backup,
    open_project,
    project_folder,
    save_project,
)

from ._change import Change, Listener, Listeners
from ._history import History, collected_paths, saved_elsewhere

__all__ = ["Change", "Listener", "ProjectStore"]


class ProjectStore:
    """The open project, its history, and its way to the disk.

    Projects are values: an edit hands in the next one, undoing hands back the one before, and since versions
    share what did not change, the history has no limit. Every change is journaled when there is a folder. All
    calls come from the thread that made the store, and listeners are called on it.
    """

    def __init__(
        self,
        project: Project,
        folder: Path | None = None,
        *,
        on_failure: Callable[[str], None] | None = None,
    ) -> None:
        """Hold a project that is new, or saved in `folder` exactly so. `open` reads one from the disk.

        Args:
            project: the first state.
            folder: where it was saved; None for one that has never been.
            on_failure: told, on another thread, when edits cannot be journaled (disk full).

        Raises:
            BadProjectError: when the project contradicts itself.
            ProjectInUseError: when another window writes this folder.
            CannotSaveError: when the folder cannot be written.
        """
        check_project(project, collected=folder is not None)
        self._thread = threading.get_ident()
        self._project = project
        self._saved: Project | None = project if folder is not None else None
        self._folder = folder
        self._history = History()
        self._listeners = Listeners()
        self._on_failure = on_failure
        self._lock = ProjectLock(folder) if folder is not None else None
        self._journal: Journal | None = None
        self.opened: Opened | None = None
        if folder is not None:
            self._journal = Journal(folder, on_failure=on_failure)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        with_journal: bool = True,
        backup: Path | None = None,
        on_failure: Callable[[str], None] | None = None,
    ) -> Self:
        """Open a project for editing. `opened` then says what was recovered.

        A folder that cannot be written opens too; its edits are kept in memory only until they are saved
        somewhere else, and `read_only` is True.

        Args:
            folder: the project's; its `project.json` will do too.
            with_journal: whether edits since the last save are brought back.
            backup: one of `storage.backup_files(folder)`, to go back to that version; the newer one is kept
                among the backups at the next save.
            on_failure: told, on another thread, when edits cannot be journaled (disk full).

        Raises:
            UserInputError: one of those that `open_project` raises, or ProjectInUseError.
        """
        folder = project_folder(folder)
        open_project(folder, with_journal=False)  # no lock file is left in what is no project
        lock: ProjectLock | None
        try:
            lock = ProjectLock(folder)
        except CannotSaveError:
            lock = None
        try:
            # Once more: now nobody else writes.
            if backup is not None:
                opened = open_backup(folder, backup)
            else:
                opened = open_project(folder, with_journal=with_journal)
            store = cls(opened.project, None, on_failure=on_failure)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        store.opened = opened
        store._folder = folder
        store._lock = lock
        if not opened.recovered_edits and not opened.needs_save:
            store._saved = opened.project
        # A journal can only continue the very file that lies there. Left-out edits in it must not come back.
        # Then the first edit saves the opened state before it begins a new one.
        if lock is not None and with_journal and not opened.needs_save:
            store._journal = Journal(folder, on_failure=on_failure)
        return store

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._project

    @property
    def folder(self) -> Path | None:
        """Where it is saved; None when it never was."""
        return self._folder

    @property
    def read_only(self) -> bool:
        """Whether its folder cannot be written."""
        return self._folder is not None and self._lock is None

    @property
    def saved(self) -> bool:
        """Whether the project on the disk is the one here."""
        return self._saved is self._project

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None when there is nothing."""
        return self.history[-1] if self._history.done else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; None when there is nothing."""
        return self.future[0] if self._history.undone else None

    @property
    def history(self) -> tuple[str, ...]:
        """The labels of all edits that can be undone, oldest first."""
        return tuple(step.label for step in self._history.done)

    @property
    def future(self) -> tuple[str, ...]:
        """The labels of all edits that can be redone, the next one first."""
        return tuple(step.label for step in reversed(self._history.undone))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change. Returns what ends it."""
        self._check_thread()
        return self._listeners.add(listener)

    def apply(self, label: str, project: Project, merge_key: str | None = None) -> None:
        """Make `project` the present state.

        Args:
            label: what the user reads behind “Undo”: “Move clip”.
            project: the next state, made from the present one. An equal one is no edit.
            merge_key: edits in a row with one key are one step of the history, such as all moves of a drag;
                `end_merge` closes the step.

        Raises:
            BadProjectError: when it contradicts itself; nothing changes then.
        """
        self._check_thread()
        if project is self._project or project == self._project:
            return
        check_project(project, known=self._project, collected=self._folder is not None)
        self._history.add(label, self._project, merge_key)
        self._become(project, label)

    def end_merge(self) -> None:
        """The next edit is a step of its own, whatever its key: the mouse was released."""
        self._check_thread()
        self._history.end_merge()

    def undo(self) -> bool:
        """Take the last edit back; False when there is none."""
        self._check_thread()
        step = self._history.back(self._project)
        if step is None:
            return False
        self._become(step.before, f"Undo {step.label}")
        return True

    def redo(self) -> bool:
        """Do the last undone edit again; False when there is none."""
        self._check_thread()
        step = self._history.forward(self._project)
        if step is None:
            return False
        self._become(step.before, f"Redo {step.label}")
        return True

    def take_back(self, held: object) -> bool:
        """Undo the last edit if it was made on this state: a drag is cancelled, not what came between.

        Args:
            held: the project as the drag began.

        Returns:
            False when the last edit is another one.
        """
        self._check_thread()
        done = self._history.done
        return bool(done) and done[-1].before is held and self.undo()

    def go_to(self, edits: int) -> bool:
        """Undo or redo until so many edits are done: one change, however far that is.

        Args:
            edits: 0 leads back to the project as it was opened; more than there are, to the last one.

        Returns:
            False when so many are done already.
        """
        self._check_thread()
        history, project, label = self._history, self._project, ""
        while len(history.done) > max(0, edits) and (step := history.back(project)) is not None:
            project, label = step.before, f"Undo {step.label}"
        while len(history.done) < edits and (step := history.forward(project)) is not None:
            project, label = step.before, f"Redo {step.label}"
        if label:
            self._become(project, label)
        return bool(label)

    def flush(self, timeout_s: float | None = None) -> bool:
        """Wait until every edit so far would survive a crash; False when it would not by then."""
        self._check_thread()
        return self._journal is not None and self._journal.flush(timeout_s)

    def save(self) -> None:
        """Write the project into its folder.

        Raises:
            ValueError: when it has no folder yet (`save_as`).
            UserInputError: one of those that `save_project` raises; what was saved before is untouched.
        """
        self._check_thread()
        if self._folder is None:
            raise ValueError("a project without a folder is saved with `save_as`")
        if self._lock is None:
            self._lock = ProjectLock(self._folder)  # maybe it can be written by now
        self.end_merge()
        base = save_project(self._project, self._folder, lock=self._lock)
        if self._journal is None:
            self._journal = Journal(self._folder, on_failure=self._on_failure)
        self._journal.restart(base)
        self._saved = self._project

    def save_as(self, folder: Path, *, name: str | None = None) -> None:
        """Save into another folder, its audio files with it, and go on there. The old folder stays as it is.

        Args:
            folder: where to; its own folder is a mere `save`.
            name: what the song is called from now on, wherever undo and redo lead: no step of the history
                leads back to what it was called elsewhere. None keeps the name.

        Raises:
            UserInputError: as `save`; the store then stays with its old folder.
        """
        self._check_thread()
        if self._folder is not None and folder.resolve() == self._folder.resolve():
            self.save()
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotSaveError(folder, error) from error
        lock = ProjectLock(folder)
        try:
            states = (*self._history.states, self._project)
            paths = collected_paths(states, folder, source_folder=self._folder)
            project = saved_elsewhere(self._project, paths, name)
            base = save_project(project, folder, lock=lock)
        except BaseException:
            lock.release()
            raise
        old_lock, old_journal, before = self._lock, self._journal, self._project
        self.end_merge()
        self._history.save_elsewhere(paths, name)
        self._project = self._saved = project
        self._folder, self._lock = folder, lock
        self._journal = Journal(folder, on_failure=self._on_failure)
        self._journal.restart(base)
        try:
            if old_journal is not None:
                old_journal.close()
        finally:
            if old_lock is not None:
                old_lock.release()
        if before is not project:
            self._listeners.tell(before, project, "Save as")

    def close(self) -> None:
        """Let go of the folder. Edits since the last save stay in the journal. May be called again."""
        self._check_thread()
        try:
            if self._journal is not None:
                self._journal.close()
        finally:
            self._journal = None
            if self._lock is not None:
                self._lock.release()
            self._lock = None

    def discard(self) -> None:
        """Let go of the folder as `close` does, but forget the edits since the last save."""
        self._check_thread()
        if self._journal is not None:
            self._journal.forget()
        self.close()

    def _become(self, project: Project, label: str) -> None:
        before, self._project = self._project, project
        if self._journal is None and self._lock is not None:
            self._begin_journal(before)
        if self._journal is not None:
            self._journal.append(before, project, label)
        self._listeners.tell(before, project, label)

    def _begin_journal(self, project: Project) -> None:
        """Save what the first edit was made on: a backup or an older schema cannot carry a journal."""
        if self._folder is None:
            return
        try:
            base = save_project(project, self._folder, lock=self._lock)
        except CannotSaveError as error:  # the edit itself must not fail; the next one tries again
            if self._on_failure is not None:
                self._on_failure(str(error))
            return
        self._saved = project
        self._journal = Journal(self._folder, on_failure=self._on_failure)
        self._journal.restart(base)

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("a project is edited by the thread that opened it")
