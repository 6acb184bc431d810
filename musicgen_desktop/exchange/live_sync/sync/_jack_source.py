"""JACK transport out: the programs of a JACK server start, stop and locate with the song."""

import time
from collections.abc import Sequence
from typing import Any

from musicgen_desktop.exchange.live_sync._source import Due
from musicgen_desktop.timing import Passage

from ._jack_master import jack_module, open_client

_PERIODS = 1.5
"""A wish is followed by the server at the beginning of its next period, on average so much later."""


class JackSource:
    """Moves the server's transport as the song is heard, as exactly as whole periods allow.

    Raises:
        SyncError: when there is no library, or no server.
    """

    def __init__(self) -> None:
        self._client: Any = open_client(jack_module(), "transport")
        self.is_gone = False
        """The server ended, or shut us out."""
        self._client.set_shutdown_callback(self._on_shutdown)
        self._client.activate()
        self._late_s = _PERIODS * self._client.blocksize / self._client.samplerate
        self._next: Passage | None = None
        self._is_new = True

    def due(self, passages: Sequence[Passage]) -> list[Due]:
        """Nothing for ports; the server is told when it is time."""
        if self.is_gone:
            return []
        for each in passages:
            # Into a song that runs already we come as if it began here.
            begins, self._is_new = each.begins or (self._is_new and each.is_rolling), False
            if begins:
                self._next = each
                if each.is_rolling and not each.counts_in:
                    self._locate(each)
        begin = self._next
        if begin is not None and time.monotonic() >= begin.at_s - self._late_s:
            self._next = None
            if not begin.is_rolling:
                self._client.transport_stop()
                self._locate(begin)
            elif not begin.counts_in:
                self._client.transport_start()
        return []

    def ending(self, now_s: float, port: str | None = None) -> list[Due]:
        """The server stops, unless it is only a port that closes."""
        del now_s
        if port is None and not self.is_gone:
            self._client.transport_stop()
        return []

    def close(self) -> None:
        """Let go of the server."""
        if not self.is_gone:
            self._client.deactivate()
        self._client.close()

    def _on_shutdown(self, _status: object, _reason: str) -> None:
        self.is_gone = True

    def _locate(self, passage: Passage) -> None:
        seconds = max(passage.place, 0) / passage.rate
        self._client.transport_locate(round(seconds * self._client.samplerate))
