"""Events that arrive on another thread, for one who waits for them."""

import queue
import time
from collections.abc import Callable
from typing import TypeVar

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.host import Event, Refused

_Kind = TypeVar("_Kind")


class Inbox:
    """Takes events from a player; hands them out in order."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def put(self, event: Event) -> None:
        """One more; called by any thread."""
        self._events.put(event)

    def taken(self, wait_s: float) -> list[Event]:
        """All that are there; when there are none, the first that comes within so many seconds."""
        events: list[Event] = []
        try:
            events.append(self._events.get(timeout=wait_s))
            while True:
                events.append(self._events.get_nowait())
        except queue.Empty:
            return events

    def wait_for(
        self, kind: type[_Kind], wait_s: float, fits: Callable[[_Kind], bool] = lambda _event: True
    ) -> _Kind:
        """Pass over events until one of this kind comes that fits.

        Raises:
            MusicgenDesktopError: when something is refused meanwhile, or nothing comes in time.
        """
        until = time.monotonic() + wait_s
        while (left := until - time.monotonic()) > 0.0:
            try:
                event = self._events.get(timeout=left)
            except queue.Empty:
                break
            if isinstance(event, kind) and fits(event):
                return event
            if isinstance(event, Refused):
                raise MusicgenDesktopError(event.sentence)
        raise MusicgenDesktopError(
            "The playback process does not answer; choose another sound device, or “silent”."
        )
