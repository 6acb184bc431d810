"""Clocks that are sent and the one that is followed, in the process that does both."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from musicgen_desktop.exchange.live_sync._source import Source
from musicgen_desktop.timing import PlayClock, TempoMap

from ._following import Following
from ._jack_source import JackSource
from ._master import FollowWish, SyncError
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
        clock: tells whether the song runs.
    """

    def __init__(self, sender: _Sender, clock: PlayClock) -> None:
        self._sender, self._heard = sender, clock
        self._tempo = TempoMap.constant(120.0)
        self._clock: ClockSource | None = None
        self._jack: JackSource | None = None
        self._sources: list[Source] = []
        self._following: Following | None = None
        self._played = False
        """Whether the song was heard to run when it was asked last."""

    def set_tempo(self, tempo_map: TempoMap) -> None:
        """The song's tempo is another from now on."""
        self._tempo, clock = tempo_map, self._clock
        if clock is not None:
            self._sender.post(lambda: clock.set_tempo(tempo_map))

    def send(
        self,
        clock: tuple[str, ...],
        timecode: tuple[str, ...],
        rate: TimecodeRate,
        start_s: float,
        *,
        jack: bool,
    ) -> str:
        """Send clocks on these ports, and on no others.

        Args:
            clock: keys of the ports for MIDI clock.
            timecode: of those for MIDI time code.
            rate: of the time code.
            start_s: the time code that bar 1 has.
            jack: whether the JACK server's transport moves as well.

        Returns:
            Why that does not move though it should; empty otherwise.
        """
        problem = ""
        sender, before = self._sender, self._jack
        # The transport runs on when only other clocks change.
        kept = before if jack and before is not None and not before.is_gone else None
        for old in self._sources:
            if old is not kept:
                sender.post(partial(sender.drop_source, old))
        if before is not None and before is not kept:
            sender.post(before.close)
        self._clock = ClockSource(clock, self._tempo) if clock else None
        timecodes = TimecodeSource(timecode, rate, start_s) if timecode else None
        self._jack = kept
        if jack and kept is None:
            try:
                self._jack = JackSource()
            except SyncError as error:
                problem = str(error)
        self._sources = [each for each in (self._clock, timecodes, self._jack) if each is not None]
        for new in self._sources:
            if new is not kept:
                sender.post(partial(sender.sources.append, new))
        return problem

    def follow(self, page: str, wish: FollowWish | None) -> None:
        """Follow somebody, or nobody.

        Args:
            page: on which it is told.
            wish: whom.
        """
        if self._following is not None:
            if wish is not None and self._following.change_bar(Path(page), wish):
                return
            self._following.close()
        self._following, self._played = None, False
        if wish is not None:
            with suppress(OSError, ValueError):  # whoever made the page is gone
                self._following = Following(Path(page), wish, self._watch_play)
                self._following.start()

    def close(self) -> None:
        """Follow nobody. Clocks end with the sender."""
        self.follow("", None)

    def _watch_play(self) -> bool:
        """Whether the song plays, noticed anew; where it has jumped and waits for its bar, it plays on."""
        reading, now = self._heard.read(), time.monotonic()
        if reading.is_live(now) and reading.courses:
            is_coming = reading.courses[-1].playhead is not None
            self._played = reading.is_rolling_at(now) or (self._played and is_coming)
        else:
            self._played = False
        return self._played
