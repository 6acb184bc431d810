"""A project into its folder."""

import contextlib
from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import sync_folder

from ._disk import keep_as, write_whole
from ._errors import CannotSaveError, DamagedProjectError
from ._format import base_of, decode_project, encode_project
from ._layout import (
    AUDIO_FOLDER,
    BACKUP_FILE,
    BACKUPS_FOLDER,
    DAMAGED_FILE,
    MOST_BACKUPS,
    PROJECT_FILE,
    TAKES_FOLDER,
    TEMPORARY_FILE,
    backup_files,
    next_backup,
    project_name,
)
from ._lock import ProjectLock
from ._migrations import SCHEMA_VERSION


def save_project(project: Project, folder: Path, *, lock: ProjectLock | None = None) -> str:
    """Write the project into a folder, which is made when it is missing.

    The new file is whole and on the disk before it takes the place of the old one, and the old one is kept
    as `project.json.bak` and among the ten backups. Sources must lie inside the folder (`collect_files`).

    Args:
        project: what to save.
        folder: usually named `….mgproj`.
        lock: the lock on the folder that the caller holds; without one it is taken for this moment.

    Returns:
        The hash of the file, which a journal names as its base.

    Raises:
        BadProjectError: when the project contradicts itself; nothing is written then.
        ProjectInUseError: when another window writes this project.
        NewerProjectError: when the folder holds a project of a later version.
        CannotSaveError: disk full, no rights and the like; what was saved before is untouched.
    """
    data = encode_project(project)
    try:
        for inner in (AUDIO_FOLDER, TAKES_FOLDER, BACKUPS_FOLDER):
            (folder / inner).mkdir(parents=True, exist_ok=True)
        if lock is not None:
            _replace(folder, data)
        else:
            with ProjectLock(folder):
                _replace(folder, data)
    except OSError as error:
        raise CannotSaveError(folder, error) from error
    return base_of(data)


def _replace(folder: Path, data: bytes) -> None:
    current, temporary = folder / PROJECT_FILE, folder / TEMPORARY_FILE
    old = current.read_bytes() if current.exists() else None
    if old == data:
        return
    try:
        write_whole(temporary, [data])
        if old is not None:
            _keep_old(folder, current, old)
        temporary.replace(current)
        sync_folder(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    with contextlib.suppress(OSError):  # one backup too many harms nobody
        for surplus in backup_files(folder)[MOST_BACKUPS:]:
            surplus.unlink()


def _keep_old(folder: Path, current: Path, old: bytes) -> None:
    """Second names for the file that is about to be replaced; a damaged one must not push out a backup."""
    try:
        schema = decode_project(old, project_name(folder)).schema
    except DamagedProjectError:
        keep_as(current, folder / DAMAGED_FILE)
        return
    if schema != SCHEMA_VERSION:
        keep_as(current, folder / BACKUPS_FOLDER / f"schema-{schema}.json")
    keep_as(current, folder / BACKUP_FILE)
    keep_as(current, next_backup(folder))
