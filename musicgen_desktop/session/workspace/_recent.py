"""The projects that were open last."""

import contextlib
import logging
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError, user_data_folder
from musicgen_desktop.media import make_folder, write_file
from musicgen_desktop.storage import is_project

_MOST = 20
_LARGEST_BYTES = 256_000
_LONGEST = 4_096
_log = logging.getLogger(__name__)


class RecentProject(msgspec.Struct, frozen=True):
    """One project of the list.

    Attributes:
        path: its folder.
        name: as it was when it was open.
        opened: ISO 8601, UTC.
        bars: its length.
        tempo_bpm: at its start.
        is_missing: whether there is no project at the path now.
    """

    path: str
    name: str
    opened: str
    bars: int = 0
    tempo_bpm: float = 120.0
    is_missing: bool = False


class Recent:
    """The last twenty projects, newest first, kept in the user's data folder.

    Each change reads the file anew, so that two windows do not forget each other's projects. A list that
    cannot be kept is no reason to trouble anybody.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Nothing is read yet.

        Args:
            path: the list's file; ours unless given.
        """
        self._path = path or user_data_folder() / "recent.json"

    def projects(self) -> tuple[RecentProject, ...]:
        """The list; what has gone from the disk is marked, not left out."""
        return tuple(
            msgspec.structs.replace(each, is_missing=not _is_there(each.path)) for each in self._read()
        )

    def add(self, folder: Path, project: Project, *, now: datetime | None = None) -> None:
        """Put a project first.

        Args:
            folder: its own.
            project: as it is now.
            now: the moment; this one unless given.
        """
        entry = RecentProject(
            path=str(folder.resolve()),
            name=project.name,
            opened=(now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
            bars=_bars(project),
            tempo_bpm=project.tempo_map.bpm_at(0),
        )
        self._write([entry, *(each for each in self._read() if each.path != entry.path)])

    def remove(self, path: str | Path) -> None:
        """Take a project off the list; the project itself stays."""
        gone = {str(path), str(Path(path).resolve())}
        self._write([each for each in self._read() if each.path not in gone])

    def clear(self) -> None:
        """Forget the whole list."""
        self._write([])

    def _read(self) -> list[RecentProject]:
        try:
            with self._path.open("rb") as file:
                values = msgspec.json.decode(file.read(_LARGEST_BYTES))
        except (OSError, ValueError, RecursionError):
            return []
        found: dict[str, RecentProject] = {}
        for value in values if isinstance(values, list) else []:
            entry = _entry(value)
            if entry is not None:
                found.setdefault(entry.path, entry)
        return list(found.values())[:_MOST]

    def _write(self, entries: list[RecentProject]) -> None:
        try:
            make_folder(self._path.parent)
            write_file(self._path, msgspec.json.encode(entries[:_MOST]))
        except (UserInputError, OSError, UnicodeError) as error:  # JSON holds no broken file names
            _log.warning("recent projects are not kept: %s", error)


def _entry(value: Any) -> RecentProject | None:
    """One entry of a file that anybody may have written; None when it makes no sense."""
    with contextlib.suppress(ValueError, RecursionError, OverflowError):
        entry = msgspec.convert(value, RecentProject)
        datetime.fromisoformat(entry.opened)
        is_whole = 0 <= entry.bars < 10**6 and math.isfinite(entry.tempo_bpm) and 0 < entry.tempo_bpm < 10**4
        if is_whole and len(entry.path) < _LONGEST and len(entry.name) < _LONGEST:
            return entry
    return None


def _is_there(path: str) -> bool:
    try:
        return Path(path).is_absolute() and is_project(Path(path))
    except (OSError, ValueError):
        return False


def _bars(project: Project) -> int:
    length = project.length_ticks
    return project.meter_map.bar_of(length - 1) if length > 0 else 0
