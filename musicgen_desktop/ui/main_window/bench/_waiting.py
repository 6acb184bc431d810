"""Running the event loop until something has happened, or for a moment."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from musicgen_desktop.foundation import MusicgenDesktopError

_LOOK_EVERY_MS = 5
_LONGEST_MS = 60_000
_IDLE_MS, _IDLE_SHARE = 200, 0.1


class _FirstPicture(QObject):
    """Sees the first paint of anything."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.is_there = False
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look."""
        self.is_there = self.is_there or event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def wait_until_usable(application: QApplication) -> None:
    """Until the window is painted, and everything that was put off till then is done.

    Raises:
        MusicgenDesktopError: when that does not come.
    """
    picture = _FirstPicture(application)
    wait_until(lambda: picture.is_there, "The window was never painted.", every_ms=0)
    rest(0)  # behind what stands in the queue by now
    application.removeEventFilter(picture)


def wait_until(
    condition: Callable[[], bool],
    otherwise: str,
    *,
    every_ms: int = _LOOK_EVERY_MS,
    longest_ms: int = _LONGEST_MS,
) -> None:
    """Run the event loop until a condition holds.

    Raises:
        MusicgenDesktopError: `otherwise`, when it still does not after `longest_ms`.
    """
    loop = QEventLoop()
    look, end = QTimer(), QTimer(singleShot=True)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    end.timeout.connect(loop.quit)
    look.start(every_ms)
    end.start(longest_ms)
    loop.exec()
    look.stop()
    if not end.isActive():
        raise MusicgenDesktopError(otherwise)


def wait_until_idle() -> None:
    """Until this process works no more, in none of its threads: what was opened is there, waveforms too.

    Raises:
        MusicgenDesktopError: when it never comes to rest.
    """
    until = time.monotonic() + _LONGEST_MS / 1000
    while time.monotonic() < until:
        before = time.process_time()
        rest(_IDLE_MS)
        if 1000 * (time.process_time() - before) < _IDLE_MS * _IDLE_SHARE:
            return
    raise MusicgenDesktopError("The window never came to rest.")


def rest(ms: int) -> None:
    """Run the event loop so long."""
    loop = QEventLoop()
    end = QTimer(singleShot=True, interval=ms, timerType=Qt.TimerType.PreciseTimer)
    end.timeout.connect(loop.quit)
    end.start()
    loop.exec()
