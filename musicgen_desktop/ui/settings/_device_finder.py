"""Sound devices and MIDI ports, asked for beside the window: drivers may take seconds to answer."""

import contextlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.learning import MidiPortNames
from musicgen_desktop.session.controllers.playing import DeviceList

DevicesLoader = Callable[[], DeviceList]
PortsLoader = Callable[[], MidiPortNames]


class DeviceFinder(QObject):
    """Asks on a thread of its own; the answer comes on the main one."""

    found = Signal(object)
    """What the loader found."""
    failed = Signal(str)

    def __init__(self, loader: Callable[[], object]) -> None:
        super().__init__()
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
                devices = self._loader()
            except MusicgenDesktopError as error:
                self.failed.emit(str(error))
            else:
                self.found.emit(devices)

    def _end(self) -> None:
        self._is_looking = False
