"""What lies where in a project folder."""

from pathlib import Path

PROJECT_SUFFIX = ".mgproj"
PROJECT_FILE = "project.json"
BACKUP_FILE = "project.json.bak"
DAMAGED_FILE = "project.json.damaged"
TEMPORARY_FILE = "project.json.tmp"
JOURNAL_FILE = "journal"
OLD_JOURNAL_FILE = "journal.bak"
LOCK_FILE = "lock"
BACKUPS_FOLDER = "backups"
AUDIO_FOLDER = "audio"
TAKES_FOLDER = "takes"
EXPORTS_FOLDER = "exports"

MOST_BACKUPS = 10
MOST_PROJECT_BYTES = 128 * 2**20  # nearly two million notes
MOST_JOURNAL_BYTES = 256 * 2**20


def project_folder(path: Path) -> Path:
    """The folder of the project that a person pointed at: the folder itself, or its `project.json`."""
    return path.parent if path.name == PROJECT_FILE else path


def project_name(folder: Path) -> str:
    """What a person calls the project in this folder."""
    return folder.name.removesuffix(PROJECT_SUFFIX)


def backup_files(folder: Path) -> list[Path]:
    """The rotating backups, newest first."""
    found = (folder / BACKUPS_FOLDER).glob("project-*.json")
    return sorted((path for path in found if _number(path) >= 0), key=_number, reverse=True)


def next_backup(folder: Path) -> Path:
    """Where the next rotating backup belongs."""
    newest = next(iter(backup_files(folder)), None)
    number = 1 if newest is None else _number(newest) + 1
    return folder / BACKUPS_FOLDER / f"project-{number:06}.json"


def is_project(folder: Path) -> bool:
    """Whether there is a project, even if only a backup of it, in this folder."""
    return (folder / PROJECT_FILE).is_file() or (folder / BACKUP_FILE).is_file() or bool(backup_files(folder))


def source_path(folder: Path, path: str) -> Path:
    """Where an audio source's file lies: its path from the project folder, or itself when absolute."""
    return folder / path


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("project-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else -1
