"""Every edit on the disk within a second."""

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import sync_folder, write_all

from ._delta import delta_between
from ._errors import CannotSaveError
from ._format import base_of
from ._journal_file import Record, framed, opening, read_journal
from ._layout import JOURNAL_FILE, OLD_JOURNAL_FILE, PROJECT_FILE

_WHOLE_BYTES = 64 * 1024  # below this nobody asks whether the whole project would be smaller
_COMPACT_BYTES = 32 * 2**20
_RETRY_S = 0.5


class _Edit(msgspec.Struct, frozen=True):
    before: Project
    after: Project
    label: str


class Journal:
    """Appends edits to the project folder's journal, on a thread of its own.

    `append` returns at once. The thread writes whatever is waiting as one record, waits for the disk, and
    takes what came meanwhile; on a healthy disk an edit is safe after some milliseconds. While the disk
    refuses, edits are kept and tried again, and `failure` says why.
    """

    def __init__(self, folder: Path, *, on_failure: Callable[[str], None] | None = None) -> None:
        """Continue the journal of the project file in the folder, or be ready to begin one.

        Nothing is written before the first edit.

        Args:
            folder: a saved project's.
            on_failure: told, on the journal's thread, the sentence for the user when writing begins to fail.
        """
        self.folder = folder
        self.failure: str | None = None
        self._on_failure = on_failure
        self._path = folder / JOURNAL_FILE
        self._base = _base_in(folder)
        self._descriptor = -1
        self._size = 0
        self._checksum = 0
        self._compact_at = _COMPACT_BYTES
        self._tip: Project | None = None  # the state after the last record
        self._waiting: list[_Edit] = []
        self._appended = 0
        self._safe = 0
        self._changed = threading.Condition()
        self._file = threading.Lock()  # held while the file is touched; taken before `_changed`
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def safe_edits(self) -> int:
        """How many of the edits appended so far are on the disk."""
        return self._safe

    def append(self, before: Project, after: Project, label: str) -> None:
        """Note an edit; it is on the disk within a second.

        Args:
            before: the project it was made on: the `after` of the edit before it.
            after: what it became. Undoing is an edit too.
            label: what the user calls it.
        """
        with self._changed:
            if self._closing:
                raise ValueError("the journal is closed")
            self._waiting.append(_Edit(before, after, label))
            self._appended += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_on, name="journal", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout_s: float | None = None) -> bool:
        """Wait until everything appended so far is on the disk; False when it is not by then."""
        with self._changed:
            wanted = self._appended
            return self._changed.wait_for(lambda: self._safe >= wanted or self._closing, timeout_s)

    def restart(self, base: str) -> None:
        """Begin anew after a save that holds everything appended so far. The old journal stays as `.bak`.

        Args:
            base: what `save_project` returned.
        """
        with self._file, self._changed:
            self._waiting.clear()
            self._safe = self._appended
            self._close_file()
            self._base = base
            self._tip = None
            self.failure = None
            with contextlib.suppress(OSError):  # left where it is, its base tells that it is out of date
                self._path.replace(self.folder / OLD_JOURNAL_FILE)
            self._changed.notify_all()

    def forget(self) -> None:
        """Drop every edit since the last save. The journal stays as `.bak`."""
        self.restart(self._base)

    def close(self) -> None:
        """Write what is waiting and end the thread. May be called again.

        Raises:
            CannotSaveError: when something could not be written.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._file:
            try:
                self._write(self._taken())
            except OSError as error:
                raise CannotSaveError(self.folder, error) from error
            finally:
                self._close_file()

    def _write_on(self) -> None:
        """The thread: until closed, write what waits."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if self._closing:
                    return
            with self._file:
                edits = self._taken()
                try:
                    self._write(edits)
                except OSError as error:
                    self._put_back(edits, error)
            if self.failure is not None:
                with self._changed:
                    self._changed.wait_for(lambda: self._closing, _RETRY_S)

    def _taken(self) -> list[_Edit]:
        with self._changed:
            edits, self._waiting = self._waiting, []
        return edits

    def _put_back(self, edits: list[_Edit], error: OSError) -> None:
        told = self.failure is not None
        self.failure = (
            f"Edits of “{self.folder.name}” cannot be kept safe ({error.strerror or 'input/output error'}); "
            "free some space or save the project somewhere else."
        )
        with self._changed:
            self._waiting = edits + self._waiting
        if not told and self._on_failure is not None:
            self._on_failure(self.failure)

    def _write(self, edits: list[_Edit]) -> None:
        """The edits as one record, on the disk. Nothing is half done when it fails."""
        if not edits:
            return
        before, after = edits[0].before, edits[-1].after
        if self._descriptor < 0:
            self._open_file()
        follows = self._tip is None or before is self._tip
        delta = delta_between(before, after) if follows else {"v": after}
        content = msgspec.json.encode(Record(edits[-1].label, len(edits), delta or {"f": {}}))
        if follows and len(content) > _WHOLE_BYTES:
            whole = msgspec.json.encode(Record(edits[-1].label, len(edits), {"v": after}))
            content = min(content, whole, key=len)
        frame, checksum = framed(content, self._checksum)
        if self._size + len(frame) > self._compact_at:
            self._compact(after, edits)
        else:
            self._append(frame, checksum)
        self._tip = after
        with self._changed:
            self._safe += len(edits)
            self.failure = None
            self._changed.notify_all()

    def _append(self, frame: bytes, checksum: int) -> None:
        try:
            write_all(self._descriptor, frame)
            os.fsync(self._descriptor)
        except OSError:
            # Half a frame would hide all later ones: back to where it was whole.
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            self._close_file()
            raise
        self._size += len(frame)
        self._checksum = checksum

    def _open_file(self) -> None:
        """Continue the journal of this base, or put the old one aside and begin."""
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        contents = read_journal(self._path)
        if contents is not None and contents.base == self._base:
            descriptor = os.open(self._path, flags)
            try:
                os.ftruncate(descriptor, contents.good_bytes)
            except OSError:
                os.close(descriptor)
                raise
            self._descriptor, self._size, self._checksum = descriptor, contents.good_bytes, contents.checksum
            return
        with contextlib.suppress(FileNotFoundError):
            self._path.replace(self.folder / OLD_JOURNAL_FILE)
        self._begin(self._path, b"")

    def _begin(self, path: Path, first: bytes) -> None:
        """A new journal, whole and on the disk with its name."""
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
        flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        head, checksum = opening(self._base)
        frame = b""
        if first:
            frame, checksum = framed(first, checksum)
        descriptor = os.open(path, flags, 0o644)
        try:
            write_all(descriptor, head + frame)
            os.fsync(descriptor)
            if path != self._path:
                if os.name == "nt":  # a file that is open cannot be renamed there
                    os.close(descriptor)
                    self._close_file()
                    path.replace(self._path)
                    descriptor = os.open(self._path, flags & ~(os.O_CREAT | os.O_TRUNC))
                else:
                    path.replace(self._path)
            sync_folder(self.folder)
        except OSError:
            os.close(descriptor)
            raise
        self._close_file()
        self._descriptor, self._size, self._checksum = descriptor, len(head) + len(frame), checksum

    def _compact(self, after: Project, edits: list[_Edit]) -> None:
        """A long journal is replaced by one whole project, in one step."""
        whole = msgspec.json.encode(Record(edits[-1].label, len(edits), {"v": after}))
        self._begin(self._path.with_name(JOURNAL_FILE + ".tmp"), whole)
        self._compact_at = max(_COMPACT_BYTES, 4 * len(whole))

    def _close_file(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _base_in(folder: Path) -> str:
    try:
        return base_of((folder / PROJECT_FILE).read_bytes())
    except OSError:
        return base_of(b"")
