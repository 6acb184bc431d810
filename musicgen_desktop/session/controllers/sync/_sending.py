"""Whether the clocks that are to be sent really are, and what goes wrong with them."""

import time
from collections.abc import Callable

from musicgen_desktop.exchange.live_sync import ClocksTaken, PortsOpened
from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, UserInputError

_OPEN_S, _LOOK_S = 30.0, 0.05
_NO_ANSWER = "The MIDI process does not answer; try again."


class Sending:
    """What is told of the clocks that are sent, on a thread of its own.

    Args:
        on_note: told each sentence that a person should know, from when the clocks are sent on; what comes
            before may be the error itself.
    """

    def __init__(self, on_note: Callable[[str], None]) -> None:
        self.notes: list[str] = []
        self.ports: dict[str, None] = {}
        """Names, as others see them."""
        self._on_note = on_note
        self._opened: PortsOpened | None = None
        self._taken: ClocksTaken | None = None
        self._is_sent = False

    def note(self, sentence: str) -> None:
        """Something that a person should know."""
        self.notes.append(sentence)
        if self._is_sent:
            self._on_note(sentence)

    def take_ports(self, opened: PortsOpened) -> None:
        """These are open, or say why not."""
        self._opened = opened
        self.ports.update((port.name, None) for port in opened.ports if port.name)

    def take_clocks(self, taken: ClocksTaken) -> None:
        """The clocks are sent, or it is said why not."""
        self._taken = taken

    def wait_until_sent(self, stop: StopFlag) -> None:
        """Wait until all that was wished for is sent.

        Raises:
            UserInputError: when a port or the JACK server is not there.
            MusicgenDesktopError: when there is no answer.
        """
        give_up = time.monotonic() + _OPEN_S
        while self._opened is None or self._taken is None:
            if stop.is_set:
                return
            if time.monotonic() > give_up:
                raise MusicgenDesktopError(self.notes[-1] if self.notes else _NO_ANSWER)
            time.sleep(_LOOK_S)
        for problem in (*(port.problem for port in self._opened.ports), self._taken.problem):
            if problem:
                raise UserInputError(problem)
        self._is_sent = True
        for sentence in tuple(self.notes):
            self._on_note(sentence)
