"""Devices and ports, asked for beside the window: drivers may take seconds to answer."""

import contextlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import MusicgenDesktopError


class Finder(QObject):
    """Asks on a thread of its own; the answer comes on the main one.

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
        self._is_looking = False
        self.found.connect(self._end)
        self.failed.connect(self._end)

    def look(self) -> None:
        """Ask; a question that is still open is not asked twice."""
        if not self._is_looking:
            self._is_looking = True
            threading.Thread(target=self._work, name="devices", daemon=True).start()

    def _work(self) -> None:
        with contextlib.suppress(RuntimeError):  # the program ended before the answer came
            try:
                found = self._loader()
            except MusicgenDesktopError as error:
                self.failed.emit(str(error))
            else:
                self.found.emit(found)

    def _end(self) -> None:
        self._is_looking = False
