"""What can be followed, whatever it is."""

from typing import Literal, Protocol

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import MasterClock

FollowKind = Literal["clock", "timecode", "jack", "link"]


class FollowWish(msgspec.Struct, frozen=True):
    """Whom to follow.

    Attributes:
        kind: MIDI clock, MIDI time code, JACK transport or Ableton Link.
        port: of the MIDI input; empty opens one of our own that others can send to.
        system: that the port belongs to; empty for the usual one.
        offset_ms: so much later than it says a message is meant; negative for earlier.
        start_s: the time code that bar 1 has.
        bpm: what a Link session begins with when nobody is there.
        quantum: quarters in a bar of the Link session.
    """

    kind: FollowKind
    port: str = ""
    system: str = ""
    offset_ms: float = 0.0
    start_s: float = 0.0
    bpm: float = 120.0
    quantum: float = 4.0


class Master(Protocol):
    """Somebody else's clock, while it is followed."""

    @property
    def is_gone(self) -> bool:
        """Whether it is over: its system ended, or shut us out. Only to follow it anew helps."""

    def look(self, now_s: float) -> MasterClock:
        """What it says at this moment."""

    def close(self) -> None:
        """Follow it no longer; also twice."""


class SyncError(UserInputError):
    """Something cannot be followed here."""
