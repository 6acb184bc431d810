"""How late the event loop is."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 10
LATE_LIMIT_MS = 16.0


class Watch(QObject):
    """A timer that notes how late it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._before = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """No more."""
        self._timer.stop()

    def _note(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, 1000.0 * (now - self._before) - EVERY_MS))
        self._before = now
