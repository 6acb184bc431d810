"""Devices and ports, asked for beside the window: drivers may take seconds to answer."""

import contextlib
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal

from musicgen_desktop.foundation import MusicgenDesktopError

_LOOK_AGAIN_MS = 20


class Finder(QObject):
    """Asks on a thread of its own; the answer comes on the main one.

    The thread knows nothing of Qt: whoever asked may go, with this finder, at the moment of the answer, and a
    signal that is sent while its sender is deleted crashes the program.

    Args:
        loader: asks.
        parent: owns it.
    """

    found = Signal(object)
    """What the loader found."""
    failed = Signal(str)

    def __init__(self, loader: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._answers: SimpleQueue[object] = SimpleQueue()
        self._asking: threading.Thread | None = None
        self._waiting = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._waiting.timeout.connect(self._take_answer)

    def look(self) -> None:
        """Ask; a question that is still open is not asked twice."""
        if self._asking is None:
            asks = self._loader, self._answers
            self._asking = threading.Thread(target=_ask, args=asks, name="devices", daemon=True)
            self._asking.start()
            self._waiting.start()

    def _take_answer(self) -> None:
        if self._asking is None or self._asking.is_alive():
            return
        self._waiting.stop()
        self._asking = None
        with contextlib.suppress(Empty):  # none after an error that nobody foresaw: its thread has told it
            self._tell(self._answers.get_nowait())

    def _tell(self, answer: object) -> None:
        if isinstance(answer, MusicgenDesktopError):
            self.failed.emit(str(answer))
        else:
            self.found.emit(answer)


def _ask(loader: Callable[[], object], answers: SimpleQueue[object]) -> None:
    try:
        answers.put(loader())
    except MusicgenDesktopError as error:
        answers.put(error)
