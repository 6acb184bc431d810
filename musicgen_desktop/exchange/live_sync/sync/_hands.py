"""Clocks that are sent and the one that is followed, in the process that does both."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from musicgen_desktop.exchange.live_sync._source import Source
from musicgen_desktop.timing import TempoMap

from ._following import Following
from ._master import FollowWish
from ._sources import ClockSource, TimecodeSource
from ._timecode import TimecodeRate


class _Sender(Protocol):
    @property
    def sources(self) -> list[Source]: ...

    def post(self, work: Callable[[], None]) -> None: ...

    def drop_source(self, source: Source) -> None: ...


class SyncHands:
    """Sends and follows clocks. Belongs to the control thread.

    Args:
        sender: asks sources what to send, on its own thread.
    """

    def __init__(self, sender: _Sender) -> None:
        self._sender = sender
        self._tempo = TempoMap.constant(120.0)
        self._clock: ClockSource | None = None
        self._timecode: TimecodeSource | None = None
        self._following: Following | None = None

    def set_tempo(self, tempo_map: TempoMap) -> None:
        """The song's tempo is another from now on."""
        self._tempo, clock = tempo_map, self._clock
        if clock is not None:
            self._sender.post(lambda: clock.set_tempo(tempo_map))

    def send(
        self, clock: tuple[str, ...], timecode: tuple[str, ...], rate: TimecodeRate, start_s: float
    ) -> None:
        """Send clocks on these ports, and on no others.

        Args:
            clock: keys of the ports for MIDI clock.
            timecode: of those for MIDI time code.
            rate: of the time code.
            start_s: the time code that bar 1 has.
        """
        for source in (self._clock, self._timecode):
            if source is not None:
                self._swap(source, None)
        self._clock = ClockSource(clock, self._tempo) if clock else None
        self._timecode = TimecodeSource(timecode, rate, start_s) if timecode else None
        for source in (self._clock, self._timecode):
            if source is not None:
                self._swap(None, source)

    def follow(self, page: str, wish: FollowWish | None) -> None:
        """Follow somebody, or nobody.

        Args:
            page: on which it is told.
            wish: whom.
        """
        if self._following is not None:
            self._following.close()
        self._following = None
        if wish is not None:
            with suppress(OSError, ValueError):  # whoever made the page is gone
                self._following = Following(Path(page), wish)
                self._following.start()

    def close(self) -> None:
        """Follow nobody; clocks end with the sender."""
        self.follow("", None)

    def _swap(self, old: Source | None, new: Source | None) -> None:
        sender = self._sender
        if old is not None:
            sender.post(lambda: sender.drop_source(old))
        if new is not None:
            sender.post(lambda: sender.sources.append(new))
