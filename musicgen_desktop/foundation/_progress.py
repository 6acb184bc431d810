"""How long work tells where it is, and how it is stopped."""

import threading
from collections.abc import Callable

from ._errors import MusicgenDesktopError

Report = Callable[[float, str], None]
"""Called with the share done (0..1) and the stage in plain words."""


def no_report(_done: float, _stage: str) -> None:
    """For callers who do not watch."""


class Stopped(MusicgenDesktopError):  # noqa: N818 - an outcome the user asked for, not a failure
    """Raised inside work that was asked to stop."""

    def __init__(self) -> None:
        super().__init__("Stopped.")


class StopFlag:
    """Set by any thread; long work asks it often."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def is_set(self) -> bool:
        """Whether the work should end."""
        return self._event.is_set()

    def set(self) -> None:
        """Ask the work to end; there is no way back."""
        self._event.set()

    def raise_if_set(self) -> None:
        """Leave the work at this point.

        Raises:
            Stopped: when the flag is set.
        """
        if self._event.is_set():
            raise Stopped
