"""What there is to follow, and what it says just now."""

import time
from dataclasses import dataclass

import msgspec

from musicgen_desktop.exchange.live_sync.sync import FollowKind, FollowWish, open_master
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, no_report
from musicgen_desktop.timing import PPQ, MasterState

_EVERY_S = 0.01


class MasterSeen(msgspec.Struct, frozen=True):
    """Somebody whose clock could be followed.

    Attributes:
        kind: how.
        port: the MIDI input; empty for none, or for one of our own.
        state: of its clock; “off” where there is nothing of the kind here.
        bpm: its tempo, where it tells one.
        place: in quarters or seconds, as `unit` says.
        unit: of the place.
        peers: others in an Ableton Link session; None for all else.
        remark: why there is nothing, or what is wrong.
    """

    kind: FollowKind
    port: str = ""
    state: MasterState = "off"
    bpm: float | None = None
    place: float = 0.0
    unit: str = "quarters"
    peers: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class LookAtMasters:
    """Listen for a moment to everybody whose clock could be followed.

    Attributes:
        kinds: ways to look.
        port: the MIDI input to listen to; empty opens one of our own.
        seconds: so long.
    """

    kinds: tuple[FollowKind, ...] = ("clock", "timecode", "jack", "link")
    port: str = ""
    seconds: float = 2.0

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[MasterSeen, ...]:
        """Do it. What is not there is told in its line, not raised."""
        stop = stop or StopFlag()
        seen: list[MasterSeen] = []
        for number, kind in enumerate(self.kinds):
            report(number / len(self.kinds), f"Listening for {kind}")
            seen.append(self._seen(kind, stop))
        return tuple(seen)

    def _seen(self, kind: FollowKind, stop: StopFlag) -> MasterSeen:
        port = self.port if kind in ("clock", "timecode") else ""
        try:
            master = open_master(FollowWish(kind, port))
        except MusicgenDesktopError as error:
            return MasterSeen(kind, port, remark=str(error))
        try:
            give_up = time.monotonic() + self.seconds
            clock = master.look(time.monotonic())
            while time.monotonic() < give_up and not stop.is_set:
                time.sleep(_EVERY_S)
                clock = master.look(time.monotonic())
            in_ticks = clock.unit == "ticks"
            place = clock.place_at(time.monotonic())
            return MasterSeen(
                kind,
                port,
                clock.state,
                None if clock.bpm is None else round(clock.bpm, 3),
                round(place / PPQ if in_ticks else place, 4),
                "quarters" if in_ticks else "seconds",
                getattr(master, "peers", None),
                clock.problem,
            )
        finally:
            master.close()
