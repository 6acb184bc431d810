"""Folders that the browser offers: the system's, the project's, and those that the user marked."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths

from musicgen_desktop.foundation import user_config_folder

_KEY = "bookmarks"


class Place(msgspec.Struct, frozen=True):
    """A folder with a name; `is_own` when the user marked it."""

    name: str
    folder: Path
    is_own: bool = False


def standard_places(project_folder: Path | None) -> tuple[Place, ...]:
    """Music, home and project: those that exist, none twice."""
    say = QCoreApplication.translate
    music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    found = [
        Place(say("Browser", "Music"), Path(music)) if music else None,
        Place(say("Browser", "Home"), Path.home()),
        Place(say("Browser", "Project"), project_folder) if project_folder is not None else None,
    ]
    there: dict[Path, Place] = {}
    for place in found:
        if place is not None and place.folder.is_dir():
            there.setdefault(place.folder, place)
    return tuple(there.values())


def marked_places() -> tuple[Place, ...]:
    """The user's own, in the order in which they were marked."""
    kept = _file().value(_KEY) or []
    paths = [kept] if isinstance(kept, str) else list(kept)
    return tuple(Place(Path(path).name or path, Path(path), is_own=True) for path in paths)


def mark_place(folder: Path, *, marked: bool = True) -> None:
    """Remember a folder, or forget it."""
    paths = [str(place.folder) for place in marked_places() if place.folder != folder]
    settings = _file()
    settings.setValue(_KEY, [*paths, str(folder)] if marked else paths)
    settings.sync()


def _file() -> QSettings:
    folder = user_config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return QSettings(str(folder / "browser.ini"), QSettings.Format.IniFormat)
