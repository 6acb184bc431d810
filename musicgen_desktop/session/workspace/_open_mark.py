"""A small file for each running window, which only a crash leaves behind."""

import contextlib
import logging
import os
import secrets
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

import msgspec

from musicgen_desktop.foundation import UserInputError, user_data_folder
from musicgen_desktop.media import make_folder, write_file
from musicgen_desktop.storage import backup_files, is_project, open_project

from ._process_identity import process_start
from ._unsaved import remove_untouched

Phase = Literal["opening", "open"]

_LARGEST_BYTES = 64_000
_log = logging.getLogger(__name__)


class _Mark(msgspec.Struct, frozen=True):
    pid: int
    host: str
    process_start: str
    project: str
    phase: Phase
    begun: str
    attempts: int = 1


class OpenMark:
    """Says that this process has a project open.

    A disk that refuses it costs only the question after a crash.
    """

    def __init__(self, path: Path, mark: _Mark) -> None:
        self._path = path
        self._mark = mark
        self._write()

    @classmethod
    def begin(cls, folder: Path, after: "LeftBehind | None" = None) -> Self:
        """Set the mark just before a project is opened.

        Args:
            folder: the project's.
            after: what a crash left of the same project, when that is why it is opened: a second crash then
                shows as a second attempt.
        """
        is_same = after is not None and after.folder == folder and after.phase == "opening"
        attempts = after.attempts + 1 if after is not None and is_same else 1
        mark = _Mark(
            pid=os.getpid(),
            host=socket.gethostname(),
            process_start=process_start(os.getpid()) or "",
            project=str(folder),
            phase="opening",
            begun=datetime.now(UTC).isoformat(timespec="seconds"),
            attempts=attempts,
        )
        return cls(_marks_folder() / f"{os.getpid()}-{secrets.token_hex(4)}.json", mark)

    def opened(self) -> None:
        """The project is open and on the screen: what crashes from now on is not its opening.

        May be called again.
        """
        if self._mark.phase == "open":
            return
        self._mark = msgspec.structs.replace(self._mark, phase="open", attempts=1)
        self._write()

    def moved_to(self, folder: Path) -> None:
        """The project was saved into another folder."""
        self._mark = msgspec.structs.replace(self._mark, project=str(folder))
        self._write()

    def end(self) -> None:
        """The project was closed as it should be. May be called again."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        try:
            make_folder(self._path.parent)
            write_file(self._path, msgspec.json.encode(self._mark))
        except (UserInputError, OSError, UnicodeError) as error:  # JSON holds no broken file names
            _log.warning("a crash would not be noticed: %s", error)


class LeftBehind(msgspec.Struct, frozen=True):
    """What a window that did not end by itself had open. Ask once, then `forget` it, whatever the answer.

    Attributes:
        folder: the project's.
        begun: when it was opened; ISO 8601, UTC.
        phase: “opening” when it crashed before the project was on the screen.
        attempts: how often opening it has crashed, this time included; 1 for the first.
        edits: made since the last save and kept in the journal.
        problem: why the project cannot be opened, in a sentence; empty when it can.
        last_backup: the newest earlier version in the folder, or None.
        mark: the file that told of it.
    """

    folder: Path
    begun: str
    phase: Phase
    attempts: int
    edits: int
    problem: str
    last_backup: Path | None
    mark: Path

    @property
    def wants_safe_mode(self) -> bool:
        """Whether to offer opening it without playback and waveforms, and its last backup."""
        return self.phase == "opening"

    def forget(self) -> None:
        """Remove the mark, so that nobody is asked again."""
        with contextlib.suppress(OSError):
            self.mark.unlink(missing_ok=True)


def left_behind() -> tuple[LeftBehind, ...]:
    """The projects of windows that crashed, the latest first and each once.

    Marks of windows that still run, here or on another machine that shares the folder, are left alone. What
    is no mark, or tells of a project that is gone, is cleared away without a question; so is a new project in
    which nothing was ever made.
    """
    found: dict[Path, LeftBehind] = {}
    for path in sorted(_marks_folder().glob("*.json")):
        mark = _read(path)
        if mark is not None and (mark.host != socket.gethostname() or _is_running(mark)):
            continue
        left = None if mark is None else _looked_at(path, mark)
        if left is None:
            with contextlib.suppress(OSError):
                path.unlink()
            continue
        other = found.get(left.folder)
        newer, older = (left, other) if other is None or left.begun >= other.begun else (other, left)
        if older is not None:
            older.forget()
        found[left.folder] = newer
    return tuple(sorted(found.values(), key=lambda left: left.begun, reverse=True))


def _marks_folder() -> Path:
    return user_data_folder() / "open"


def _read(path: Path) -> _Mark | None:
    try:
        with path.open("rb") as file:
            mark = msgspec.json.decode(file.read(_LARGEST_BYTES), type=_Mark)
        datetime.fromisoformat(mark.begun)
    except (OSError, ValueError, RecursionError):
        return None
    is_whole = 0 < mark.pid < 2**31 and 0 < mark.attempts < 10**6 and "\0" not in mark.project
    return mark if is_whole else None


def _is_running(mark: _Mark) -> bool:
    """Whether that very process lives. Where its start is not told, the same number is taken for it."""
    start = process_start(mark.pid)
    return start is not None and (not start or not mark.process_start or start == mark.process_start)


def _looked_at(path: Path, mark: _Mark) -> LeftBehind | None:
    folder = Path(mark.project)
    edits, problem = 0, ""
    try:
        if not folder.is_absolute() or remove_untouched(folder) or not is_project(folder):
            return None
        edits = open_project(folder).recovered_edits
        backup = next(iter(backup_files(folder)), None)
    except UserInputError as error:
        problem, backup = str(error), next(iter(backup_files(folder)), None)
    except OSError:
        return None
    return LeftBehind(folder, mark.begun, mark.phase, mark.attempts, edits, problem, backup, path)
