"""What threads found out, told on the main one."""

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal

_LOOK_AGAIN_MS = 20


class Answers(QObject):
    """Brings answers from threads that hold nothing of Qt.

    Whoever asked may go, with all that is theirs, at the moment of the answer; a signal that a thread sends
    while its sender is deleted crashes the program.

    Args:
        parent: owns it.
    """

    came = Signal(object)
    """One that was expected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[object] = SimpleQueue()
        self._expected = 0
        self._looking = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._looking.timeout.connect(self._look)

    def expect(self) -> Callable[[object], None]:
        """One more answer will come. Returns what a thread gives it to, which keeps nothing alive."""
        self._expected += 1
        if not self._looking.isActive():  # to start it again would put the look off
            self._looking.start()
        return self._queue.put

    def forget(self, count: int) -> None:
        """So many of those that were expected will not come."""
        self._expected -= count
        self._rest_if_done()

    def _look(self) -> None:
        with suppress(Empty):
            while self._expected:
                answer = self._queue.get_nowait()
                self._expected -= 1
                self._rest_if_done()
                self.came.emit(answer)

    def _rest_if_done(self) -> None:
        if not self._expected:
            self._looking.stop()
