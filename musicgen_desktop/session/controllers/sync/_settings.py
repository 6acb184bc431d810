"""What runs with whom."""

import msgspec

from musicgen_desktop.exchange.live_sync.sync import FollowKind, FollowWish, TimecodeRate

OWN_PORT = "Sync"
"""How the port is called that we offer for clocks."""


class SyncSettings(msgspec.Struct, frozen=True):
    """Which clocks are sent, and which one is followed.

    Attributes:
        clock: names of the MIDI outputs, or parts of them, that get MIDI clock; the empty name is a port of
            our own.
        timecode: likewise for MIDI time code.
        timecode_rate: its frames per second.
        timecode_start_s: the time code that bar 1 has, in seconds, sent and followed.
        jack: whether the JACK server's transport moves with the song.
        follow: what is followed; None for nothing.
        follow_port: the MIDI input that it comes from; empty for one of our own.
        offset_ms: how much later what is sent leaves, and what is heard is meant; negative for earlier.
    """

    clock: tuple[str, ...] = ()
    timecode: tuple[str, ...] = ()
    timecode_rate: TimecodeRate = "25"
    timecode_start_s: float = 0.0
    jack: bool = False
    follow: FollowKind | None = None
    follow_port: str = ""
    offset_ms: float = 0.0

    def wish(self, bpm: float, quantum: float) -> FollowWish | None:
        """Whom to follow; None for nobody.

        Args:
            bpm: what a Link session begins with.
            quantum: quarters in a bar of it.
        """
        if self.follow is None:
            return None
        return FollowWish(
            self.follow,
            self.follow_port,
            offset_ms=self.offset_ms,
            start_s=self.timecode_start_s,
            bpm=bpm,
            quantum=quantum,
        )

    @property
    def sends(self) -> bool:
        """Whether any clock is sent."""
        return bool(self.clock or self.timecode or self.jack)
