"""A project out of its folder, whatever happened to it."""

from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.document import Project

from ._delta import applied
from ._errors import CannotReadProjectError, DamagedProjectError, NewerProjectError, NotAProjectError
from ._format import ProjectFile, base_of, decode_project, encode_project, encode_tree, tree_of
from ._journal_file import JournalContents, Record, read_journal
from ._layout import (
    BACKUP_FILE,
    JOURNAL_FILE,
    MOST_PROJECT_BYTES,
    OLD_JOURNAL_FILE,
    PROJECT_FILE,
    backup_files,
    is_project,
    project_folder,
    project_name,
)
from ._migrations import SCHEMA_VERSION


class Opened(msgspec.Struct, frozen=True):
    """What came out of a project folder."""

    project: Project
    recovered_edits: int = 0
    """How many edits since the last save came back from the journal."""
    used_backup: str | None = None
    """The file inside the folder that was opened because `project.json` could not be."""
    migrated_from: int | None = None
    """The older schema of the file."""
    notes: tuple[str, ...] = ()
    """What the user should be told, one sentence each."""
    needs_save: bool = False
    """Whether the folder must be saved before a journal can continue it: after a backup was used, a schema
    was migrated, or part of the journal did not fit."""


def open_project(folder: Path, *, with_journal: bool = True) -> Opened:
    """Open the newest whole version in the folder and bring back the edits made since. Writes nothing.

    Args:
        folder: the project's; its `project.json` will do too.
        with_journal: whether edits since the last save are brought back.

    Raises:
        NotAProjectError: when there is no project.
        NewerProjectError: when it was saved by a later version.
        DamagedProjectError: when neither the file nor a backup makes sense.
        CannotReadProjectError: when the disk refuses.
    """
    folder = project_folder(folder)
    try:
        if not folder.exists():
            raise NotAProjectError(f"There is no project at “{folder}”; check the path.")
        if not is_project(folder):
            raise NotAProjectError(
                f"“{folder}” is not a project: it is no folder with a {PROJECT_FILE} in it."
            )
    except OSError as error:
        raise CannotReadProjectError(folder, error) from error
    found, path, first_error = _newest_whole(folder)
    notes: list[str] = []
    if first_error is not None:
        where = path.relative_to(folder).as_posix()
        notes.append(f"{PROJECT_FILE} could not be opened; the project comes from its backup {where}.")
    if found.schema != SCHEMA_VERSION:
        notes.append("The project was saved by an older version; saving it brings it up to date.")
    replayed = _Replayed(found.project, data=found.data)
    if with_journal:
        replayed = _replay_all(folder, found, notes, used_backup=first_error is not None)
    return Opened(
        project=replayed.project,
        recovered_edits=replayed.edits,
        used_backup=path.relative_to(folder).as_posix() if first_error is not None else None,
        migrated_from=found.schema if found.schema != SCHEMA_VERSION else None,
        notes=tuple(notes),
        needs_save=first_error is not None or found.schema != SCHEMA_VERSION or not replayed.whole,
    )


def open_backup(folder: Path, backup: Path) -> Opened:
    """Open an earlier version of the project instead of the newest. Writes nothing; a save keeps the newer
    version among the backups.

    Args:
        folder: the project's.
        backup: one of `backup_files(folder)`.

    Raises:
        NewerProjectError, DamagedProjectError: when it makes no sense.
        CannotReadProjectError: when the disk refuses.
    """
    folder = project_folder(folder)
    name = backup.relative_to(folder).as_posix()
    try:
        found = _read(backup, folder)
    except FileNotFoundError as error:
        raise CannotReadProjectError(folder, error) from error
    return Opened(
        project=found.project,
        used_backup=name,
        migrated_from=found.schema if found.schema != SCHEMA_VERSION else None,
        notes=(f"This is the earlier version {name}; later edits are not in it.",),
        needs_save=True,
    )


def _newest_whole(folder: Path) -> tuple[ProjectFile, Path, Exception | None]:
    first_error: DamagedProjectError | CannotReadProjectError | None = None
    for path in (folder / PROJECT_FILE, folder / BACKUP_FILE, *backup_files(folder)):
        try:
            return _read(path, folder), path, first_error
        except NewerProjectError:
            raise  # a backup from before the update would hide the user's later work
        except (DamagedProjectError, CannotReadProjectError) as error:
            first_error = first_error or error
        except FileNotFoundError:
            first_error = first_error or DamagedProjectError(
                project_name(folder), f"its file {PROJECT_FILE} is missing"
            )
    if first_error is None:
        raise NotAProjectError(f"“{folder}” holds no project.")
    raise first_error


def _read(path: Path, folder: Path) -> ProjectFile:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_PROJECT_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CannotReadProjectError(folder, error) from error
    return decode_project(data, project_name(folder))


class _Replayed(msgspec.Struct, frozen=True):
    """A project after a journal. `whole` tells whether all of its records fitted."""

    project: Project
    data: bytes
    edits: int = 0
    whole: bool = True


def _replay_all(folder: Path, found: ProjectFile, notes: list[str], *, used_backup: bool) -> _Replayed:
    """The edits of every journal that follows the file.

    After a save the old journal lies beside the new one. It leads from the backup to the save, and where it
    arrives exactly there, the newer journal leads on.
    """
    names = (OLD_JOURNAL_FILE, JOURNAL_FILE) if used_backup else (JOURNAL_FILE,)
    state = _Replayed(found.project, found.data)
    for name in names:
        contents = read_journal(folder / name)
        if contents is None or contents.base != base_of(state.data) or not state.whole:
            if contents is not None and contents.records and not _is_settled(folder, contents):
                notes.append(
                    "Edits in a journal belong to another version of this project; they were left aside."
                )
            continue
        after = _replay(contents, state, folder)
        if contents.torn or not after.whole:
            notes.append("The end of the journal was incomplete; the edits before it came back.")
        state = msgspec.structs.replace(after, edits=state.edits + after.edits)
    if state.edits:
        plural = "edit" if state.edits == 1 else "edits"
        notes.append(f"{state.edits} {plural} since the last save came back from the journal.")
    return state


def _is_settled(folder: Path, contents: JournalContents) -> bool:
    """Whether a save already holds these edits: then their base is the file before it."""
    try:
        return contents.base == base_of((folder / BACKUP_FILE).read_bytes())
    except OSError:
        return False


def _replay(contents: JournalContents, state: _Replayed, folder: Path) -> _Replayed:
    """As many records as lead to a project that makes sense."""
    records = contents.records
    good, project = len(records), _project_after(records, state, folder)
    if project is None:
        # A record that does not fit is a mistake of ours; what came before it is still the user's work.
        good, bad, project = 0, len(records), state.project
        while bad - good > 1:
            middle = (good + bad) // 2
            tried = _project_after(records[:middle], state, folder)
            if tried is None:
                bad = middle
            else:
                good, project = middle, tried
    if good == 0:
        return msgspec.structs.replace(state, whole=not records)
    edits = sum(record.edits for record in records[:good])
    return _Replayed(project, encode_project(project), edits, whole=good == len(records))


def _project_after(records: tuple[Record, ...], state: _Replayed, folder: Path) -> Project | None:
    """The project after these records; None when one of them does not fit."""
    tree: dict[str, Any] = tree_of(state.data)
    try:
        for record in records:
            tree["project"] = applied(record.delta, tree["project"])
        return decode_project(encode_tree(tree), project_name(folder)).project
    except (DamagedProjectError, NewerProjectError):
        return None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
        return None
