"""The takes of a project that are not in it: a file each, written the moment they arrive."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    UserInputError,
    sync_file,
    sync_folder,
    write_all,
)
from musicgen_desktop.storage import TAKES_FOLDER

from ._candidate import Candidate, check_candidate
from ._sound_files import copy_sound, is_take_id, remove_sound, remove_take_files, require_sound
from ._sound_parts import remove_lost_parts

_SCHEMA = 1
_MOST_TAKES = 1_000
_MOST_BYTES = 32 * 2**20
_LONGEST_NAME = 200
_DELETED, _TEMPORARY = ".deleted", ".tmp"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class CannotKeepTakesError(MusicgenDesktopError):
    """A take is heard and can be kept, but would not survive a crash."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"The take cannot be written into “{folder}” ({error.strerror or error});"
            " it stays until the program ends: free some space, or keep it in the project now."
        )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    candidate: Candidate


_FILES = msgspec.json.Decoder(_File)


class TakesShelf:
    """All takes, newest first. Any thread may call any method.

    Args:
        folder: the project's; None keeps the takes in memory until `move_to`.
        on_change: told after every change, on the thread that made it.
    """

    def __init__(self, folder: Path | None = None, *, on_change: Callable[[], None] | None = None) -> None:
        self._lock = threading.RLock()
        self._folder = folder
        self._on_change = on_change
        self._deleted: dict[str, tuple[int, Candidate]] = {}
        self._candidates, self.notes = ([], ()) if folder is None else _loaded(folder / TAKES_FOLDER)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The takes, newest first."""
        with self._lock:
            return tuple(self._candidates)

    def candidate(self, take_id: str) -> Candidate:
        """The take with this id.

        Raises:
            KeyError: when there is none.
        """
        with self._lock:
            return self._candidates[self._index(take_id)]

    def add(self, candidate: Candidate) -> None:
        """One more, which becomes the first.

        Raises:
            CannotKeepTakesError: when it cannot be written; it is on the shelf all the same.
        """
        with self._lock:
            self._candidates.insert(0, candidate)
            self._changed(candidate)

    def star(self, take_id: str, *, starred: bool) -> None:
        """Set or take away a star. Raises as `add`, and KeyError."""
        with self._lock:
            index = self._index(take_id)
            self._candidates[index] = self._candidates[index].starred_as(starred)
            self._changed(self._candidates[index])

    def rename(self, take_id: str, name: str) -> None:
        """Give a take another name.

        Raises:
            UserInputError: when the name is empty or too long.
            CannotKeepTakesError: as `add`.
            KeyError: when there is no such take.
        """
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
            raise UserInputError(
                f"A take's name has 1 to {_LONGEST_NAME} letters on one line; type another one."
            )
        with self._lock:
            index = self._index(take_id)
            self._candidates[index] = self._candidates[index].renamed(name)
            self._changed(self._candidates[index])

    def delete(self, take_id: str) -> None:
        """Take it off the shelf. Its file waits for `restore` until the project is closed.

        Raises:
            KeyError: when there is no such take.
        """
        with self._lock:
            index = self._index(take_id)
            self._deleted[take_id] = index, self._candidates.pop(index)
            if (path := self._path(take_id)) is not None:
                with suppress(OSError):  # then it is back after the next start
                    path.replace(path.with_name(path.name + _DELETED))
            self._tell()

    def restore(self, take_id: str) -> None:
        """Put a deleted take back where it was.

        Raises:
            KeyError: when it was not deleted since the project was opened.
            CannotKeepTakesError: as `add`.
        """
        with self._lock:
            index, candidate = self._deleted.pop(take_id)
            self._candidates.insert(min(index, len(self._candidates)), candidate)
            if (path := self._path(take_id)) is not None:
                try:
                    path.with_name(path.name + _DELETED).replace(path)  # which no full disk refuses
                except OSError:
                    self._changed(candidate)
                    return
            self._tell()

    def move_to(self, folder: Path) -> None:
        """Go on in another project folder, after the first save or a save as; all takes are written there.

        Raises:
            CannotKeepTakesError: when one cannot be written.
        """
        with self._lock:
            if folder == self._folder:
                return
            self._forget_deleted()
            old, self._folder = self._folder, folder
            for candidate in self._candidates:
                if old is not None:
                    try:
                        copy_sound(candidate, old, folder)
                    except OSError as error:
                        raise CannotKeepTakesError(folder / TAKES_FOLDER, error) from error
                self._write(candidate)

    def close(self) -> None:
        """Remove the files of deleted takes for good. May be called again."""
        with self._lock:
            self._forget_deleted()

    def _index(self, take_id: str) -> int:
        for index, candidate in enumerate(self._candidates):
            if candidate.id == take_id:
                return index
        raise KeyError(take_id)

    def _path(self, take_id: str) -> Path | None:
        return None if self._folder is None else self._folder / TAKES_FOLDER / f"{take_id}.json"

    def _changed(self, candidate: Candidate) -> None:
        try:
            self._write(candidate)
        finally:
            self._tell()

    def _write(self, candidate: Candidate) -> None:
        path = self._path(candidate.id)
        if path is None:
            return
        data = msgspec.json.encode(_File(_SCHEMA, candidate))
        try:
            path.parent.mkdir(exist_ok=True)  # a project that was removed meanwhile does not come back
            _replace_whole(path, data)
        except OSError as error:
            raise CannotKeepTakesError(path.parent, error) from error

    def _forget_deleted(self) -> None:
        for take_id, (_, candidate) in self._deleted.items():
            if self._folder is not None and (path := self._path(take_id)) is not None:
                with suppress(OSError):
                    path.with_name(path.name + _DELETED).unlink()
                remove_sound(candidate, self._folder)
        self._deleted.clear()

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _replace_whole(path: Path, data: bytes) -> None:
    """Write so that a power cut leaves the old file or the new one.

    Raises:
        OSError: what the system says.
    """
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        descriptor = os.open(temporary, _NEW_FILE, 0o644)
        try:
            write_all(descriptor, data)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _loaded(folder: Path) -> tuple[list[Candidate], tuple[str, ...]]:
    """The takes in a folder, newest first, and a sentence on each file that is none."""
    found: list[Candidate] = []
    notes: list[str] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError:
        return [], ()
    remove_lost_parts(folder)
    for ending in (_DELETED, _TEMPORARY):  # the program ended before the project was closed
        for left in folder.glob(f"take-*.json{ending}"):
            with suppress(OSError):  # one may look at a project without writing into it
                left.unlink()
                take_id = left.name.split(".")[0]
                if ending == _DELETED and is_take_id(take_id):
                    remove_take_files(take_id, folder.parent)
    if len(paths) > _MOST_TAKES:
        notes.append(f"The project has {len(paths)} takes; only {_MOST_TAKES} of them were loaded.")
    for path in paths[:_MOST_TAKES]:
        try:
            found.append(_read(path))
        except (OSError, ValueError, RecursionError, UserInputError) as error:
            notes.append(f"The take in “{path.name[:60]}” cannot be read ({error}); it was left alone.")
    # Takes of one second were wished for together, and their seeds count up.
    found.sort(key=lambda each: (each.take.created, each.take.seed), reverse=True)
    return found, tuple(notes)


def _read(path: Path) -> Candidate:
    """A file's take.

    Raises:
        OSError, ValueError, RecursionError, UserInputError: when it is no take of ours, or lost its sound.
    """
    if not is_take_id(path.stem) or not path.is_file():  # a pipe would never end
        raise ValueError("it is no take")
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("it is too large")
    file_read = _FILES.decode(data)
    if file_read.schema != _SCHEMA:
        raise ValueError("it was written by another version")
    candidate = file_read.candidate
    check_candidate(candidate)
    if candidate.id != path.stem:
        raise ValueError("it has another take's name")
    for source in candidate.project.sources:
        require_sound(source, path.parent.parent)
    return candidate
