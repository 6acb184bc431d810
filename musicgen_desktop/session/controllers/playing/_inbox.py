"""Events that arrive on another thread, for one who waits for them."""

import queue
import time
from collections.abc import Callable
from typing import TypeVar

from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, UserInputError
from musicgen_desktop.playback.host import Event, Refused

_Kind = TypeVar("_Kind")


_LOOK_S = 0.1


def refusal(event: Refused) -> MusicgenDesktopError:
    """What was refused, as it is raised."""
    return UserInputError(event.sentence) if event.is_input else MusicgenDesktopError(event.sentence)


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
        self,
        kind: type[_Kind],
        wait_s: float,
        fits: Callable[[_Kind], bool] = lambda _event: True,
        stop: StopFlag | None = None,
    ) -> _Kind:
        """Pass over events until one of this kind comes that fits.

        Raises:
            UserInputError: when what was wished for is refused.
            MusicgenDesktopError: when something else is refused meanwhile, or nothing comes in time.
            Stopped: when the flag is set.
        """
        until = time.monotonic() + wait_s
        while (left := until - time.monotonic()) > 0.0:
            if stop is not None:
                stop.raise_if_set()
            try:
                event = self._events.get(timeout=min(left, _LOOK_S))
            except queue.Empty:
                continue
            if isinstance(event, kind) and fits(event):
                return event
            if isinstance(event, Refused):
                raise refusal(event)
        raise MusicgenDesktopError(
            "The playback process does not answer; choose another sound device, or “silent”."
        )
