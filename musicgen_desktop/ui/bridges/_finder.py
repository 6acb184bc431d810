"""Devices and ports, asked for beside the window: drivers may take seconds to answer."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import MusicgenDesktopError

from ._answers import Answers


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
        self._answers = Answers(self)
        self._answers.came.connect(self._take)

    def look(self) -> None:
        """Ask; a question that is still open is not asked twice."""
        if not self._is_looking:
            self._is_looking = True
            asks = self._loader, self._answers.expect()
            threading.Thread(target=_ask, args=asks, name="devices", daemon=True).start()

    def _take(self, answer: object) -> None:
        self._is_looking = False
        if isinstance(answer, MusicgenDesktopError):
            self.failed.emit(str(answer))
        else:
            self.found.emit(answer)


def _ask(loader: Callable[[], object], answer: Callable[[object], None]) -> None:
    try:
        answer(loader())
    except MusicgenDesktopError as error:
        answer(error)
    except Exception:
        logging.getLogger(__name__).exception("Looking for devices failed")
        answer(MusicgenDesktopError("Looking failed through a mistake of ours. Help ▸ About makes a report."))
