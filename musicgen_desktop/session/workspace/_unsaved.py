"""A home for work that has no name yet: a real project folder, so that the journal protects it."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from musicgen_desktop.foundation import UserInputError, safe_file_name, user_data_folder
from musicgen_desktop.media import CannotWriteIntoError
from musicgen_desktop.playback.recording import LOG_SUFFIX
from musicgen_desktop.storage import (
    AUDIO_FOLDER,
    EXPORTS_FOLDER,
    LOCK_FILE,
    PROJECT_SUFFIX,
    TAKES_FOLDER,
    ProjectLock,
    backup_files,
    is_project,
    open_project,
)


def projects_folder() -> Path:
    """Where unsaved work lies until the user chooses a place for it."""
    return user_data_folder() / "projects"


def new_project_folder(name: str = "Untitled") -> Path:
    """Make an empty folder for a new project, such as `Untitled 3.mgproj`; it is this caller's alone.

    Args:
        name: what the project is called.

    Raises:
        UserInputError: when the folder cannot be made.
    """
    home = projects_folder()
    stem = safe_file_name(name.removesuffix(PROJECT_SUFFIX), fallback="Untitled", longest_bytes=100)
    for number in range(1, 1_000_000):
        folder = home / f"{stem} {number}{PROJECT_SUFFIX}"
        try:
            home.mkdir(parents=True, exist_ok=True)
            folder.mkdir()  # of two windows only one makes it
        except FileExistsError:
            if home.is_dir():
                continue
            raise UserInputError(f"“{home}” is in the way of a folder; move or rename it.") from None
        except OSError as error:
            raise CannotWriteIntoError(home, error) from error
        return folder
    raise UserInputError(f"“{home}” is full of unsaved projects; delete some.")


def is_unsaved(folder: Path) -> bool:
    """Whether a project still lies where `new_project_folder` put it."""
    return folder.resolve().parent == projects_folder().resolve()


def remove_untouched(folder: Path) -> bool:
    """Remove a new project in which nothing was ever made. Call it when its store is closed.

    Args:
        folder: of any project; one that was saved elsewhere, edited, or is open stays.

    Returns:
        Whether the project is gone. What was handed to other programs stays, as after `remove_unsaved`.
    """
    return _remove(folder, _is_untouched)


def remove_unsaved(folder: Path) -> bool:
    """Remove unsaved work: it was saved somewhere else, or the user does not want it.

    What others still need stays in the folder: `exports`, which other programs go on reading, and `takes` as
    long as a recording in it has not come into a project.

    Args:
        folder: made by `new_project_folder`; any other stays, and so does one that is open.

    Returns:
        Whether the project is gone.
    """
    return _remove(folder, lambda _folder: True)


def _remove(folder: Path, may_go: Callable[[Path], bool]) -> bool:
    if not is_unsaved(folder):
        return False
    try:
        with ProjectLock(folder):
            if not may_go(folder):
                return False
            _clear(folder)
    except (UserInputError, OSError):
        return not folder.exists()
    with contextlib.suppress(OSError):  # something stays in it
        folder.rmdir()
    return not is_project(folder)


def _clear(folder: Path) -> None:
    """Remove all but the lock, which goes when it is let go, and what others need."""
    kept = {LOCK_FILE}
    if _has_any(folder / EXPORTS_FOLDER, "*"):
        kept.add(EXPORTS_FOLDER)
    if _has_any(folder / TAKES_FOLDER, f"*{LOG_SUFFIX}"):
        kept.add(TAKES_FOLDER)
    for each in folder.iterdir():
        if each.name in kept:
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                each.unlink()


def _has_any(folder: Path, pattern: str) -> bool:
    return any(True for _ in folder.glob(pattern))


def _is_untouched(folder: Path) -> bool:
    for inner in (AUDIO_FOLDER, TAKES_FOLDER):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if any((folder / inner).iterdir()):
                return False
    if not any(each.name != LOCK_FILE for each in folder.iterdir()):
        return True  # made, and never written into
    saved = open_project(folder, with_journal=False)
    opened = open_project(folder)
    return (
        saved.project == opened.project
        and opened.used_backup is None
        and not backup_files(folder)
        and not any(track.clips for track in opened.project.tracks)
        and not opened.project.sources
        and not opened.project.takes
    )
