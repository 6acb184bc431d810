"""Many takes are decoded as one batch, on one thread; rows join and leave between two steps."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.runtime.memory import give_back_freed
from musicgen_desktop.generation.musicgen.runtime.path import Conditioning, DecodePath, Sampling, Tokens
from musicgen_desktop.generation.musicgen.runtime.threads import use_all_threads

from ._take import TakeRun

_PIECE = 64  # columns of a prefix that are fed between two steps of the others


@dataclass(eq=False)
class Row:
    """One variation of one take in the batch.

    Attributes:
        sampling: of the first window; later ones draw their noise elsewhere.
        error: why it cannot go on; it has left the batch then.
        sequence: the path's number for its window; the loop's own, as the next one.
        unheard: columns of the window's prefix that are still to be fed.
    """

    run: TakeRun
    conditioning: Conditioning
    sampling: Sampling
    error: Exception | None = None
    sequence: int | None = field(default=None, init=False)
    unheard: Tokens | None = field(default=None, init=False)


class DecodeLoop:
    """Steps all rows that are there together. Any thread may call any method.

    Args:
        path: nobody else calls it from now on.
    """

    def __init__(self, path: DecodePath) -> None:
        self._path = path
        self._changed = threading.Condition()
        self._rows: list[Row] = []
        self._open: list[Row] = []  # rows that have a sequence; the thread's own
        self._closed = False
        self._thread = threading.Thread(target=self._live, name="decode", daemon=True)
        self._thread.start()

    def join(self, rows: Sequence[Row]) -> None:
        """Let rows take part from the next step on.

        Raises:
            UserInputError: when it is closed.
        """
        with self._changed:
            if self._closed:
                raise _unloaded()
            self._rows += rows
            self._changed.notify_all()

    def leave(self, rows: Sequence[Row]) -> None:
        """Take rows out after the present step, without waiting for it; what they drew stays theirs."""
        with self._changed:
            self._rows = [row for row in self._rows if row not in rows]
            self._changed.notify_all()

    def made(self, row: Row) -> Tokens:
        """[K, T] the row's new steps that are final."""
        with self._changed:
            return row.run.made

    def wait_until(self, ready: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until rows came so far, or some time; `ready` is asked after each step with the rows held."""
        with self._changed:
            return self._changed.wait_for(ready, timeout_s)

    @property
    def is_busy(self) -> bool:
        """Some row is being decoded."""
        with self._changed:
            return bool(self._rows)

    def close(self) -> None:
        """Give everything back, after the present step. Rows that are there fail."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _live(self) -> None:
        use_all_threads()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._rows or self._open)
                if self._closed:
                    self._fail(self._rows, _unloaded())
                    break
                rows = list(self._rows)
            for row in self._open:
                if row not in rows:
                    self._end_window(row)
            self._turn(rows)
            self._open = [row for row in rows if row.sequence is not None]
            if not self._open and not self.is_busy:
                self._attempt((), self._path.rest)
                give_back_freed()
        self._path.release()

    def _turn(self, rows: Sequence[Row]) -> None:
        """Let each row take one step, or one of them hear a piece of what it goes on from."""
        for row in rows:
            if row.sequence is None:
                self._attempt((row,), partial(self._begin_window, row))
        alive = [row for row in rows if row.sequence is not None]
        deaf = next((row for row in alive if _columns_left(row)), None)
        if deaf is not None:
            self._attempt((deaf,), partial(self._hear, deaf))
        ready = [row for row in alive if row.error is None and not _columns_left(row)]
        if ready:
            self._attempt(ready, partial(self._step, ready))

    def _begin_window(self, row: Row) -> None:
        sampling = replace(row.sampling, offset=row.sampling.offset + row.run.window.offset)
        row.sequence = self._path.open(row.conditioning, sampling, row.run.positions)
        row.unheard = row.run.prefix()

    def _hear(self, row: Row) -> None:
        if row.sequence is not None and row.unheard is not None:
            self._path.feed(row.sequence, row.unheard[:, :_PIECE])
            row.unheard = row.unheard[:, _PIECE:]

    def _step(self, rows: Sequence[Row]) -> None:
        sequences = [row.sequence for row in rows if row.sequence is not None]
        drawn = self._path.step(sequences, np.stack([row.run.column() for row in rows]))
        with self._changed:
            over = [row for row, tokens in zip(rows, drawn, strict=True) if row.run.accept(tokens)]
            self._rows = [row for row in self._rows if not row.run.done]
            self._changed.notify_all()
        for row in over:
            self._end_window(row)

    def _end_window(self, row: Row) -> None:
        if row.sequence is not None:
            self._path.close(row.sequence)
            row.sequence = row.unheard = None

    def _attempt(self, rows: Sequence[Row], work: Callable[[], None]) -> None:
        """Whatever a path raises is its rows' failure, never the thread's end."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - handed to those who wait
            for row in rows:
                self._end_window(row)
            with self._changed:
                self._fail(rows, error)

    def _fail(self, rows: Sequence[Row], error: Exception) -> None:
        for row in rows:
            row.error = error
        self._rows = [row for row in self._rows if row not in rows]
        self._changed.notify_all()


def _unloaded() -> UserInputError:
    return UserInputError("The model was unloaded while it made this take; make it once more.")


def _columns_left(row: Row) -> int:
    return 0 if row.unheard is None else row.unheard.shape[1]
