"""What files say of themselves, read one after the other beside the window."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import cast

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.session.controllers.browse_files import FileFacts, file_facts
from musicgen_desktop.ui.bridges import Answers
from musicgen_desktop.ui.widgets import plain

_Wanted = tuple[str, Callable[[object], None]]
"""A path, and who is told of it."""

_MOST = 4_000
"""Files that are remembered."""


class FactsReader(QObject):
    """Answers at once, with nothing when it has to look at a file first; then `found` tells."""

    found = Signal(str)
    """The path, as it was asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[str, FileFacts | None] = OrderedDict()
        self._answers = Answers(self)
        self._answers.came.connect(self._take)
        self._wanted: SimpleQueue[_Wanted | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        wanted = self._wanted
        self.destroyed.connect(lambda: _end(wanted))

    def facts(self, path: str) -> FileFacts | None:
        """What is known by now."""
        if path not in self._known and not self._closed:
            self._known[path] = None
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
            self._wanted.put((path, self._answers.expect()))
            if self._thread is None:
                about = (self._wanted,)
                self._thread = threading.Thread(target=_look, args=about, name="file facts", daemon=True)
                self._thread.start()
        return self._known.get(path)

    def close(self) -> None:
        """Look at nothing more."""
        self._closed = True
        self._answers.forget(_end(self._wanted))

    def _take(self, answer: object) -> None:
        path, facts = cast("tuple[str, FileFacts]", answer)
        self._known[path] = facts
        self.found.emit(path)


def _look(wanted: "SimpleQueue[_Wanted | None]") -> None:
    """The thread's whole life."""
    while (one := wanted.get()) is not None:
        path, answer = one
        try:
            facts = file_facts(Path(path))
        except Exception:
            logging.getLogger(__name__).exception("The facts of a file cannot be read")
            facts = FileFacts(problem="This file cannot be read.")
        answer((path, facts))


def _end(wanted: "SimpleQueue[_Wanted | None]") -> int:
    """Let the thread end; returns how many files it will not look at."""
    dropped = 0
    with suppress(Empty):
        while wanted.get_nowait() is not None:
            dropped += 1
    wanted.put(None)
    return dropped


def length_words(seconds: float | None) -> str:
    """“0:03.5”, “12:40”; nothing where there is none."""
    if seconds is None:
        return ""
    if seconds >= 60.0:
        return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return f"0:{seconds:04.1f}"


def tempo_words(bpm: float | None) -> str:
    """“92”, “92.5”; nothing where there is none."""
    return "" if bpm is None else plain(bpm, 0 if bpm == round(bpm) else 1)
