"""What is sent, and when: the same for notes and for clocks."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from musicgen_desktop.timing import Passage


class Due(NamedTuple):
    """A message and the moment at which it should be on its way.

    Attributes:
        at_s: on `time.monotonic()`; one that has passed is sent at once.
        order: sorts what is due at the same moment: what ends comes before what begins.
        port: the key of an open port; for one that is not open it is passed over.
        data: a whole MIDI message with its status byte.
    """

    at_s: float
    order: int
    port: str
    data: bytes


class Source(Protocol):
    """Makes messages of the song's course. All methods are called by the sending thread."""

    def due(self, passages: Sequence[Passage]) -> list[Due]:
        """What has to be sent while these passages are heard, in any order.

        Args:
            passages: they follow those of the last call without a gap, also while the song stands; none while
                no device is open.
        """

    def ending(self, now_s: float, port: str | None = None) -> list[Due]:
        """What has to be sent before a port closes or the process ends: what is still held is let go.

        Args:
            now_s: on `time.monotonic()`.
            port: the key of the only one that closes; None when all do.
        """
